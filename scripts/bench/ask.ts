import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export type Answer = {
  status: number;
  headers: IncomingHttpHeaders;
  /** As sent, still compressed. */
  body: Buffer;
  text: string;
};

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Asks for a page and reads the answer as it comes over the wire: no redirect is followed, nothing is added. */
export function ask(
  url: string,
  { headers = {} }: { headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((done, broken) => {
    const sent = request(url, { agent, headers, timeout: 30_000 }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', broken);
      answer.on('end', () => {
        const whole = Buffer.concat(parts);
        const encoding = answer.headers['content-encoding'];
        const plain =
          whole.length === 0
            ? whole
            : encoding === 'br'
              ? brotliDecompressSync(whole)
              : encoding === 'gzip'
                ? gunzipSync(whole)
                : whole;
        done({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: whole,
          text: plain.toString(),
        });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(`${url} took longer than 30 s`)));
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // The server closed a connection that had been idle just as it was used again: every browser asks once more.
      if (sent.reusedSocket && error.code === 'ECONNRESET')
        ask(url, { headers }).then(done, broken);
      else broken(error);
    });
    sent.end();
  });
}
