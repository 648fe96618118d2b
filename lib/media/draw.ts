import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

/** Drawings are text: a longer one is no logo and no chart. */
const maxDrawingBytes = 2 * 1024 * 1024;
const drawingSeconds = 10;

/** One at a time in this process: what takes long keeps other drawings waiting, and nothing else. */
let last: Promise<unknown> = Promise.resolve();

/**
 * The PNG that an SVG draws, 2,400 pixels on its longer side. Throws for what is none, what is too large, and what takes
 * more than ten seconds. It is drawn in a process of its own, which gets nothing but these bytes and is ended in time.
 */
export function draw(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes.byteLength > maxDrawingBytes) throw new Error('A drawing that is too long');
  const drawn = last.then(() => drawApart(bytes));
  last = drawn.catch(() => {});
  return drawn;
}

async function drawApart(bytes: Uint8Array): Promise<Uint8Array> {
  const program = join(/* turbopackIgnore: true */ process.cwd(), 'lib/media/drawing.ts');
  const child = spawn(process.execPath, [program], {
    env: { NODE_ENV: 'production' },
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: drawingSeconds * 1_000,
    killSignal: 'SIGKILL',
  });
  const ended = new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('close', done);
  });
  // It may end before it has read all.
  child.stdin.on('error', () => {});
  child.stdin.end(bytes);
  const [drawn, code] = await Promise.all([buffer(child.stdout), ended]);
  if (code !== 0 || drawn.byteLength === 0) throw new Error('Not drawn');
  return drawn;
}
