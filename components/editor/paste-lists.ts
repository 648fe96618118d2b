/**
 * Makes lists of the paragraphs that Word draws as such: `mso-list:l0 level2 lfo1` says the level, the text of the
 * `mso-list:Ignore` span before the words is the bullet or the number.
 */
export function realLists(body: HTMLElement): void {
  const items = [...body.querySelectorAll<HTMLElement>('p, h1, h2, h3, h4, h5, h6')].filter(
    (paragraph) => paragraph.tagName === 'P' && levelOf(paragraph) > 0,
  );
  const done = new Set<Element>();
  for (const item of items) {
    if (done.has(item)) continue;
    const run = [item];
    for (let next = item.nextElementSibling; next && items.includes(next as HTMLElement); ) {
      run.push(next as HTMLElement);
      next = next.nextElementSibling;
    }
    for (const one of run) done.add(one);
    const anchor = body.ownerDocument.createComment('');
    item.before(anchor);
    anchor.replaceWith(...listsOf(run));
  }
  for (const bullet of body.querySelectorAll('[style*="mso-list:Ignore" i]')) bullet.remove();
}

/**
 * Puts lists into each other that Word on the web writes one after the other, each item in a list of its own with its
 * level beside it (`aria-level`).
 */
export function listsByLevel(body: HTMLElement): void {
  for (const first of body.querySelectorAll('.ListContainerWrapper')) {
    if (!first.isConnected) continue;
    const wrappers = [first];
    for (let next = first.nextElementSibling; next?.matches('.ListContainerWrapper'); ) {
      wrappers.push(next);
      next = next.nextElementSibling;
    }
    const items = wrappers.flatMap((wrapper) => [...wrapper.querySelectorAll('li')]);
    const open: { list: Element; level: number }[] = [];
    const top: Element[] = [];
    for (const item of items) {
      const level = Number(item.getAttribute('aria-level')) || 1;
      const tag = item.parentElement?.tagName ?? 'UL';
      while ((open.at(-1)?.level ?? 0) > level) open.pop();
      if (open.at(-1)?.level === level && open.at(-1)?.list.tagName !== tag) open.pop();
      let last = open.at(-1);
      if (last?.level !== level) {
        const list = body.ownerDocument.createElement(tag);
        (last?.list.lastElementChild ?? { append: (made: Element) => top.push(made) }).append(list);
        last = { list, level };
        open.push(last);
      }
      last.list.append(item);
    }
    first.before(...top);
    for (const wrapper of wrappers) wrapper.remove();
  }
}

function listsOf(paragraphs: HTMLElement[]): Element[] {
  const top: Element[] = [];
  /** The open lists, outermost first, with the level that each is for. */
  const open: { list: Element; level: number }[] = [];
  for (const paragraph of paragraphs) {
    const level = levelOf(paragraph);
    const marker = markerOf(paragraph);
    while ((open.at(-1)?.level ?? 0) > level) open.pop();
    let last = open.at(-1);
    if (last && last.level === level && last.list.tagName !== marker.tag) {
      open.pop();
      last = undefined;
    }
    if (!last || last.level < level) {
      const list = paragraph.ownerDocument.createElement(marker.tag);
      if (marker.start > 1) list.setAttribute('start', String(marker.start));
      const around = open.at(-1)?.list.lastElementChild;
      if (around) around.append(list);
      else top.push(list);
      last = { list, level };
      open.push(last);
    }
    const item = paragraph.ownerDocument.createElement('li');
    item.append(paragraph);
    last.list.append(item);
  }
  return top;
}

function levelOf(paragraph: HTMLElement): number {
  const style = paragraph.getAttribute('style') ?? '';
  const level = /mso-list:\s*l\d+\s+level(\d)/i.exec(style)?.[1];
  return Number(level ?? 0);
}

/** Takes the bullet or number out of a paragraph and says what list it is of. */
function markerOf(paragraph: HTMLElement): { tag: 'OL' | 'UL'; start: number } {
  const marker = paragraph.querySelector('[style*="mso-list:Ignore" i]');
  const text = (marker?.textContent ?? '').trim();
  marker?.remove();
  const number = /^\(?(\d+|[a-z]{1,4})[.)]/i.exec(text)?.[1];
  return { tag: number ? 'OL' : 'UL', start: Number(number) || 1 };
}
