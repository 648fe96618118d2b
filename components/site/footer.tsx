import { footerMenuOf, type Publication } from '#lib/publication/rules.ts';
import type { Section } from '#lib/sections/rules.ts';

export function Footer({
  publication,
  sections,
}: {
  publication: Publication;
  sections: Section[];
}) {
  return (
    <footer className="page mt-20 border-t-[3px] border-double border-ink pt-8 pb-12 text-[0.95rem] wrap-anywhere">
      <div className="grid gap-8 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr]">
        <div>
          <p className="text-2xl font-semibold">{publication.name}</p>
          <p className="mt-2 max-w-[46ch] text-muted">{publication.description}</p>
          <address className="mt-4 whitespace-pre-line wrap-anywhere not-italic">
            {publication.postalAddress}
          </address>
          <p className="mt-2">
            <a href={`mailto:${publication.email}`} className="link">
              {publication.email}
            </a>
          </p>
        </div>
        <nav
          aria-label={publication.footerMenu ? 'Menu, at the foot' : 'Sections, again'}
          className="no-print"
        >
          <h2 className="label text-muted">Read</h2>
          <ul className="mt-1">
            {(publication.footerMenu ?? footerMenuOf(sections)).map((item, index) => (
              <FooterItem key={index} href={item.href}>
                {item.label}
              </FooterItem>
            ))}
          </ul>
        </nav>
        <nav aria-label="Magazine" className="no-print">
          <h2 className="label text-muted">The magazine</h2>
          <ul className="mt-1">
            <FooterItem href="/subscribe">Subscribe</FooterItem>
            <FooterItem href="/account/library">Your library</FooterItem>
            <FooterItem href="/search">Search</FooterItem>
            {publication.socialLinks.map((link) => (
              <li key={link.url}>
                <a href={link.url} rel="me noopener" className="quiet-link inline-block py-1">
                  {link.label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </footer>
  );
}

function FooterItem({ href, children }: { href: string; children: string }) {
  return (
    <li>
      <a href={href} className="quiet-link inline-block py-1">
        {children}
      </a>
    </li>
  );
}
