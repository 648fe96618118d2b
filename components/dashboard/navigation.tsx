import { NavigationLink } from '#components/dashboard/navigation-link.tsx';
import { SearchBox } from '#components/dashboard/search-box.tsx';
import { may, type Permission, type Person } from '#lib/users/rules.ts';

type Place = { href: string; name: string; permission: Permission };

/** In the order of an office's day: what is written, what comes out, what is sold, and the house. */
const groups: Place[][] = [
  [
    { href: '/dashboard', name: 'Today', permission: 'dashboard.enter' },
    { href: '/dashboard/articles', name: 'Articles', permission: 'articles.write' },
    { href: '/dashboard/issues', name: 'Issues', permission: 'issues.plan' },
    { href: '/dashboard/media', name: 'Media', permission: 'media.upload' },
    { href: '/dashboard/contributors', name: 'Contributors', permission: 'articles.edit-any' },
    { href: '/dashboard/topics', name: 'Topics', permission: 'articles.edit-any' },
    { href: '/dashboard/series', name: 'Series', permission: 'articles.edit-any' },
  ],
  [
    { href: '/dashboard/orders', name: 'Orders', permission: 'orders.read' },
    { href: '/dashboard/plans', name: 'Plans', permission: 'catalog.price' },
    { href: '/dashboard/postage', name: 'Postage', permission: 'catalog.price' },
  ],
  [
    { href: '/dashboard/sections', name: 'Sections', permission: 'site.edit' },
    { href: '/dashboard/menus', name: 'Menus', permission: 'site.edit' },
    { href: '/dashboard/redirects', name: 'Redirects', permission: 'site.edit' },
    { href: '/dashboard/settings', name: 'Settings', permission: 'site.edit' },
  ],
  [
    { href: '/dashboard/people', name: 'People', permission: 'people.manage' },
    { href: '/dashboard/audit', name: 'Log', permission: 'audit.read' },
  ],
];

/** The pages of the dashboard that somebody may open. */
export function placesFor(person: Person): { href: string; name: string }[] {
  return groupsFor(person).flat();
}

function groupsFor(person: Person): { href: string; name: string }[][] {
  return groups
    .map((places) => places.filter(({ permission }) => may(person, permission)))
    .filter((places) => places.length > 0);
}

export function Navigation({ publication, person }: { publication: string; person: Person }) {
  return (
    <nav
      aria-label="Dashboard"
      className="border-b border-rule bg-raised px-5 py-4 lg:min-h-screen lg:border-r lg:border-b-0 lg:py-6"
    >
      <p className="font-serif text-xl leading-tight font-semibold">
        <a href="/" className="quiet-link">
          {publication}
        </a>
      </p>
      <p className="mt-1 text-[0.85rem] wrap-anywhere text-muted">
        {person.email} · <span className="inline-block">{person.staffRole}</span>
      </p>
      <SearchBox places={placesFor(person)} />
      <ul className="mt-3 flex flex-wrap gap-x-5 lg:mt-6 lg:block">
        {[...groupsFor(person), [{ href: '/account', name: 'Account' }]].map((places, group) =>
          places.map(({ href, name }, index) => (
            <li key={href} className={group > 0 && index === 0 ? 'lg:mt-4' : undefined}>
              <NavigationLink href={href} name={name} />
            </li>
          )),
        )}
      </ul>
    </nav>
  );
}
