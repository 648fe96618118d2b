import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SeriesPage } from '#app/_views/collection.tsx';
import { getSeries } from '#lib/reading/collections.ts';

type Props = PageProps<'/series/[slug]'>;

export const generateStaticParams = () => [{ slug: '_' }];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const found = await getSeries(slug);
  if (!found) return {};
  const { name, description } = found.series;
  return {
    title: name,
    ...(description ? { description } : {}),
    alternates: { canonical: `/series/${slug}` },
  };
}

export default async function Page({ params }: Props) {
  const found = await getSeries((await params).slug);
  if (!found) notFound();
  return <SeriesPage {...found} />;
}
