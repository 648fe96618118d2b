import type { Metadata } from 'next';
import { HomePage } from '#app/_views/home.tsx';

export const metadata: Metadata = { alternates: { canonical: '/' } };

export default function Page() {
  return <HomePage owned={false} />;
}
