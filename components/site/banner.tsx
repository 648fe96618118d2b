import type { Banner as BannerContent } from '#lib/publication/rules.ts';

/**
 * The editors' announcement. The checkbox hides it without a script; `site.js` remembers the choice, and hides it before
 * the first paint of later pages, so that nothing moves. Which one it is stands on the page's root element.
 */
export function Banner({ banner }: { banner: BannerContent }) {
  return (
    <aside aria-label="Announcement" className="banner no-print bg-(--banner) text-(--on-banner)">
      <div className="page flex items-center justify-between gap-4 py-2 text-[0.95rem]">
        <p className="min-w-0 wrap-anywhere">
          {banner.href ? (
            <a href={banner.href} className="underline underline-offset-4 hover:decoration-2">
              <Emphasised text={banner.text} />
            </a>
          ) : (
            <Emphasised text={banner.text} />
          )}
        </p>
        <label
          htmlFor="banner-off"
          className="grid size-11 shrink-0 place-items-center text-xl has-focus-visible:outline-3 has-focus-visible:outline-(--on-banner)"
          title="Hide this announcement"
        >
          <input type="checkbox" id="banner-off" className="banner-off sr-only" />
          <span aria-hidden="true">×</span>
          <span className="sr-only">Hide this announcement</span>
        </label>
      </div>
    </aside>
  );
}

/** Titles between asterisks stand in italics: the one mark that an announcement needs. */
function Emphasised({ text }: { text: string }) {
  return text
    .split('*')
    .map((part, index) => (index % 2 === 1 ? <em key={index}>{part}</em> : part));
}
