import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PageTitle } from '#app/_views/list.tsx';
import { proverWith } from '#app/(auth)/sign-in/second/prover.ts';
import { queryValue } from '#app/request.ts';
import { requireSession } from '#app/require.ts';
import { Panel } from '#components/dashboard/panel.tsx';
import { OfficeZone } from '#components/dashboard/zone.tsx';
import { FactorPanels } from '#components/security/factor-panels.tsx';
import { ProofDialog } from '#components/security/proof.tsx';
import { SessionList } from '#components/security/session-list.tsx';
import { securityOf } from '#lib/auth/queries.ts';
import { safeNext } from '#lib/auth/rules.ts';
import { listSessions } from '#lib/auth/sessions.ts';
import { requireSite } from '#lib/reading/site.ts';
import { worksHere } from '#lib/users/rules.ts';
import * as actions from './actions.ts';

export const metadata: Metadata = { title: 'Security', robots: { index: false } };

const here = '/account/security';

export default async function Page({ searchParams }: PageProps<'/account/security'>) {
  const me = await requireSession(here);
  const { factor } = me.person;
  if (factor.kind === 'asked') {
    redirect(`/sign-in/second?${new URLSearchParams({ next: here })}`);
  }
  const next = queryValue((await searchParams).next);
  const [{ publication }, own, sessions] = await Promise.all([
    requireSite(),
    securityOf(me),
    listSessions(me),
  ]);
  const proved = factor.kind === 'proved';
  return (
    <div className="page">
      <PageTitle title="Security">
        <a href="/account" className="link">
          Your account
        </a>
      </PageTitle>
      <div
        className={`mx-auto mt-8 max-w-[46rem] text-[0.95rem] lining-nums ${worksHere(me.person) ? 'font-sans' : ''}`}
      >
        <OfficeZone zone={publication.timeZone}>
          <ProofDialog prover={proved ? proverWith(factor.ways) : null}>
            {worksHere(me.person) && (
              <>
                <Notice state={factor.kind} next={next ? safeNext(next) : null} />
                <FactorPanels
                  keys={own.keys}
                  app={own.app}
                  codesLeft={own.codesLeft}
                  site={publication.name}
                  actions={{
                    passkeys: {
                      begin: actions.beginKey,
                      add: actions.addKey,
                      rename: actions.renameKey,
                      remove: actions.removeKey,
                    },
                    app: {
                      begin: actions.beginAuthenticator,
                      confirm: actions.confirmAuthenticator,
                      remove: actions.removeAuthenticator,
                    },
                    renew: actions.renewCodes,
                  }}
                />
              </>
            )}
            <Panel title="Where you are signed in">
              <SessionList sessions={sessions} end={actions.end} />
            </Panel>
          </ProofDialog>
        </OfficeZone>
      </div>
    </div>
  );
}

/** What the second factor is for, and the way on for who came here from the door. */
function Notice({ state, next }: { state: 'free' | 'setup' | 'proved'; next: string | null }) {
  return (
    <div className="mb-8 max-w-[60ch]">
      {state === 'setup' && (
        <p className="mb-3 border border-accent p-3 font-semibold">
          Everybody who works here proves themselves twice. Set up a passkey or an app, then the
          office opens.
        </p>
      )}
      <p>
        After the link from your mail, the office asks for a second proof, and again before money
        goes back, roles change or lists leave the house. One way is enough; two are safer.
      </p>
      {state === 'proved' && next && (
        <p className="mt-4">
          <a href={next} className="button">
            Go on to the office
          </a>
        </p>
      )}
    </div>
  );
}
