import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { ArticleViewPage, articleMetadata } from '#app/_views/article.tsx';
import { getNewArticleAddress, getPublicArticle } from '#lib/reading/article.ts';

type Props = PageProps<'/articles/[slug]'>;

/** A build knows no articles: each page is made at its first request and kept. */
export const generateStaticParams = () => [{ slug: '_' }];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const view = await getPublicArticle((await params).slug);
  return view ? articleMetadata(view) : {};
}

export default async function Page({ params }: Props) {
  const { slug } = await params;
  const view = await getPublicArticle(slug);
  if (view) return <ArticleViewPage view={view} signedIn={false} />;
  const moved = await getNewArticleAddress(slug);
  if (moved) permanentRedirect(`/articles/${moved}`);
  notFound();
}
