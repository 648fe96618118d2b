import type { ReactNode } from 'react';
import { Moment } from '#components/dashboard/moment.tsx';

/** A line of a log: when, and beside it what. */
export function LogLine({ at, children }: { at: Date; children: ReactNode }) {
  return (
    <li className="grid gap-x-6 gap-y-1 border-b border-rule py-3 md:grid-cols-[13rem_minmax(0,1fr)]">
      <p className="text-[0.9rem] text-muted">
        <Moment date={at} />
      </p>
      <div className="min-w-0 wrap-anywhere">{children}</div>
    </li>
  );
}
