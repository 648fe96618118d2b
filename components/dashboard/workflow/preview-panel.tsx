'use client';

import { useCallback, useState } from 'react';
import {
  ActionForm,
  Choice,
  type FormAction,
  type FormAnswer,
  TextField,
} from '#components/dashboard/action-form.tsx';
import { Moment } from '#components/dashboard/moment.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { previewDays } from '#lib/workflow/rules.ts';

type Link = { id: string; note: string; createdAt: Date; expiresAt: Date; who: string };

/** Links for people without an account: makes them, lists those that still work, closes them. */
export function PreviewPanel({
  of,
  links,
  make,
  close,
}: {
  of: { name: 'articleId' | 'issueId'; id: string };
  links: Link[];
  make: (form: FormData) => Promise<FormAnswer & { address?: string }>;
  close: FormAction;
}) {
  const [address, setAddress] = useState('');
  const action = useCallback(
    async (_: FormAnswer | null, form: FormData) => {
      const answer = await make(form);
      setAddress(answer.address ?? '');
      return answer;
    },
    [make],
  );
  return (
    <Panel title="Preview links">
      <p className="mb-2 text-[0.9rem] text-muted">
        For somebody without an account: who has the link reads{' '}
        {of.name === 'issueId' ? 'the issue and all that stands in it' : 'the whole text'} as it
        stands then.
      </p>
      <ActionForm action={close} label="Preview links">
        {links.length === 0 && <p className="text-muted">No link is open.</p>}
        <ul>
          {links.map(({ id, note, expiresAt, who }) => (
            <li
              key={id}
              className="flex flex-wrap items-start justify-between gap-2 border-b border-rule py-2"
            >
              <p className="min-w-0 wrap-anywhere">
                {note || 'Without a note'}
                <span className="block text-[0.9rem] text-muted">
                  until <Moment date={expiresAt} /> · by {who}
                </span>
              </p>
              <button type="submit" name="previewId" value={id} className="button button-quiet">
                Close<span className="sr-only"> the link: {note || 'without a note'}</span>
              </button>
            </li>
          ))}
        </ul>
      </ActionForm>
      <details open={address !== '' || undefined}>
        <summary className="w-fit cursor-pointer py-1">Make a link</summary>
        <ActionForm action={action} label="Make a preview link" className="mt-2 space-y-3">
          <input type="hidden" name={of.name} value={of.id} />
          <TextField name="note" label="For whom" hint="Only the office sees this." />
          <Choice
            name="days"
            label="It works for"
            defaultValue="7"
            options={previewDays.map((days) => ({
              value: String(days),
              label: days === 1 ? '1 day' : `${days} days`,
            }))}
          />
          <button type="submit" className="button button-quiet">
            Make the link
          </button>
          {address && <Address address={address} />}
        </ActionForm>
      </details>
    </Panel>
  );
}

/** The address, which nobody can look up again. */
function Address({ address }: { address: string }) {
  const [copied, setCopied] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied(address);
    } catch {
      // Some browsers hand the clipboard to nobody: the field is there to copy from.
    }
  };
  return (
    <div className="flex flex-wrap items-end gap-2">
      <label className="min-w-0 flex-[1_1_14rem]">
        <span className="block text-[0.9rem] font-semibold">The address</span>
        <input
          readOnly
          value={address}
          className="field mt-1"
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <button type="button" className="button" onClick={copy}>
        {copied === address ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}
