'use server';

import type { Route } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { expired } from '#app/expire.ts';
import { networkAddress } from '#app/request.ts';
import { currentActor } from '#lib/auth/session.ts';
import {
  browserCookie,
  browserCookieSeconds,
  isBrowserKey,
  newBrowserKey,
} from '#lib/checkout/browser.ts';
import { parseBuyForm } from '#lib/checkout/input.ts';
import { startCheckout } from '#lib/checkout/start.ts';
import { env } from '#lib/env.ts';
import { slugPattern } from '#lib/slug.ts';

/** Begins a purchase and sends the reader to Stripe, or back to the form with what was typed and why not. */
export async function buyIssue(form: FormData): Promise<void> {
  const fields = textFields(form);
  const slug = fields['issue'] ?? '';
  if (!slugPattern.test(slug)) redirect('/issues');
  const parsed = parseBuyForm(fields);
  if (!parsed.ok) redirect(formAddress(slug, fields, 'invalid'));
  const actor = await currentActor();
  const started = await startCheckout({
    ...parsed.value.choice,
    issueSlug: slug,
    from: parsed.value.from,
    browserKey: await browserKey(fields['key']),
    address: await networkAddress(),
    ...(actor.kind === 'person' ? { viewer: { userId: actor.userId, email: actor.email } } : {}),
  });
  if (!started.ok) redirect(formAddress(slug, fields, started.reason));
  await expired();
  redirect(started.value.url as Route);
}

/**
 * The browser's key: from its cookie, else the one that its form was made with, so that a double click on a first form
 * is one browser, too.
 */
async function browserKey(fromForm: string | undefined): Promise<string> {
  const jar = await cookies();
  const known = jar.get(browserCookie)?.value;
  if (known && isBrowserKey(known)) return known;
  const key = fromForm && isBrowserKey(fromForm) ? fromForm : newBrowserKey();
  jar.set(browserCookie, key, {
    httpOnly: true,
    sameSite: 'lax',
    secure: env().siteUrl.startsWith('https:'),
    path: '/',
    maxAge: browserCookieSeconds,
  });
  return key;
}

function textFields(form: FormData): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value === 'string' && value.length <= 200) fields[name] = value;
  }
  return fields;
}

function formAddress(slug: string, fields: Record<string, string>, error: string): Route {
  const kept = ['edition', 'currency', 'quantity', 'country', 'from', 'again'];
  const query = new URLSearchParams(
    kept.flatMap((name) => (fields[name] ? [[name, fields[name]] as [string, string]] : [])),
  );
  query.set('error', error);
  return `/issues/${slug}/buy?${query}` as Route;
}
