import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { merge, remove, save } from '#app/dashboard/contributors/actions.ts';
import { listQuery } from '#app/dashboard/form-fields.ts';
import { addPicture } from '#app/dashboard/media/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { ContributorForm } from '#components/dashboard/people/contributor-form.tsx';
import { MergePanel } from '#components/dashboard/people/merge-panel.tsx';
import { RemoveForm } from '#components/dashboard/remove-form.tsx';
import {
  findDeskContributor,
  likelyDoubles,
  listAccounts,
  listDeskContributors,
} from '#lib/contributors/queries.ts';

export const metadata: Metadata = { title: 'Contributor' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({
  params,
  searchParams,
}: PageProps<'/dashboard/contributors/[id]'>) {
  const { id } = await params;
  const path = `/dashboard/contributors/${encodeURIComponent(id)}`;
  const actor = await requireStaff('articles.edit-any', path);
  const contributor = await findDeskContributor(actor, id);
  if (!contributor) notFound();
  const { articleCount, coverCount } = contributor;
  const { search } = listQuery(await searchParams);
  const [accounts, doubles, found] = await Promise.all([
    listAccounts(actor, contributor.userId),
    likelyDoubles(actor, id),
    listDeskContributors(actor, { search, page: 1 }),
  ]);
  return (
    <>
      <Heading title={contributor.name}>
        <a href={`/contributors/${contributor.slug}`} className="link">
          On the site
        </a>
      </Heading>
      <div className="mb-10">
        <ContributorForm
          contributor={contributor}
          accounts={accounts}
          save={save}
          addPicture={addPicture}
        />
      </div>
      <MergePanel
        into={contributor}
        doubles={doubles}
        search={search}
        found={found.contributors.filter((other) => other.id !== id)}
        merge={merge}
      />
      <RemoveForm
        id={id}
        name={contributor.name}
        inUse={articleCount + coverCount > 0 ? inUseText(articleCount, coverCount) : null}
        remove={remove}
      />
    </>
  );
}

function inUseText(articles: number, covers: number): string {
  const uses = [
    articles > 0 && (articles === 1 ? '1 article' : `${articles} articles`),
    covers > 0 && (covers === 1 ? '1 cover' : `${covers} covers`),
  ];
  return `The name stands, or once stood, with ${uses.filter(Boolean).join(' and ')}: it has to stay. Earlier versions of an article keep their bylines.`;
}
