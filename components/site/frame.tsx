import type { ReactNode } from 'react';
import { Banner } from '#components/site/banner.tsx';
import { Footer } from '#components/site/footer.tsx';
import { Masthead } from '#components/site/masthead.tsx';
import type { Publication } from '#lib/publication/rules.ts';
import type { Section } from '#lib/sections/rules.ts';

/** All that the frame knows of who is signed in; a page for strangers has no viewer. */
export type FrameViewer = { staff: boolean };

/** What stands around every page for readers: skip link, banner, masthead, main, footer. */
export function Frame({
  publication,
  sections,
  viewer,
  nonce,
  children,
}: {
  publication: Publication;
  sections: Section[];
  viewer: FrameViewer | null;
  /** By which a page that is made for one request may run scripts. */
  nonce?: string | undefined;
  children: ReactNode;
}) {
  return (
    <>
      {/* Waited for only where there is a banner: one that was dismissed is hidden before the first paint. */}
      <script src="/site.js" nonce={nonce} defer={!publication.banner} />
      <a
        href="#main"
        className="button sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-10"
      >
        Skip to the text
      </a>
      {publication.banner && <Banner banner={publication.banner} />}
      <Masthead publication={publication} sections={sections} viewer={viewer} />
      <main id="main" tabIndex={-1} className="outline-none">
        {children}
      </main>
      <Footer publication={publication} sections={sections} />
    </>
  );
}
