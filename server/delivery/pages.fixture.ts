import { keepPages } from './pages.ts';
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
} = {}) {
  const asked: Asked[] = [];
  const pages = keepPages({
    maxBytes,
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
  return { pages, asked };
}

/** Lets everything go on that needs no rendering. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((done) => setImmediate(done));
}
