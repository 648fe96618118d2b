import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, say } from './install.mjs';

/** What a build is made of. */
const sources = [
  'app',
  'components',
  'lib',
  'db',
  'public',
  'next.config.js',
  'package-lock.json',
  'tsconfig.json',
];
const stamp = join(root, '.next', 'broadside-sources');

/** Builds the site unless the last build was made from exactly these files. */
export function buildIfChanged() {
  const hash = createHash('sha256');
  for (const source of sources) digest(join(root, source), hash);
  const wanted = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Building the site…');
  run('next', ['build'], { NODE_ENV: 'production' });
  writeFileSync(stamp, wanted);
}

function digest(path, hash) {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) digest(join(path, name), hash);
  } else {
    hash.update(path.slice(root.length)).update(readFileSync(path));
  }
}
