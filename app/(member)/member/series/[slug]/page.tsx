import { Variant } from '#app/_views/variant.tsx';
import Page from '#app/(reader)/series/[slug]/page.tsx';
import { currentActor } from '#lib/auth/session.ts';

export { generateMetadata } from '#app/(reader)/series/[slug]/page.tsx';

export default async function Twin({ params }: PageProps<'/member/series/[slug]'>) {
  return (
    <>
      <Variant actor={await currentActor()} />
      <Page params={params} searchParams={Promise.resolve({})} />
    </>
  );
}
