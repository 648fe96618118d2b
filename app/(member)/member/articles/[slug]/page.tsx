import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { ArticleViewPage, articleMetadata } from '#app/_views/article.tsx';
import { Variant } from '#app/_views/variant.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { getArticleFor, getNewArticleAddress, getPublicArticle } from '#lib/reading/article.ts';

type Props = PageProps<'/member/articles/[slug]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const view = await getPublicArticle((await params).slug);
  return view ? articleMetadata(view) : {};
}

export default async function Page({ params }: Props) {
  const { slug } = await params;
  const actor = await currentActor();
  const view = await getArticleFor(actor, slug);
  if (view) {
    return (
      <>
        <Variant actor={actor} verdict={view.verdict} owns={view.ownsIssue} />
        <ArticleViewPage view={view} signedIn={actor.kind === 'person'} />
      </>
    );
  }
  const moved = await getNewArticleAddress(slug);
  if (moved) permanentRedirect(`/articles/${moved}`);
  notFound();
}
