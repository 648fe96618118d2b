'use client';

import { type ReactNode, startTransition, useActionState, useEffect, useState } from 'react';
import type { FormAction } from '#components/dashboard/action-form.tsx';
import { SortableList } from '#components/dashboard/sortable-list.tsx';

type Item = { id: string; name: string; content: ReactNode };

/** A list whose order is saved as soon as it is changed. The action gets `id`, and `from` and `to` as lists of ids. */
export function OrderedList({
  id,
  items,
  save,
  label,
}: {
  id?: string;
  items: Item[];
  save: FormAction;
  label: string;
}) {
  const [answer, run, pending] = useActionState(save, null);
  const [wanted, setWanted] = useState<string[] | null>(null);
  useEffect(() => {
    if (!pending) setWanted(null);
  }, [pending]);
  const shown = wanted ?? items.map((item) => item.id);
  const rows = shown.flatMap((wantedId) => items.find((item) => item.id === wantedId) ?? []);
  const order = (to: string[]) => {
    const form = new FormData();
    form.set('id', id ?? '');
    form.set('from', JSON.stringify(shown));
    form.set('to', JSON.stringify(to));
    setWanted(to);
    startTransition(() => run(form));
  };
  const refused = answer && !answer.ok;
  return (
    <section aria-label={label} aria-busy={pending}>
      <SortableList items={rows} onOrder={order}>
        {(_, index) => rows[index]?.content}
      </SortableList>
      <p
        role={refused ? 'alert' : 'status'}
        className={`mt-3 min-h-6 ${refused ? 'text-accent' : 'text-muted'}`}
      >
        {pending ? 'Working…' : answer?.message}
      </p>
    </section>
  );
}
