import type { SeriesPlace } from '#lib/series/rules.ts';

/** "Part 2 of *Name*", at an article's head. */
export function SeriesLine({ series: { slug, name, part } }: { series: SeriesPlace }) {
  return (
    <p className="mt-5 text-[1.05rem]">
      {part ? `Part ${part} of ` : 'From '}
      <a href={`/series/${slug}`} className="link italic">
        {name}
      </a>
    </p>
  );
}

/** The way to the parts before and after this one. */
export function SeriesLinks({ series }: { series: SeriesPlace }) {
  const { name, slug, previous, next } = series;
  return (
    <nav aria-labelledby="series" className="no-print mt-8 border-t border-rule pt-5">
      <h2 id="series" className="label text-muted">
        The series
      </h2>
      <p className="mt-1">
        <a href={`/series/${slug}`} className="link inline-block py-1 text-[1.15rem] font-semibold">
          {name}
        </a>
      </p>
      {(previous || next) && (
        <ul className="mt-2 grid gap-x-8 gap-y-3 sm:grid-cols-2">
          <li className="min-w-0">{previous && <Neighbour rel="prev" {...previous} />}</li>
          <li className="min-w-0 sm:text-right">{next && <Neighbour rel="next" {...next} />}</li>
        </ul>
      )}
    </nav>
  );
}

function Neighbour({ rel, slug, title }: { rel: 'prev' | 'next'; slug: string; title: string }) {
  return (
    <a href={`/articles/${slug}`} rel={rel} className="group inline-block py-1">
      <span className="block text-[0.9rem] text-muted">
        {rel === 'prev' ? 'The part before' : 'The next part'}
      </span>
      <span className="block leading-snug wrap-anywhere group-hover:text-accent group-hover:underline">
        {title}
      </span>
    </a>
  );
}
