import { type Question, variantsFor } from '#lib/reading/variant.ts';

type Ask = (questions: readonly Question[]) => Promise<(string | null)[]>;

/** So many readers are asked about at a time, in so many batches. */
const batchSize = 64;
const batches = 2;

/**
 * Answers which variant of a page a session gets (`null`: none, it is over), asked of the database at each request. Those
 * who ask while an answer is on its way are asked about together.
 */
export function viewers(ask: Ask = variantsFor): (question: Question) => Promise<string | null> {
  type Waiting = {
    question: Question;
    done: (variant: string | null) => void;
    failed: (error: unknown) => void;
  };
  let waiting: Waiting[] = [];
  let asking = 0;
  const next = async () => {
    if (asking >= batches || waiting.length === 0) return;
    const batch = waiting.slice(0, batchSize);
    waiting = waiting.slice(batchSize);
    asking += 1;
    try {
      const answer = ask(batch.map(({ question }) => question));
      void next();
      const variants = await answer;
      batch.forEach(({ done }, index) => {
        done(variants[index] ?? null);
      });
    } catch (error) {
      for (const { failed } of batch) failed(error);
    } finally {
      asking -= 1;
      void next();
    }
  };
  return (question) =>
    new Promise((done, failed) => {
      waiting.push({ question, done, failed });
      // Once all that came in together has been read.
      if (waiting.length === 1) setImmediate(() => void next());
    });
}
