import type { ReactNode } from 'react';

/** Something to read before going on. A problem is read out at once; news waits its turn. */
export function Notice({ kind, children }: { kind: 'problem' | 'news'; children: ReactNode }) {
  return (
    <p
      role={kind === 'problem' ? 'alert' : undefined}
      className={`mt-5 border-l-4 bg-raised px-4 py-3 ${kind === 'problem' ? 'border-accent' : 'border-muted'}`}
    >
      {children}
    </p>
  );
}
