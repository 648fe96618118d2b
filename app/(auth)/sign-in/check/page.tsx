import type { Metadata } from 'next';
import { queryValue } from '#app/request.ts';
import { linkMinutes } from '#lib/auth/rules.ts';

export const metadata: Metadata = { title: 'Look into your mail', robots: { index: false } };

/** The same words for every address, whether or not anybody has an account under it. */
export default async function Page({ searchParams }: PageProps<'/sign-in/check'>) {
  const { email, next } = await searchParams;
  const again = new URLSearchParams({ email: queryValue(email), next: queryValue(next) });
  return (
    <>
      <h1 className="text-[clamp(2rem,1.4rem+2.6vw,3rem)] leading-tight font-semibold">
        Look into your mail
      </h1>
      <p className="mt-4">
        We have sent a link to <strong className="wrap-anywhere">{queryValue(email)}</strong>. Open
        it in this browser within {linkMinutes} minutes.
      </p>
      <p className="mt-4 text-muted">
        Nothing there? Look among the unwanted mail, or{' '}
        <a href={`/sign-in?${again}`} className="link">
          ask for another link
        </a>
        .
      </p>
    </>
  );
}
