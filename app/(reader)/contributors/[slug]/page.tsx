import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ContributorPage } from '#app/_views/list.tsx';
import { getContributor } from '#lib/reading/lists.ts';

type Props = PageProps<'/contributors/[slug]'>;

export const generateStaticParams = () => [{ slug: '_' }];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const found = await getContributor(slug);
  if (!found) return {};
  const { name, biography } = found.contributor;
  return {
    title: name,
    description: biography.slice(0, 200),
    alternates: { canonical: `/contributors/${slug}` },
    openGraph: { type: 'profile', url: `/contributors/${slug}`, title: name },
  };
}

export default async function Page({ params }: Props) {
  const found = await getContributor((await params).slug);
  if (!found) notFound();
  return <ContributorPage {...found} />;
}
