import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/*
 * What takes an actor and answers a `Result`, or the outcomes of many, may refuse. This reads the source, since a new
 * command must not depend on somebody remembering the matrix.
 */

const sources = globSync('lib/**/*.ts').filter((path) => !/\.(test|fixture)\.ts$/.test(path));
const matrix = globSync('lib/users/matrix*.db.test.ts')
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

/** What others do under the check of their own. */
const parts = new Set(['planning']);

function commands(): string[] {
  return sources.flatMap((path) => {
    const heads = readFileSync(path, 'utf8').matchAll(
      /^export async function (\w+)(?:<[^(]*>)?\(\s*\w+: (?:Actor|Person)\b([\s\S]*?)\{\n/gm,
    );
    return [...heads]
      .filter(([, , rest = '']) =>
        /\)\s*: (?:Change\b|Made\b|Promise<\s*(?:Result<|BulkOutcome))/.test(rest),
      )
      .map(([, name = '']) => name)
      .filter((name) => !parts.has(name));
  });
}

test('every command that takes an actor has its line in the matrix of roles', () => {
  const all = commands();
  expect(all.length).toBeGreaterThan(70);
  expect(all.filter((name) => !new RegExp(`\\b${name}\\(`).test(matrix))).toEqual([]);
});
