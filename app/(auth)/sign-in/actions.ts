'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { networkAddress, textField } from '#app/request.ts';
import { askForLink, linkCookie } from '#lib/auth/sign-in.ts';
import { env } from '#lib/env.ts';

export async function sendLink(form: FormData): Promise<void> {
  const email = textField(form, 'email');
  const next = textField(form, 'next');
  const asked = await askForLink({ email, next, address: await networkAddress() });
  const query = new URLSearchParams({ email, next });
  if (!asked.ok) {
    query.set('error', asked.message);
    redirect(`/sign-in?${query}`);
  }
  (await cookies()).set(linkCookie.name, asked.value.kept, {
    httpOnly: true,
    sameSite: 'lax',
    secure: env().siteUrl.startsWith('https:'),
    path: '/',
    maxAge: linkCookie.maxAge,
  });
  redirect(`/sign-in/check?${query}`);
}
