import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { queryValue } from '#app/request.ts';
import { safeNext } from '#lib/auth/rules.ts';
import { linkCookie } from '#lib/auth/sign-in.ts';
import { sendLink } from '../actions.ts';

export const metadata: Metadata = {
  title: 'Sign in',
  robots: { index: false },
  // Not `no-referrer`: browsers then send forms without their origin, and the action's origin check refuses them.
  referrer: 'same-origin',
};

/** Where the mailed link leads. A button uses it up, since mail scanners follow links but press nothing. */
export default async function Page({ searchParams }: PageProps<'/sign-in/confirm'>) {
  const query = await searchParams;
  const email = queryValue(query.email);
  const next = safeNext(queryValue(query.next));
  const here = (await cookies()).has(linkCookie.name);
  return (
    <>
      <h1 className="text-[clamp(2rem,1.4rem+2.6vw,3rem)] leading-tight font-semibold">Sign in</h1>
      {here ? (
        <form method="post" action="/sign-in/spend" className="mt-4">
          <input type="hidden" name="token" value={queryValue(query.token)} />
          <input type="hidden" name="email" value={email} />
          <input type="hidden" name="next" value={next} />
          <p>
            You are about to sign in as <strong className="wrap-anywhere">{email}</strong>.
          </p>
          <button type="submit" className="button mt-5 w-full">
            Sign in
          </button>
        </form>
      ) : (
        <form action={sendLink} className="mt-4">
          <input type="hidden" name="email" value={email} />
          <input type="hidden" name="next" value={next} />
          <p>
            This link works in the browser where you asked for it. To sign in here as{' '}
            <strong className="wrap-anywhere">{email}</strong>, ask for another one.
          </p>
          <button type="submit" className="button mt-5 w-full">
            Send me a link
          </button>
        </form>
      )}
    </>
  );
}
