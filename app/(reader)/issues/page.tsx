import type { Metadata } from 'next';
import { ArchivePage } from '#app/_views/list.tsx';

export const metadata: Metadata = { title: 'Issues', alternates: { canonical: '/issues' } };

export default function Page() {
  return <ArchivePage />;
}
