import { setTimeout as wait } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { type Tracked, track } from './magazine.ts';
import type { Readers } from './readers.ts';
import { until } from './until.ts';

type Through = (origin: string) => (article: Tracked, number: number) => Promise<void>;

/** Publishing while the database fails, and what has to hold once it answers again. */
export class Failing {
  readonly #cluster: Cluster;
  readonly #readers: Readers;
  readonly #tracked: Tracked[];
  readonly #through: Through;

  constructor(cluster: Cluster, readers: Readers, tracked: Tracked[], through: Through) {
    this.#cluster = cluster;
    this.#readers = readers;
    this.#tracked = tracked;
    this.#through = through;
  }

  /** Publishes by both until told to end, as an editor would who tries again. Answers how often it failed. */
  async publishUntil(article: Tracked, isDone: () => boolean): Promise<number> {
    const { a, b } = this.#cluster;
    let failed = 0;
    for (let turn = 0; !isDone(); turn += 1) {
      try {
        await this.#readers.next(article, this.#through(turn % 2 ? a.origin : b.origin));
      } catch {
        failed += 1;
        await wait(200);
        article.version = await this.#versionOf(article).catch(() => article.version);
      }
    }
    return failed;
  }

  /**
   * Waits until both are well. From then on, what the database says is published counts as acknowledged, though the answer
   * to whoever published it may have been lost.
   */
  async settle(): Promise<void> {
    for (const { origin } of [this.#cluster.a, this.#cluster.b]) {
      await until(async () => (await fetch(`${origin}/api/health`)).ok, `${origin} to recover`, 30);
    }
    for (const article of this.#tracked) {
      const { rows } = await this.#cluster.sql.query<{ title: string }>(
        `select title from articles join article_revisions r on r.id = published_revision_id
         where slug = $1`,
        [article.slug],
      );
      const number = Number(/-(\d+)-$/.exec(rows[0]?.title ?? '')?.[1]);
      this.#readers.acknowledged.set(article.slug, number);
      article.version = await this.#versionOf(article);
    }
  }

  async #versionOf({ slug }: Tracked): Promise<number> {
    return (await track(this.#cluster.sql, slug)).version;
  }
}
