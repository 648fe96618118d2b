import { type Found, keepPages, type Pages, type Shelf } from './pages.ts';
import type { Rendered } from './render.ts';

/** A rendering that was asked for and waits to be told what it comes to. */
export type Asked = {
  path: string;
  headers: Record<string, string>;
  finish: (parts?: Partial<Rendered>) => void;
  fail: (error: Error) => void;
};

/** Kept pages whose renderings come to an end when a test says so. They stand under `tags`. */
export function somePages({
  maxBytes = 1024 * 1024,
  tags = (path: string) => [path, 'everything'],
  leads = new Map<string, string>(),
} = {}) {
  const asked: Asked[] = [];
  const shelves = keepPages({
    maxBytes,
    leadOf: async (path) => ({
      location: leads.get(path) ?? null,
      tags: ['everything', 'redirects'],
    }),
    headers: { page: [['x-for', 'page']], personal: [['x-for', 'one']], file: [['x-for', 'all']] },
    render: (path, headers) =>
      new Promise((done, failed) => {
        asked.push({
          path,
          headers,
          finish: (parts) =>
            done({
              status: 200,
              headers: { 'content-type': 'text/html' },
              body: Buffer.from(''),
              tags: new Set(tags(path)),
              ...parts,
            }),
          fail: failed,
        });
      }),
  });
  // As the layer asks for them: what is kept, and else what is made.
  const had = ({ kept, make }: Shelf) => (kept ? Promise.resolve(kept) : make());
  const pages = {
    ...shelves,
    page: (path: string) => had(shelves.page(path)),
    twin: (...given: Parameters<Pages['twin']>) => had(shelves.twin(...given)),
    lost: (path: string) => had(shelves.lost(path)),
    file: (path: string, fixed = false) => had(shelves.file(path, fixed)),
  };
  return { pages, asked };
}

/** Lets everything go on that needs no rendering. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((done) => setImmediate(done));
}

/** What a rendering comes to: a page that says `text`, and for whom where it is personal. */
export const html = (text: string, variant?: string) => ({
  body: Buffer.from(
    `${variant ? `<meta name="broadside-variant" content="${variant}">` : ''}<p>${text}</p>`,
  ),
});

/** The words of what was found, or what else was found. */
export const textOf = (found: Found | undefined) =>
  found?.kind === 'answer' ? found.answer.body.toString().replace(/<.*?>/g, '') : found?.kind;

/** What came of a promise so far: `undefined` while it is open. */
export function watch(promise: Promise<Found>) {
  const seen: { text?: string | undefined; error?: unknown } = {};
  promise.then(
    (found) => {
      seen.text = textOf(found);
    },
    (error) => {
      seen.error = error;
    },
  );
  return seen;
}
