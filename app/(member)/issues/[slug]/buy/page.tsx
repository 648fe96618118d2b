import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { BuyForm } from '#components/commerce/buy-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { browserCookie, newBrowserKey } from '#lib/checkout/browser.ts';
import { buyView } from '#lib/checkout/view.ts';
import { buyIssue } from './actions.ts';

type Props = PageProps<'/issues/[slug]/buy'>;

export const metadata: Metadata = { title: 'Buy an issue', robots: { index: false } };

/** `/issues/{slug}/buy?edition=print|digital&from={article}`: the choice before the page at Stripe. */
export default async function Page({ params, searchParams }: Props) {
  await connection();
  const [{ slug }, query, actor, jar] = await Promise.all([
    params,
    searchParams,
    currentActor(),
    cookies(),
  ]);
  const typed = Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
  const view = await buyView(slug, typed, {
    browserKey: jar.get(browserCookie)?.value ?? null,
    userId: actor.kind === 'person' ? actor.userId : null,
  });
  if (!view) notFound();
  return <BuyForm view={view} action={buyIssue} browserKey={newBrowserKey()} />;
}
