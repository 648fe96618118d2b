import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** All that a run writes, except its result. It goes when the run ends. */
export const folder = mkdtempSync(join(tmpdir(), 'broadside-bench-'));
// As root, PostgreSQL runs as another user, who has to reach it.
chmodSync(folder, 0o755);
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const firstPort = Number(process.env.BENCH_PORT || 3470);
let port = firstPort;

/** The next `count` ports, from BENCH_PORT on; after `freePorts` they are given anew. */
export function nextPort(count = 1): number {
  port += count;
  return port - count;
}

export function freePorts(): void {
  port = firstPort;
}
