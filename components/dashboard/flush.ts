/** Its detail is a function that takes the promise to wait for: `({ detail: wait }) => wait(save())`. */
const event = 'article:flush';

/** Asks the article's form to send what it has not sent yet, and waits until it has, or couldn't. */
export async function flushArticle(): Promise<void> {
  const sending: Promise<unknown>[] = [];
  const wait = (sent: Promise<unknown>) => sending.push(sent);
  window.dispatchEvent(new CustomEvent(event, { detail: wait }));
  await Promise.allSettled(sending);
}
