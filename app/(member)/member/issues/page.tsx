import { Variant } from '#app/_views/variant.tsx';
import Page from '#app/(reader)/issues/page.tsx';
import { currentActor } from '#lib/auth/session.ts';

export { metadata } from '#app/(reader)/issues/page.tsx';

export default async function Twin() {
  return (
    <>
      <Variant actor={await currentActor()} />
      <Page />
    </>
  );
}
