import { expect } from 'vitest';
import { type Cluster, startCluster } from './cluster.ts';
import { publish, readerOf, signInAs, type Tracked, track } from './magazine.ts';
import { type Question, Readers } from './readers.ts';

/** An article that only who owns its issue may read whole. */
export const gated = 'the-weather-inside';
export const issue = '/issues/the-weather-inside';

/** Publishes the next version of an article through the instance at an origin. */
export type Through = (origin: string) => (article: Tracked, number: number) => Promise<void>;

export type Trial = {
  cluster: Cluster;
  readers: Readers;
  /** Three articles, of which a first version is published already. */
  tracked: Tracked[];
  through: Through;
  /** Where versions of these articles show. */
  paths: () => string[];
  /** Every page at every origin, as a stranger and as a reader who owns the issue. */
  questions: () => Question[];
  /** The cookie of that reader. */
  subscriber: string;
  everyPageIsCurrent: () => Promise<void>;
  /** Says what the instances wrote to their logs, and ends them. */
  close: () => Promise<void>;
};

/** A cluster with articles to publish, and readers who hold each answer against what was acknowledged. */
export async function startTrial(): Promise<Trial> {
  const cluster = await startCluster();
  const close = async () => {
    process.stdout.write(await cluster.logs());
    await cluster.close();
  };
  try {
    return { ...(await prepare(cluster)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function prepare(cluster: Cluster): Promise<Omit<Trial, 'close'>> {
  const { a, b, front, sql } = cluster;
  const publisher = await signInAs(sql, 'publisher@example.org');
  const subscriber = (await readerOf(sql, gated)).cookie;
  const through: Through = (origin) => (article, number) =>
    publish(origin, publisher, article, number);
  const readers = new Readers();
  const tracked = await Promise.all(
    [gated, 'indoors', 'typewriters-wanted'].map((slug) => track(sql, slug)),
  );
  for (const article of tracked) await readers.next(article, through(a.origin));

  const origins = [a.origin, b.origin, ...(front ? [front] : [])];
  const paths = () => ['/', issue, '/feed.xml', ...tracked.map(({ slug }) => `/articles/${slug}`)];
  const questions = (): Question[] =>
    origins.flatMap((origin) =>
      paths().flatMap((path) => [
        { origin, path },
        { origin, path, cookie: subscriber },
      ]),
    );
  const everyPageIsCurrent = async () => {
    for (const question of questions()) await readers.ask(question);
    expect(readers.faults.slice(0, 30)).toEqual([]);
  };
  return { cluster, readers, tracked, through, paths, questions, subscriber, everyPageIsCurrent };
}
