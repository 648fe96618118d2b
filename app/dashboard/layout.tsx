import './dashboard.css';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { proverWith } from '#app/(auth)/sign-in/second/prover.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { requirePerson } from '#app/require.ts';
import { Navigation } from '#components/dashboard/navigation.tsx';
import { OfficeZone } from '#components/dashboard/zone.tsx';
import { ProofDialog } from '#components/security/proof.tsx';
import { requireSite } from '#lib/reading/site.ts';

export const metadata: Metadata = {
  title: { default: 'Dashboard', template: '%s · Dashboard' },
  robots: { index: false },
};

/** The editors' workplace. Whoever has no role is sent away here, and refused again by every query and command. */
export const instant = false;

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { factor } = await requirePerson('/dashboard');
  // The page itself asks for the second factor first, since it knows where to come back to.
  if (factor.kind === 'asked' || factor.kind === 'setup') return children;
  const person = await requireStaff('dashboard.enter', '/dashboard');
  const { publication } = await requireSite();
  return (
    <div className="min-h-screen bg-paper font-sans text-[0.95rem] lining-nums lg:grid lg:grid-cols-[15rem_1fr]">
      <a
        href="#main"
        className="button sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-10"
      >
        Skip to the page
      </a>
      <Navigation publication={publication.name} person={person} />
      <main id="main" tabIndex={-1} className="min-w-0 px-5 py-6 outline-none sm:px-8">
        <noscript>
          <p className="mb-6 border border-accent p-3">
            The dashboard needs JavaScript: please switch it on for this site.
          </p>
        </noscript>
        <ProofDialog prover={factor.kind === 'proved' ? proverWith(factor.ways) : null}>
          <OfficeZone zone={publication.timeZone}>{children}</OfficeZone>
        </ProofDialog>
      </main>
    </div>
  );
}
