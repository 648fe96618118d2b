'use client';

import { useRef } from 'react';
import { Refusal } from '#components/security/codes.tsx';
import { type Told, useTold } from '#components/security/told.ts';

/** Takes the log out as a file, as it is filtered now; `check` asks for the second factor first. */
export function AuditExport({
  filter,
  check,
}: {
  filter: Record<string, string>;
  check: () => Promise<Told<undefined>>;
}) {
  const form = useRef<HTMLFormElement>(null);
  const format = useRef<HTMLInputElement>(null);
  const { busy, message, call } = useTold();
  const take = async (as: string) => {
    let allowed = false;
    await call(async () => {
      const told = await check();
      allowed = told.ok;
      return told;
    });
    if (!allowed || !format.current) return;
    format.current.value = as;
    form.current?.submit();
  };
  return (
    <form ref={form} method="post" action="/dashboard/audit/export" aria-label="Export">
      {Object.entries(filter).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input ref={format} type="hidden" name="format" />
      <div className="flex flex-wrap gap-3">
        <button
          type="button"
          className="button button-quiet"
          disabled={busy}
          onClick={() => take('csv')}
        >
          Export as CSV
        </button>
        <button
          type="button"
          className="button button-quiet"
          disabled={busy}
          onClick={() => take('jsonl')}
        >
          Export as JSON lines
        </button>
      </div>
      <Refusal message={message} />
    </form>
  );
}
