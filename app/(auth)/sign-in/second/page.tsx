import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { proverWith } from '#app/(auth)/sign-in/second/prover.ts';
import { queryValue } from '#app/request.ts';
import { requirePerson } from '#app/require.ts';
import { SecondFactor } from '#components/security/second-factor.tsx';
import { safeNext } from '#lib/auth/rules.ts';

export const metadata: Metadata = { title: 'Confirm that it is you', robots: { index: false } };

/** Between the mailed link and the office: the second factor of who has one, or the way to set one up. */
export default async function Page({ searchParams }: PageProps<'/sign-in/second'>) {
  const next = safeNext(queryValue((await searchParams).next) || '/dashboard');
  const { factor, email } = await requirePerson(`/sign-in/second?${new URLSearchParams({ next })}`);
  switch (factor.kind) {
    case 'free':
    case 'proved':
      return redirect(next as '/dashboard');
    case 'setup':
      return redirect(`/account/security?${new URLSearchParams({ next })}`);
    case 'asked':
      return (
        <>
          <h1 className="text-[clamp(2rem,1.4rem+2.6vw,3rem)] leading-tight font-semibold">
            Confirm that it is you
          </h1>
          <p className="mt-3 mb-6 text-muted">
            You are signed in as <span className="wrap-anywhere">{email}</span>. The office asks for
            a second proof.
          </p>
          <SecondFactor prover={proverWith(factor.ways)} next={next} />
          <p className="mt-6 text-[0.95rem] text-muted">
            Lost all of it? An administrator can remove your second factor, and you set up another.
          </p>
        </>
      );
  }
}
