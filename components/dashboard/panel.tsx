import { type ReactNode, useId } from 'react';

/** A part of a dashboard page under its own heading. */
export function Panel({
  title,
  children,
  aside,
  id: anchor,
}: {
  title: string;
  children: ReactNode;
  aside?: ReactNode;
  /** What links lead here by. */
  id?: string;
}) {
  const id = useId();
  return (
    <section id={anchor} aria-labelledby={id} className="mb-10">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 border-b border-rule pb-1">
        <h2 id={id} className="text-xl font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** Names and values side by side, one under the other where there is no room. */
export function Facts({ facts }: { facts: { name: string; value: ReactNode }[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[10rem_minmax(0,1fr)]">
      {facts.map(({ name, value }, index) => (
        <div key={index} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 wrap-anywhere max-sm:mb-2">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
