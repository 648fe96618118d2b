/** Its detail is a function that takes the promise to wait for: `({ detail: wait }) => wait(save())`. */
const event = 'article:flush';

/** Has `save` done whenever somebody asks for it; answers how to stop that. */
export function onFlush(save: () => Promise<void>): () => void {
  const answer = (asked: Event) => {
    if (asked instanceof CustomEvent) asked.detail(save());
  };
  window.addEventListener(event, answer);
  return () => window.removeEventListener(event, answer);
}

/** Asks the article's form to send what it has not sent yet, and waits until it has, or couldn't. */
export async function flushArticle(): Promise<void> {
  const sending: Promise<unknown>[] = [];
  const wait = (sent: Promise<unknown>) => sending.push(sent);
  window.dispatchEvent(new CustomEvent(event, { detail: wait }));
  await Promise.allSettled(sending);
}
