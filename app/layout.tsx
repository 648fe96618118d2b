import './globals.css';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { coloursAddress } from '#lib/publication/rules.ts';
import { getSite } from '#lib/reading/site.ts';

/** Nearly all of a page is set in it, so browsers needn't wait for the style sheet to ask for it. */
const roman = new URL('./fonts/text-roman.woff2', import.meta.url).href;

export async function generateMetadata(): Promise<Metadata> {
  const site = await getSite();
  if (!site) return {};
  const { name, tagline, description } = site.publication;
  return {
    metadataBase: new URL(site.origin),
    title: { default: `${name}: ${tagline}`, template: `%s · ${name}` },
    description,
    openGraph: { siteName: name, type: 'website', locale: site.publication.language },
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const site = await getSite();
  const colours = site && coloursAddress(site.publication.accents);
  return (
    // The frame's script marks the element before React looks at it.
    <html
      lang={site?.publication.language ?? 'en'}
      data-banner={site?.publication.banner?.version}
      suppressHydrationWarning
    >
      <head>
        <link rel="preload" href={roman} as="font" type="font/woff2" crossOrigin="" />
        {colours && <link rel="stylesheet" href={colours} />}
      </head>
      <body>{children}</body>
    </html>
  );
}
