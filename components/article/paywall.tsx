import type { ReactNode } from 'react';

/**
 * Stands where a gated text breaks off: why, in one sentence, and what opens it. The rest of the text is not in the page.
 */
export function Paywall({
  why,
  signInHref,
  children,
}: {
  why: string;
  signInHref: string | null;
  children: ReactNode;
}) {
  return (
    <section
      aria-labelledby="paywall"
      data-paywall=""
      className="no-print relative mx-auto max-w-(--measure) before:pointer-events-none before:absolute before:inset-x-0 before:-top-24 before:h-24 before:bg-linear-to-b before:from-transparent before:to-paper"
    >
      <div className="mt-2 border-y-[3px] border-double border-ink py-6">
        <h2 id="paywall" className="text-[1.5rem] leading-tight font-semibold">
          Read on with the issue
        </h2>
        <p className="mt-2">{why}</p>
        {signInHref && (
          <p className="mt-2 text-[0.98rem]">
            Bought it already?{' '}
            <a href={signInHref} className="link">
              Sign in
            </a>{' '}
            with the address you bought it with.
          </p>
        )}
        <div className="mt-5">{children}</div>
      </div>
    </section>
  );
}
