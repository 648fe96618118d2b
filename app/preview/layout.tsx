import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { UncachedFrame } from '#app/_views/uncached-frame.tsx';

export const metadata: Metadata = {
  robots: { index: false, follow: false, nocache: true },
  referrer: 'no-referrer',
};

/** What is not published yet, for who was given the link: made for each request, and the same whoever is signed in. */
export const instant = false;

export default function PreviewLayout({ children }: { children: ReactNode }) {
  return <UncachedFrame>{children}</UncachedFrame>;
}
