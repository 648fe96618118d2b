import type { ReactNode } from 'react';

/** A dashboard page's title, with what can be done beside it. */
export function Heading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="mb-6 flex flex-wrap items-baseline justify-between gap-3 border-b border-ink pb-3">
      <h1 className="font-serif text-2xl leading-tight font-semibold wrap-anywhere sm:text-3xl">
        {title}
      </h1>
      {children}
    </header>
  );
}

/** A state in a word, never by colour alone. */
export function State({ children, strong = false }: { children: ReactNode; strong?: boolean }) {
  return (
    <span
      className={`inline-block border px-1.5 text-[0.8rem] whitespace-nowrap ${strong ? 'border-accent text-accent' : 'border-rule text-muted'}`}
    >
      {children}
    </span>
  );
}
