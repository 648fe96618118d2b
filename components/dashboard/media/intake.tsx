'use client';

import { type ReactNode, useId, useRef, useState } from 'react';
import { MediaDrop } from '#components/dashboard/media/drop.tsx';
import { MediaItem } from '#components/dashboard/media/item.tsx';
import type { QueueItem, useMediaQueue } from '#components/dashboard/media/queue.ts';
import type { Picture } from '#lib/media/rules.ts';

/** Files come in here, are sent, and get their words. `children` stands beside the button that adds all of them. */
export function MediaIntake({
  queue,
  several,
  onUse,
  children,
}: {
  queue: ReturnType<typeof useMediaQueue>;
  several: boolean;
  onUse: ((picture: Picture) => void) | null;
  children?: ReactNode;
}) {
  const { items } = queue;
  const [shared, setShared] = useState({ credit: '', licence: '' });
  const list = useRef<HTMLUListElement>(null);
  const many = items.length > 1;
  const addable = items.filter(({ state }) => state !== 'refused').length;
  const sending = items.filter(({ state }) => state === 'sending' || state === 'waiting').length;
  const addAll = () => {
    for (const form of list.current?.querySelectorAll('form') ?? []) form.requestSubmit();
    list.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };
  return (
    <>
      <MediaDrop several={several} onFiles={queue.begin} />
      <p role="status" className={many ? 'mt-3 text-[0.9rem] text-muted' : 'sr-only'}>
        {items.length > 0 &&
          (sending > 0
            ? `${items.length - sending} of ${items.length} sent.`
            : 'Everything is sent. Each waits for its description.')}
      </p>
      {many && (
        <div className="mt-3 grid gap-x-3 gap-y-2 bg-raised p-4 sm:grid-cols-2">
          {(['credit', 'licence'] as const).map((name) => (
            <SharedField
              key={name}
              label={name === 'credit' ? 'Credit of all' : 'Licence of all'}
              value={shared[name]}
              onChange={(value) => setShared((now) => ({ ...now, [name]: value }))}
            />
          ))}
          <p className="text-[0.85rem] text-muted sm:col-span-2">
            Counts where a picture’s own field is left empty.
          </p>
        </div>
      )}
      <ul ref={list} aria-label="Files to add">
        {items.map((item, index) => (
          <MediaItem
            key={item.key}
            item={item}
            isTwin={items.slice(0, index).some((other) => isSameFile(other, item))}
            shared={shared}
            mayRetry={queue.mayRetry(item.key)}
            onAdd={(words) => queue.add(item.key, words)}
            onRetry={() => queue.retry(item.key)}
            onDrop={() => queue.drop(item)}
            onUse={
              onUse &&
              ((picture) => {
                queue.drop(item);
                onUse(picture);
              })
            }
          />
        ))}
      </ul>
      {(addable > 1 || children) && (
        <div className="mt-4 flex flex-wrap gap-3">
          {addable > 1 && (
            <button type="button" className="button" onClick={addAll}>
              Add all {addable}
            </button>
          )}
          {children}
        </div>
      )}
    </>
  );
}

function isSameFile({ staged: one }: QueueItem, { staged: other }: QueueItem): boolean {
  return one !== null && one.hash === other?.hash;
}

function SharedField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="block text-[0.85rem] font-semibold">
        {label}
      </label>
      <input
        id={id}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        className="field"
      />
    </div>
  );
}
