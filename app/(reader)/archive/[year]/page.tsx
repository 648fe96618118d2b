import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ArchivePage } from '#app/_views/list.tsx';
import { getArchive } from '#lib/reading/lists.ts';

type Props = PageProps<'/archive/[year]'>;

export const generateStaticParams = () => [{ year: '_' }];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { year } = await params;
  return { title: `Issues of ${year}`, alternates: { canonical: `/archive/${year}` } };
}

export default async function Page({ params }: Props) {
  const { year } = await params;
  if (!/^\d{4}$/.test(year)) notFound();
  const archive = await getArchive(Number(year));
  if (!archive) notFound();
  return <ArchivePage archive={archive} year={Number(year)} />;
}
