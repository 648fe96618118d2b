/**
 * Plain links to where readers share: nothing of those places is loaded until one is pressed. The last one is the
 * article's own address, which `site.js` copies.
 */
export function ShareLinks({ url, title, label }: { url: string; title: string; label: string }) {
  const link = encodeURIComponent(url);
  const words = encodeURIComponent(title);
  const both = encodeURIComponent(`${title} ${url}`);
  const places = [
    ['Facebook', `https://www.facebook.com/sharer/sharer.php?u=${link}`],
    ['X', `https://x.com/intent/post?text=${words}&url=${link}`],
    ['Bluesky', `https://bsky.app/intent/compose?text=${both}`],
    ['Mastodon', `https://share.joinmastodon.org/#text=${both}`],
    ['WhatsApp', `https://wa.me/?text=${both}`],
    ['E-mail', `mailto:?subject=${words}&body=${link}`],
  ] as const;
  return (
    <nav aria-label={label} className="no-print">
      <ul className="label flex flex-wrap items-baseline gap-x-4">
        <li aria-hidden="true" className="text-muted">
          Share
        </li>
        {places.map(([name, href]) => (
          <li key={name}>
            <a href={href} rel="noopener noreferrer" className="quiet-link inline-block py-1.5">
              <span className="sr-only">Share by </span>
              {name}
            </a>
          </li>
        ))}
        <li>
          <a href={url} data-copy className="quiet-link inline-block py-1.5">
            Copy link
          </a>
        </li>
      </ul>
    </nav>
  );
}
