import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TopicPage } from '#app/_views/collection.tsx';
import { getTopic } from '#lib/reading/collections.ts';

type Props = PageProps<'/topics/[slug]'>;

export const generateStaticParams = () => [{ slug: '_' }];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const found = await getTopic(slug);
  if (!found) return {};
  const { name, description } = found.topic;
  return {
    title: name,
    ...(description ? { description } : {}),
    alternates: { canonical: `/topics/${slug}` },
  };
}

export default async function Page({ params }: Props) {
  const found = await getTopic((await params).slug);
  if (!found) notFound();
  return <TopicPage {...found} />;
}
