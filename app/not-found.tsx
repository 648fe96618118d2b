import { Frame } from '#components/site/frame.tsx';
import { getSite } from '#lib/reading/site.ts';

/** 404, the same for everybody and for every address. */
export default async function NotFound() {
  const site = await getSite();
  const text = (
    <div className="page py-20 text-center">
      <p className="label text-accent">404</p>
      <h1 className="mt-2 text-[clamp(2.2rem,1.4rem+3.4vw,4rem)] leading-tight font-semibold">
        This page is not here
      </h1>
      <p className="mx-auto mt-4 max-w-[46ch] text-muted italic">
        It may have moved, or it was never printed. The archive has every issue, and the search has
        every word of them.
      </p>
      <p className="mt-8 flex flex-wrap justify-center gap-3">
        <a href="/issues" className="button">
          All issues
        </a>
        <a href="/search" className="button button-quiet">
          Search
        </a>
      </p>
    </div>
  );
  if (!site) return <main>{text}</main>;
  return (
    <Frame publication={site.publication} sections={site.sections} viewer={null}>
      {text}
    </Frame>
  );
}
