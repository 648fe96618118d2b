import type { Metadata } from 'next';
import { PageTitle } from '#app/_views/list.tsx';
import { requirePerson } from '#app/require.ts';
import { Cover } from '#components/issue/cover.tsx';
import { editionNames } from '#lib/catalog/rules.ts';
import { libraryOf } from '#lib/entitlements/queries.ts';

export const metadata: Metadata = { title: 'Your library', robots: { index: false } };

export default async function Page() {
  const person = await requirePerson('/account/library');
  const entries = await libraryOf(person.userId);
  return (
    <div className="page">
      <PageTitle title="Your library">
        {entries.length > 0
          ? 'Every article of these issues is open to you.'
          : 'No issue stands here yet.'}
      </PageTitle>
      {entries.length === 0 ? (
        <p className="text-center">
          What you buy with {person.email} appears here.{' '}
          <a href="/issues" className="link">
            Look through the issues
          </a>
          .
        </p>
      ) : (
        <ul className="mt-6 grid grid-cols-2 gap-x-8 gap-y-10 border-t border-ink pt-8 sm:grid-cols-3 lg:grid-cols-4">
          {entries.map(({ issue, cover, editions, orderNumber }) => (
            <li key={issue.id}>
              <a href={`/issues/${issue.slug}`} className="group block">
                <Cover
                  issue={{ ...issue, cover }}
                  sizes="(min-width: 64rem) 18rem, 45vw"
                  decorative
                />
                <span className="mt-3 block text-[1.25rem] leading-tight font-semibold group-hover:text-accent">
                  {issue.title}
                </span>
                <span className="mt-1 block text-[0.95rem] text-muted">
                  No. {issue.number}, {issue.periodLabel}
                </span>
              </a>
              <p className="text-[0.95rem] text-muted">
                {editions.map((edition) => editionNames[edition]).join(' and ')}
                {orderNumber !== null && (
                  <>
                    {' · '}
                    <a href={`/account/orders/${orderNumber}`} className="link">
                      order {orderNumber}
                    </a>
                  </>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
