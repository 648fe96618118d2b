import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { scriptNonce } from '#app/request.ts';
import { Frame } from '#components/site/frame.tsx';
import { requireSite } from '#lib/reading/site.ts';

/** Signing in is never cached: it shows what was typed and what went wrong. */
export const instant = false;

export default async function AuthLayout({ children }: { children: ReactNode }) {
  await connection();
  const site = await requireSite();
  return (
    <Frame
      publication={site.publication}
      sections={site.sections}
      viewer={null}
      nonce={await scriptNonce()}
    >
      <div className="page">
        <div className="mx-auto max-w-[34rem] py-12 sm:py-16">{children}</div>
      </div>
    </Frame>
  );
}
