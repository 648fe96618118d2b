import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SectionPage } from '#app/_views/list.tsx';
import { getSection } from '#lib/reading/lists.ts';

type Props = PageProps<'/sections/[slug]'>;

export const generateStaticParams = () => [{ slug: '_' }];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const found = await getSection(slug);
  if (!found) return {};
  const { name, description } = found.section;
  return { title: name, description, alternates: { canonical: `/sections/${slug}` } };
}

export default async function Page({ params }: Props) {
  const found = await getSection((await params).slug);
  if (!found) notFound();
  return <SectionPage {...found} />;
}
