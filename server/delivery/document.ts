import { buffer } from 'node:stream/consumers';
import { RewritingStream } from 'parse5-html-rewriting-stream';

export type Document = {
  html: Buffer;
  /** For whom the page was made, as it says itself; `null` for a page that doesn't. */
  variant: string | null;
};

type Attributes = { name: string; value: string }[];

/**
 * Takes out of a finished page what only Next's runtime in the browser needs: its scripts, its data and their preloads,
 * and the marks that React leaves in the text. What stays of scripts is structured data and `/site.js`.
 *
 * @throws where the page is not finished, since without the script that puts its parts in place it could not be read.
 */
export async function readersDocument(html: Buffer): Promise<Document> {
  const rewriter = new RewritingStream();
  let variant: string | null = null;
  let inDropped = false;
  rewriter.on('comment', () => {});
  rewriter.on('text', (_, raw) => {
    if (!inDropped) rewriter.emitRaw(raw);
  });
  rewriter.on('startTag', ({ tagName, attrs }, raw) => {
    if (tagName === 'script') inDropped = !staysAsScript(attrs);
    else if (tagName === 'template') throw new Error('The page has a part that comes later');
    const isVariant = tagName === 'meta' && attribute(attrs, 'name') === variantMeta;
    if (isVariant) variant = attribute(attrs, 'content') ?? null;
    else if (!inDropped && !isForScripts(tagName, attrs)) rewriter.emitRaw(raw);
  });
  rewriter.on('endTag', ({ tagName }, raw) => {
    if (!inDropped) rewriter.emitRaw(raw);
    if (tagName === 'script') inDropped = false;
  });
  const written = buffer(rewriter);
  rewriter.end(html.toString('utf8'));
  return { html: await written, variant };
}

/** The name of the `<meta>` in which a page says for whom it was made. */
const variantMeta = 'broadside-variant';

function staysAsScript(attrs: Attributes): boolean {
  return (
    attribute(attrs, 'type') === 'application/ld+json' || attribute(attrs, 'src') === '/site.js'
  );
}

function isForScripts(tagName: string, attrs: Attributes): boolean {
  if (tagName === 'meta') return attribute(attrs, 'name') === 'next-size-adjust';
  if (tagName !== 'link') return false;
  const rel = attribute(attrs, 'rel');
  return rel === 'modulepreload' || (rel === 'preload' && attribute(attrs, 'as') === 'script');
}

function attribute(attrs: Attributes, name: string): string | undefined {
  return attrs.find((attr) => attr.name === name)?.value;
}
