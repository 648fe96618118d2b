import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { collectTags, noteTags } from '#lib/pages.ts';
import { gate } from './gate.ts';
import { renderer } from './render.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** A Next that answers by turns, the last one from then on. */
function aRenderer(...turns: RequestListener[]) {
  const pages = gate({ running: 1, waiting: 9, patience: 1_000 });
  const next = vi.fn<RequestListener>((request, response) =>
    (turns[next.mock.calls.length - 1] ?? turns.at(-1))?.(request, response),
  );
  return { render: renderer({ next: () => next, revalidate: 'word', gate: pages }), next, pages };
}

const page =
  (text: string, ...tags: string[]): RequestListener =>
  (_, response) => {
    noteTags(tags);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(text);
  };

describe('a rendering', () => {
  test('brings what Next answers, with the tags of what was read for it and for nothing else', async () => {
    const { render } = aRenderer(async (request, response) => {
      noteTags(['everything', 'early']);
      await new Promise((done) => setTimeout(done, 5));
      page(request.url ?? '', 'late')(request, response);
    });
    const outside = new Set<string>();
    const found = await collectTags(outside, () => render('/a', {}));
    expect(found).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
    expect(found.body.toString()).toBe('/a');
    expect([...found.tags]).toEqual(['everything', 'early', 'late']);
    expect(outside.size).toBe(0);
  });

  test('that somebody else’s turns out to be is asked for again', async () => {
    const { render, next } = aRenderer(
      page('theirs'),
      page('theirs', 'some'),
      page('ours', 'everything'),
    );
    expect((await render('/a', {})).body.toString()).toBe('ours');
    expect(next).toHaveBeenCalledTimes(3);
  });

  test('that is somebody else’s three times fails, and leaves its place', async () => {
    const { render, next, pages } = aRenderer(page('theirs'));
    await expect(render('/a', {})).rejects.toThrow('by others only');
    expect(next).toHaveBeenCalledTimes(3);
    expect(pages.state().running).toBe(0);
  });

  test('of a picture or a failure is taken as it comes', async () => {
    const { render, next } = aRenderer(
      (_, response) => response.setHeader('content-type', 'image/png').end('png'),
      (_, response) => response.writeHead(500, { 'content-type': 'text/html' }).end(),
    );
    expect((await render('/og/a', {})).body.toString()).toBe('png');
    expect((await render('/a', {})).status).toBe(500);
    expect(next).toHaveBeenCalledTimes(2);
  });

  test('that never ends is given up, and leaves its place', async () => {
    const giveUp = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(giveUp.signal);
    const { render, pages } = aRenderer((_, response) => {
      response.writeHead(500, { 'content-type': 'text/html' });
      response.write('<p>');
    });
    const failed = expect(render('/a', {})).rejects.toThrow(/abort/i);
    await vi.waitFor(() => expect(pages.state().running).toBe(1));
    giveUp.abort();
    await failed;
    expect(pages.state().running).toBe(0);
  });

  test('that throws leaves its place', async () => {
    const { render, pages } = aRenderer(() => {
      throw new Error('no');
    });
    await expect(render('/a', {})).rejects.toThrow('no');
    expect(pages.state().running).toBe(0);
  });
});
