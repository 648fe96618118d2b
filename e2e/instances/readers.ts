import { setTimeout as wait } from 'node:timers/promises';
import { lastWords, type Tracked, versionsIn } from './magazine.ts';

/** What readers ask: an address, and perhaps a session that opens every tracked article whole. */
export type Question = { origin: string; path: string; cookie?: string };

/**
 * Knows which version of each article was begun and which was acknowledged, and holds every answer against that: one that
 * was asked for after an acknowledgement may show nothing older, and none may show what nobody has begun to publish.
 */
export class Readers {
  readonly acknowledged = new Map<string, number>();
  readonly begun = new Map<string, number>();
  /** What was wrong, in words; stays empty. */
  readonly faults: string[] = [];
  reads = 0;

  async ask({ origin, path, cookie }: Question): Promise<string> {
    const floor = new Map(this.acknowledged);
    const where = `${cookie ? 'a signed-in reader of ' : ''}${origin}${path}`;
    try {
      const answer = await fetch(`${origin}${path}`, { headers: cookie ? { cookie } : {} });
      const text = await answer.text();
      this.reads += 1;
      if (answer.status !== 200) this.#note(`${where} was answered ${answer.status}`);
      else this.#check(where, text, floor, path, cookie !== undefined);
      return text;
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      this.#note(`${where} was not answered: ${cause}`);
      return '';
    }
  }

  #check(
    where: string,
    text: string,
    floor: Map<string, number>,
    path: string,
    whole: boolean,
  ): void {
    const shown = versionsIn(text);
    for (const { slug, number } of shown) {
      const least = floor.get(slug) ?? 0;
      const most = this.begun.get(slug) ?? 0;
      if (number < least || number > most) {
        this.#note(`${where} shows ${slug} ${number} instead of ${least} to ${most}`);
      }
    }
    const slug = /^\/articles\/(.*)$/.exec(path)?.[1] ?? '';
    const own = shown.filter((version) => version.slug === slug);
    if (floor.has(slug) && own.length === 0) this.#note(`${where} shows no version at all`);
    if (whole && slug && !own.some(({ number }) => text.includes(lastWords(slug, number)))) {
      this.#note(`${where} isn’t the whole text`);
    }
  }

  #note(fault: string): void {
    if (!this.faults.includes(fault)) this.faults.push(fault);
  }

  /** Asks at random, `many` at once, until `isDone` says so. */
  async crowd(
    many: number,
    questions: readonly Question[],
    isDone: () => boolean,
    pause = 0,
  ): Promise<void> {
    const one = async () => {
      while (!isDone()) {
        const question = questions[Math.floor(Math.random() * questions.length)];
        if (question) await this.ask(question);
        if (pause) await wait(pause);
      }
    };
    await Promise.all(Array.from({ length: many }, one));
  }

  /** Publishes the next version of an article by `how`, noting when it began and when it was acknowledged. */
  async next(
    article: Tracked,
    how: (article: Tracked, number: number) => Promise<void>,
  ): Promise<number> {
    const number = (this.begun.get(article.slug) ?? 0) + 1;
    this.begun.set(article.slug, number);
    await how(article, number);
    this.acknowledged.set(article.slug, number);
    return number;
  }
}
