import { setTimeout as wait } from 'node:timers/promises';
import { type Tracked, track } from './magazine.ts';
import type { Trial } from './trial.ts';
import { until } from './until.ts';

/** Publishing while the database fails, and what has to hold once it answers again. */
export class Failing {
  readonly #trial: Trial;

  constructor(trial: Trial) {
    this.#trial = trial;
  }

  /** Publishes by both until told to end, as an editor would who tries again. Answers how often it failed. */
  async publishUntil(article: Tracked, isDone: () => boolean): Promise<number> {
    const { cluster, readers, through } = this.#trial;
    const { a, b } = cluster;
    let failed = 0;
    for (let turn = 0; !isDone(); turn += 1) {
      try {
        await readers.next(article, through(turn % 2 ? a.origin : b.origin));
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
    const { cluster, readers, tracked } = this.#trial;
    for (const { origin } of [cluster.a, cluster.b]) {
      await until(async () => (await fetch(`${origin}/api/health`)).ok, `${origin} to recover`, 30);
    }
    for (const article of tracked) {
      const { rows } = await cluster.sql.query<{ title: string }>(
        `select title from articles join article_revisions r on r.id = published_revision_id
         where slug = $1`,
        [article.slug],
      );
      const number = Number(/-(\d+)-$/.exec(rows[0]?.title ?? '')?.[1]);
      readers.acknowledged.set(article.slug, number);
      article.version = await this.#versionOf(article);
    }
  }

  async #versionOf({ slug }: Tracked): Promise<number> {
    return (await track(this.#trial.cluster.sql, slug)).version;
  }
}
