import type { Metadata } from 'next';
import { SubscribePage } from '#app/_views/subscribe.tsx';

export const metadata: Metadata = { title: 'Subscribe', alternates: { canonical: '/subscribe' } };

export default function Page() {
  return <SubscribePage />;
}
