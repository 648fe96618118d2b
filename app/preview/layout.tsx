import type { Metadata } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { scriptNonce } from '#app/request.ts';
import { Frame } from '#components/site/frame.tsx';
import { requireSite } from '#lib/reading/site.ts';

export const metadata: Metadata = {
  robots: { index: false, follow: false, nocache: true },
  referrer: 'no-referrer',
};

/** What is not published yet, for who was given the link: made for each request, and the same whoever is signed in. */
export const instant = false;

export default async function PreviewLayout({ children }: { children: ReactNode }) {
  await connection();
  const site = await requireSite();
  return (
    <Frame
      publication={site.publication}
      sections={site.sections}
      viewer={null}
      nonce={await scriptNonce()}
    >
      {children}
    </Frame>
  );
}
