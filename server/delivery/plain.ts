import type { ServerResponse } from 'node:http';
import type { Headers } from './answer.ts';

/** An answer of one line, for programs rather than people. */
export function plain(
  response: ServerResponse,
  common: Headers,
  status: number,
  text: string,
  more: Record<string, string> = {},
): void {
  const own = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...more };
  response.writeHead(status, [...common.flat(), ...Object.entries(own).flat()]);
  response.end(`${text}\n`);
}
