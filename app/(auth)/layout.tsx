import type { ReactNode } from 'react';
import { UncachedFrame } from '#app/_views/uncached-frame.tsx';

/** Signing in is never cached: it shows what was typed and what went wrong. */
export const instant = false;

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <UncachedFrame>
      <div className="page">
        <div className="mx-auto max-w-[34rem] py-12 sm:py-16">{children}</div>
      </div>
    </UncachedFrame>
  );
}
