import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { scriptNonce } from '#app/request.ts';
import { Frame } from '#components/site/frame.tsx';
import { requireSite } from '#lib/reading/site.ts';

/** The frame of pages that are made for each request, and are the same whoever is signed in. */
export async function UncachedFrame({ children }: { children: ReactNode }) {
  await connection();
  const { publication, sections } = await requireSite();
  return (
    <Frame publication={publication} sections={sections} viewer={null} nonce={await scriptNonce()}>
      {children}
    </Frame>
  );
}
