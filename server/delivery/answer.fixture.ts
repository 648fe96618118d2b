import inject, { type InjectOptions } from 'light-my-request';
import { type Answer, answerOf, type Headers, send } from './answer.ts';

export const text = 'A sentence of a page, é and 漢字. '.repeat(100);
export const size = Buffer.byteLength(text);
export const own: Headers = [
  ['content-type', 'text/html; charset=utf-8'],
  ['vary', 'accept-encoding, cookie'],
];
/** A page of `text`. */
export const aPage = (status = 200) => answerOf(status, own, Buffer.from(text));

/** What `answer` sends to a request with these headers. */
export function ask(answer: Answer, headers: Record<string, string> = {}, method = 'GET') {
  const request: InjectOptions = { method: method as 'GET', url: '/', headers };
  return inject((asked, response) => void send(asked, response, answer), request);
}
