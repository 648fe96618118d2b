import type { Metadata } from 'next';
import { PreviewView, previewMetadata } from '../view.tsx';

type Props = PageProps<'/preview/[token]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return previewMetadata((await params).token, null);
}

export default async function Page({ params }: Props) {
  return <PreviewView token={(await params).token} slug={null} />;
}
