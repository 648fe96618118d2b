import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { ThanksPage } from '#components/commerce/thanks-page.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { browserCookie } from '#lib/checkout/browser.ts';
import { thankYou } from '#lib/checkout/thanks.ts';

export const metadata: Metadata = {
  title: 'Thank you',
  robots: { index: false },
  referrer: 'no-referrer',
};

/** `/checkout/thanks?session_id=…`: where Stripe sends the buyer back to. */
export default async function Page({ searchParams }: PageProps<'/checkout/thanks'>) {
  const [{ session_id: sessionId }, actor, jar] = await Promise.all([
    searchParams,
    currentActor(),
    cookies(),
  ]);
  const thanks =
    typeof sessionId === 'string'
      ? await thankYou(sessionId, {
          browserKey: jar.get(browserCookie)?.value ?? null,
          userId: actor.kind === 'person' ? actor.userId : null,
        })
      : null;
  if (!thanks) notFound();
  return <ThanksPage thanks={thanks} />;
}
