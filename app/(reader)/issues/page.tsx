import type { Metadata } from 'next';
import { ArchivePage } from '#app/_views/list.tsx';
import { getArchive } from '#lib/reading/lists.ts';

export const metadata: Metadata = { title: 'Issues', alternates: { canonical: '/issues' } };

export default async function Page() {
  const archive = await getArchive(null);
  return archive && <ArchivePage archive={archive} year={null} />;
}
