import type { RequestListener } from 'node:http';
import inject from 'light-my-request';
import { collectTags } from '#lib/pages.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import type { Gate } from './gate.ts';

export type Rendered = {
  status: number;
  headers: Record<string, string | undefined>;
  body: Buffer;
  /** Under what the answer is out of date one day. */
  tags: Set<string>;
};

export type Render = (path: string, headers: Record<string, string>) => Promise<Rendered>;

/** Milliseconds after which an answer is given up: Next leaves some that fail without an end. */
const longest = 20_000;
/** How often Next is asked anew where it answers with what somebody else had it make. */
const attempts = 3;

/**
 * Has Next make an answer in this process. With `revalidate`, the word by which a build lets its pages be made anew, Next
 * makes a static page from the start and looks into none of its own caches: those would keep what a rendering brings that
 * began before a change.
 */
export function renderer({
  next,
  revalidate,
  gate,
}: {
  next: () => RequestListener;
  revalidate: string;
  gate: Gate;
}): Render {
  return async (path, headers) => {
    const leave = await gate.enter();
    try {
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const tags = new Set<string>();
        // Awaited inside, since the request is made only when somebody waits for it.
        const answer = await collectTags(
          tags,
          async () =>
            await inject(next(), {
              method: 'GET',
              url: path,
              headers: { ...headers, 'x-prerender-revalidate': revalidate },
              signal: AbortSignal.timeout(longest),
            }),
        );
        const rendered: Rendered = {
          status: answer.statusCode,
          // Next names the new address of a page that moved twice.
          headers: Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [
              name,
              [value].flat()[0]?.toString(),
            ]),
          ),
          body: answer.rawPayload,
          tags,
        };
        // Next joins requests for one page. What it began earlier, for somebody else, may be older than this request; it
        // shows in that nothing was read for us.
        const isText = /^(?:text\/html|application\/\w*\+?xml)/.test(
          rendered.headers['content-type'] ?? '',
        );
        if (!isText || rendered.status >= 500 || tags.has(publicationTags.everything))
          return rendered;
      }
      throw new Error(`Next had ${path} made by others only`);
    } finally {
      leave();
    }
  };
}
