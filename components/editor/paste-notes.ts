/**
 * Puts the text of each footnote where its mark is. In Word, Google Docs, LibreOffice and many web pages a mark is a link
 * to the note at the end, and the note links back to the mark: by that, whatever their names, both are known.
 */
export function footnotesInPlace(body: HTMLElement): void {
  const notes = new Set<Element>();
  for (const link of body.querySelectorAll<HTMLAnchorElement>('a[href*="#"]')) {
    if (!link.isConnected || [...notes].some((note) => note.contains(link))) continue;
    const note = noteOf(body, link);
    if (!note) continue;
    const mark = body.ownerDocument.createElement('sup');
    mark.className = 'note-mark';
    mark.dataset.note = '';
    mark.append(...contentOf(note));
    (link.closest('sup') ?? outermost(link)).replaceWith(mark);
    notes.add(note);
  }
  for (const note of notes) {
    const list = note.parentElement;
    note.remove();
    if (list && list !== body && !list.textContent?.trim()) {
      const around = list.closest('section');
      list.remove();
      // Their heading, with nothing below it.
      if (around?.childElementCount === 1 && around.firstElementChild?.matches('h2, h3')) {
        around.remove();
      }
    }
  }
  if (notes.size > 0) removeRuleAtEnd(body);
}

/** The block of the note that a link leads to, if it comes after the link and leads back to it. */
function noteOf(body: HTMLElement, link: HTMLAnchorElement): Element | null {
  const target = named(body, fragment(link));
  if (!target || !(link.compareDocumentPosition(target) & link.DOCUMENT_POSITION_FOLLOWING)) {
    return null;
  }
  const note = target.closest('[style*="mso-element:footnote"], [style*="mso-element:endnote"]');
  const block = note ?? target.closest('li, p, div');
  if (!block || block === body || block.contains(link)) return null;
  const back = [...block.querySelectorAll<HTMLAnchorElement>('a[href*="#"]')].find((candidate) => {
    const place = named(body, fragment(candidate));
    return place && (place === link || place.contains(link) || link.contains(place));
  });
  return back ? block : null;
}

/** The note's text without its number and its way back; its paragraphs run on in one line. */
function contentOf(note: Element): Node[] {
  for (const back of note.querySelectorAll<HTMLAnchorElement>('a[href*="#"]')) {
    const around = back.closest('sup') ?? back;
    if (/^\W*(\d{1,3}|[a-z*†‡]{1,2}|[ivxl]+)?\W*$/i.test(around.textContent ?? '')) around.remove();
  }
  const blocks = note.querySelectorAll('p, div, li');
  const parts = blocks.length > 0 ? [...blocks].filter((part) => !part.querySelector('p')) : [note];
  const nodes = parts.flatMap((part, index) => [
    ...(index > 0 ? [note.ownerDocument.createTextNode(' ')] : []),
    ...part.childNodes,
  ]);
  const first = nodes.find((node) => node.textContent?.trim());
  trimStart(first);
  return first ? nodes.slice(nodes.indexOf(first)) : [];
}

function trimStart(node: Node | undefined): void {
  if (!node) return;
  if (node.nodeType === node.TEXT_NODE) node.textContent = (node.textContent ?? '').trimStart();
  else trimStart(node.firstChild ?? undefined);
}

function outermost(link: Element): Element {
  const { parentElement } = link;
  const alone = parentElement?.matches('span') && parentElement.childNodes.length === 1;
  return alone && parentElement ? outermost(parentElement) : link;
}

function fragment(link: HTMLAnchorElement): string {
  return link.getAttribute('href')?.split('#')[1]?.trim() ?? '';
}

function named(body: HTMLElement, name: string): Element | null {
  if (!name) return null;
  const quoted = CSS.escape(name);
  return body.querySelector(`[id="${quoted}"], a[name="${quoted}"]`);
}

/** The line over the notes. */
function removeRuleAtEnd(body: HTMLElement): void {
  const rule = [...body.querySelectorAll('hr')].at(-1);
  const after = rule && body.ownerDocument.createRange();
  if (!rule || !after) return;
  after.setStartAfter(rule);
  after.setEndAfter(body.lastChild ?? rule);
  if (!after.toString().trim()) rule.remove();
}
