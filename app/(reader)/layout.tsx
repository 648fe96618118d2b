import type { ReactNode } from 'react';
import { Frame } from '#components/site/frame.tsx';
import { getSite } from '#lib/reading/site.ts';

/** Every page under here is rendered once for all readers. */
export const ensureStatic = 'navigation';

export default async function ReaderLayout({ children }: { children: ReactNode }) {
  const site = await getSite();
  if (!site) return children;
  return (
    <Frame publication={site.publication} sections={site.sections} viewer={null}>
      {children}
    </Frame>
  );
}
