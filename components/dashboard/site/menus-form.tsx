import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { MenuFields } from '#components/dashboard/site/menu-fields.tsx';
import { SocialLinkFields } from '#components/dashboard/site/social-link-fields.tsx';
import type { MenuItem, SocialLink } from '#lib/publication/rules.ts';

type Menus = {
  mainMenu: MenuItem[] | null;
  footerMenu: MenuItem[] | null;
  socialLinks: SocialLink[];
};

/** What stands at the head and at the foot of every page. */
export function MenusForm({
  menus,
  automatic,
  save,
}: {
  menus: Menus;
  automatic: { main: MenuItem[]; footer: MenuItem[] };
  save: FormAction;
}) {
  const { mainMenu, footerMenu, socialLinks } = menus;
  return (
    <ActionForm action={save} label="Menus" className="max-w-3xl">
      <input type="hidden" name="opened" value={JSON.stringify(menus)} />
      <MenuFields
        key={`main ${JSON.stringify(mainMenu)}`}
        name="mainMenu"
        legend="At the head of every page"
        initial={mainMenu}
        automatic={automatic.main}
      />
      <MenuFields
        key={`footer ${JSON.stringify(footerMenu)}`}
        name="footerMenu"
        legend="At the foot of every page"
        initial={footerMenu}
        automatic={automatic.footer}
      />
      <SocialLinkFields key={JSON.stringify(socialLinks)} initial={socialLinks} />
      <button type="submit" className="button mt-6">
        Save
      </button>
    </ActionForm>
  );
}
