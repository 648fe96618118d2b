// The readers' one script. Every page works without it: it remembers a dismissed banner and copies links.
(() => {
  const key = 'broadside.banner';
  const root = document.documentElement;
  const read = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage is switched off: the banner comes back on the next page.
    }
  };

  /** A newer announcement than the one that was dismissed is shown. Known before the banner is, so nothing moves. */
  const mark = () => root.toggleAttribute('data-banner-hidden', read() === root.dataset.banner);
  if (root.dataset.banner) {
    mark();
    // It may have been dismissed while this page waited, rendered ahead or left behind.
    document.addEventListener('prerenderingchange', mark);
    addEventListener('pageshow', mark);
  }

  document.addEventListener('change', (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.classList.contains('banner-off')) return;
    try {
      localStorage.setItem(key, root.dataset.banner ?? '');
    } catch {
      // As above.
    }
  });

  // A page that was fetched or rendered ahead of the click counts as read once it is shown; only the browser knows when.
  const [visit] = performance.getEntriesByType('navigation');
  const sayShown = () => navigator.sendBeacon(`/api/shown${location.pathname}`);
  if (/^\/(?:articles|issues)\/[^/]+$/.test(location.pathname)) {
    if (document.prerendering)
      document.addEventListener('prerenderingchange', sayShown, { once: true });
    else if (visit?.deliveryType === 'navigational-prefetch' || visit?.activationStart > 0)
      sayShown();
  }

  document.addEventListener('click', async (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-copy]') : null;
    if (!link || !navigator.clipboard) return;
    event.preventDefault();
    await navigator.clipboard.writeText(link.href);
    const label = link.textContent;
    link.textContent = 'Copied';
    setTimeout(() => {
      link.textContent = label;
    }, 2000);
  });
})();
