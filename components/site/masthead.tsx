import type { FrameViewer } from '#components/site/frame.tsx';
import type { Picture } from '#lib/media/rules.ts';
import { mainMenuOf, type Publication } from '#lib/publication/rules.ts';
import type { Section } from '#lib/sections/rules.ts';

export function Masthead({
  publication,
  sections,
  viewer,
}: {
  publication: Publication;
  sections: Section[];
  viewer: FrameViewer | null;
}) {
  return (
    <header className="masthead page wrap-anywhere">
      <div className="label no-print flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2">
        <nav aria-label="Elsewhere">
          <ul className="flex flex-wrap gap-x-5">
            {publication.socialLinks.map((link) => (
              <li key={link.url}>
                <a href={link.url} rel="me noopener" className="quiet-link inline-block py-1.5">
                  {link.label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <nav aria-label="Your account">
          <ul className="flex flex-wrap gap-x-5">
            {viewer?.staff && <NavItem href="/dashboard">Dashboard</NavItem>}
            {viewer ? (
              <>
                <NavItem href="/account/library">Library</NavItem>
                <NavItem href="/account">Account</NavItem>
              </>
            ) : (
              <NavItem href="/sign-in">Sign in</NavItem>
            )}
            <NavItem href="/subscribe">Subscribe</NavItem>
          </ul>
        </nav>
      </div>
      <div className="border-t border-ink pt-5 pb-4 text-center sm:pt-7 sm:pb-6">
        <a href="/" className="inline-block">
          {publication.logo ? (
            <Logo logo={publication.logo} name={publication.name} />
          ) : (
            <span className="block text-[clamp(2rem,1rem+5vw,4.75rem)] leading-[1.05] font-semibold tracking-[-0.015em]">
              {publication.name}
            </span>
          )}
          <span className="mt-1.5 block text-muted italic">{publication.tagline}</span>
        </a>
      </div>
      <nav
        aria-label={publication.mainMenu ? 'Menu' : 'Sections'}
        className="no-print border-y-[3px] border-double border-ink py-1 text-[0.98rem]"
      >
        <ul className="flex flex-wrap justify-center gap-x-6 text-center">
          {(publication.mainMenu ?? mainMenuOf(sections)).map((item, index) => (
            <NavItem key={index} href={item.href}>
              {item.label}
            </NavItem>
          ))}
        </ul>
      </nav>
    </header>
  );
}

/** As high as the name would be. The box is there before the picture is: its width follows from that of the file. */
function Logo({ logo, name }: { logo: Picture; name: string }) {
  return (
    <picture>
      <source type="image/avif" srcSet={logo.avifSrcSet} sizes="(min-width: 48rem) 40rem, 90vw" />
      <img
        src={logo.url}
        srcSet={logo.srcSet}
        sizes="(min-width: 48rem) 40rem, 90vw"
        width={logo.width}
        height={logo.height}
        alt={name}
        fetchPriority="high"
        className="mx-auto h-[clamp(2.75rem,1.5rem+5vw,5.5rem)] w-auto max-w-full object-contain"
      />
    </picture>
  );
}

function NavItem({ href, children }: { href: string; children: string }) {
  return (
    <li>
      <a href={href} className="quiet-link inline-block py-1.5">
        {children}
      </a>
    </li>
  );
}
