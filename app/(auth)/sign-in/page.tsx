import type { Metadata } from 'next';
import { queryValue } from '#app/request.ts';
import { Field } from '#components/ui/field.tsx';
import { sendLink } from './actions.ts';

export const metadata: Metadata = { title: 'Sign in', robots: { index: false } };

/** What the sign-in library and our own pages put into `error`, in the reader's words. */
const messages = new Map([
  [
    'Verification',
    'This link has been used already, or is more than ten minutes old. Ask for a new one.',
  ],
  [
    'other-browser',
    'This link works in the browser where you asked for it. To sign in here, ask for a new one.',
  ],
  ['Configuration', 'Signing in does not work just now. Please try again in a moment.'],
  ['AccessDenied', 'You can’t sign in with this address.'],
]);

export default async function Page({ searchParams }: PageProps<'/sign-in'>) {
  const query = await searchParams;
  const error = queryValue(query.error);
  return (
    <>
      <h1 className="text-[clamp(2rem,1.4rem+2.6vw,3rem)] leading-tight font-semibold">Sign in</h1>
      <p className="mt-3 text-muted">
        We send you a link by e-mail; there is no password. If you bought an issue or subscribe, use
        the address you did it with.
      </p>
      <form action={sendLink} className="mt-6">
        <input type="hidden" name="next" value={queryValue(query.next)} />
        <Field
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="email"
          required
          defaultValue={queryValue(query.email)}
          error={error ? (messages.get(error) ?? error.slice(0, 200)) : undefined}
        />
        <button type="submit" className="button mt-5 w-full">
          Send me a link
        </button>
      </form>
    </>
  );
}
