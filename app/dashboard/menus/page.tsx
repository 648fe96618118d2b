import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { save } from '#app/dashboard/menus/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { MenusForm } from '#components/dashboard/site/menus-form.tsx';
import { findMenus } from '#lib/publication/queries.ts';
import { footerMenuOf, mainMenuOf } from '#lib/publication/rules.ts';
import { listSections } from '#lib/sections/queries.ts';

export const metadata: Metadata = { title: 'Menus' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page() {
  const actor = await requireStaff('site.edit', '/dashboard/menus');
  const [menus, sections] = await Promise.all([findMenus(actor), listSections()]);
  if (!menus) notFound();
  const automatic = { main: mainMenuOf(sections), footer: footerMenuOf(sections) };
  return (
    <>
      <Heading title="Menus" />
      <MenusForm menus={menus} automatic={automatic} save={save} />
    </>
  );
}
