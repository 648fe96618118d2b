'use server';

import { redirect } from 'next/navigation';
import { signOut } from '#lib/auth/sign-in.ts';

/** Ends the session in the database, not only in this browser. */
export async function leave(): Promise<void> {
  await signOut({ redirect: false });
  redirect('/');
}
