/** So many are asked about at a time, in so many batches. */
const batchSize = 64;
const batches = 2;

/**
 * Turns a question about many into one about each: those who ask while an answer is on its way are asked about together.
 */
export function batched<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
): (question: Q) => Promise<A> {
  type Waiting = { question: Q; done: (answer: A) => void; failed: (error: unknown) => void };
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
      const answers = await answer;
      batch.forEach(({ done }, index) => {
        done(answers[index] as A);
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
