import type { Metadata } from 'next';
import { PreviewView, previewMetadata } from '../../view.tsx';

type Props = PageProps<'/preview/[token]/[slug]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token, slug } = await params;
  return previewMetadata(token, slug);
}

export default async function Page({ params }: Props) {
  const { token, slug } = await params;
  return <PreviewView token={token} slug={slug} />;
}
