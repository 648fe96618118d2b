import { listsByLevel, realLists } from '#components/editor/paste-lists.ts';
import { footnotesInPlace } from '#components/editor/paste-notes.ts';
import { tablesOfLines } from '#components/editor/paste-tables.ts';

/** What is never part of the text: Word's data and comments, what was deleted or hidden. */
const apart = [
  'xml',
  'style',
  'script',
  'del',
  '.msoDel',
  '.EOP',
  '[style*="mso-element:comment" i]',
  '[style*="mso-comment-reference" i]',
  '[style*="mso-hide:all" i]',
  '[style*="display:none" i]',
  '[style*="display: none" i]',
].join(',');

const blocks = 'p, div, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, hr, section, article';

/**
 * Turns the HTML of Word, Google Docs, LibreOffice and web pages into what the schema has rules for: lists that are lists,
 * notes where their mark is, cells of lines, paragraphs instead of line breaks. `pictures` are those that are left out,
 * since a picture needs a description and a place in the library first. What was copied in this editor stays as it is.
 */
export function cleanHtml(html: string): { html: string; pictures: number } {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const { body } = page;
  if (body.querySelector('[data-pm-slice]')) return { html, pictures: 0 };
  for (const element of body.querySelectorAll(apart)) element.remove();
  const pictures = leavePictures(body);
  plainSpaces(body);
  footnotesInPlace(body);
  realLists(body);
  listsByLevel(body);
  namedStyles(body);
  tablesOfLines(body);
  paragraphsForBreaks(body);
  for (const link of body.querySelectorAll('a[href]')) leadStraight(link);
  // A place in the other text, not in this one.
  for (const link of body.querySelectorAll('a[href^="#"]')) link.replaceWith(...link.childNodes);
  lightHeadings(body);
  for (const paragraph of body.querySelectorAll('p, h1, h2, h3, h4, h5, h6')) {
    if (!paragraph.textContent?.trim() && !paragraph.querySelector('[data-note]'))
      paragraph.remove();
  }
  return { html: body.innerHTML, pictures };
}

function leavePictures(body: HTMLElement): number {
  const all = body.querySelectorAll('img, picture, svg, video, object');
  for (const picture of all) picture.remove();
  return all.length;
}

/** Spaces that Word and browsers draw with non-breaking ones. Those that somebody typed stay. */
function plainSpaces(body: HTMLElement): void {
  const drawn = '[style*="mso-spacerun" i], [style*="mso-tab-count" i], .Apple-converted-space';
  for (const span of body.querySelectorAll(drawn)) span.replaceWith(' ');
}

/** Word's paragraphs that are a heading or a quotation by the name of their style only. */
function namedStyles(body: HTMLElement): void {
  for (const title of body.querySelectorAll('p.MsoTitle')) rename(title, 'h2');
  for (const title of body.querySelectorAll('p.MsoSubtitle')) rename(title, 'h3');
  for (const quote of body.querySelectorAll('p.MsoQuote, p.MsoIntenseQuote')) {
    const before = quote.previousElementSibling;
    if (before?.matches('blockquote[data-quote]')) {
      before.append(quote);
    } else {
      const block = quote.ownerDocument.createElement('blockquote');
      block.dataset.quote = '';
      quote.replaceWith(block);
      block.append(quote);
    }
  }
}

function rename(element: Element, tag: string): void {
  const renamed = element.ownerDocument.createElement(tag);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}

/** A line break between two blocks is none, one at the end of a block neither; two in a row part paragraphs. */
function paragraphsForBreaks(body: HTMLElement): void {
  for (const lineBreak of body.querySelectorAll('br')) {
    const { parentElement } = lineBreak;
    if (!parentElement || lineBreak.closest('td, th')) continue;
    const beside = [lineBreak.previousElementSibling, lineBreak.nextElementSibling];
    if (beside.some((element) => element?.matches(blocks))) lineBreak.remove();
  }
  for (const paragraph of body.querySelectorAll('p, div')) {
    if (paragraph.querySelector(blocks) || paragraph.closest('td, th')) continue;
    splitAtDoubleBreaks(paragraph);
  }
}

function splitAtDoubleBreaks(paragraph: Element): void {
  const parts: Node[][] = [[]];
  const nodes = [...paragraph.childNodes].filter((node, index, all) => {
    // Spaces between two breaks don't keep them apart.
    const between = isBreak(all[index - 1]) && isBreak(all[index + 1]);
    return !(between && node.nodeType === node.TEXT_NODE && !node.textContent?.trim());
  });
  nodes.forEach((node, index) => {
    if (!isBreak(node)) parts.at(-1)?.push(node);
    else if (isBreak(nodes[index - 1])) parts.push([]);
    else if (!isBreak(nodes[index + 1])) parts.at(-1)?.push(node);
  });
  const written = parts.map(trimBreaks).filter((part) => part.length > 0);
  if (written.length === 0) return;
  paragraph.replaceWith(
    ...written.map((part) => {
      const copy = paragraph.cloneNode(false) as Element;
      copy.append(...part);
      return copy;
    }),
  );
}

function trimBreaks(nodes: Node[]): Node[] {
  const first = nodes.findIndex((node) => !isBreak(node));
  return first < 0 ? [] : nodes.slice(first, nodes.findLastIndex((node) => !isBreak(node)) + 1);
}

function isBreak(node: Node | undefined): boolean {
  return node?.nodeName === 'BR';
}

/** Headings, those of tables too, are bold by themselves; quotations and questions slanted. */
function lightHeadings(body: HTMLElement): void {
  const inHeading = (what: string) =>
    body.querySelectorAll<HTMLElement>(`:is(h1, h2, h3, h4, h5, h6, th) :is(${what})`);
  for (const bold of inHeading('b, strong')) bold.replaceWith(...bold.childNodes);
  for (const span of inHeading('[style*="font-weight"]')) span.style.removeProperty('font-weight');
  // Browsers write into what they copy how the page draws it, a magazine's own page too.
  const drawn =
    ':is(h1, h2, h3, h4, h5, h6, th, .pull-quote, .pull-quote p, .turn, .turn p)[style]';
  for (const block of body.querySelectorAll<HTMLElement>(drawn)) {
    for (const name of ['font-weight', 'font-style', 'font-variant', 'font-variant-caps']) {
      block.style.removeProperty(name);
    }
  }
}

/** Google leads links over an address of its own. */
function leadStraight(link: Element): void {
  const href = link.getAttribute('href') ?? '';
  if (!/^https:\/\/www\.google\.com\/url\?/.test(href) || !URL.canParse(href)) return;
  const straight = new URL(href).searchParams.get('q');
  if (straight) link.setAttribute('href', straight);
}
