import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/*
 * While instances are upgraded one after the other, the version before works on the new schema (docs/operating.md). So a
 * migration takes nothing away that it uses, and asks for nothing that it doesn't give.
 */

const folder = fileURLToPath(new URL('./migrations/', import.meta.url));

const refused: [why: string, statement: RegExp][] = [
  ['takes something away', /^(?:drop (?:table|type|view|schema|sequence)|truncate)\b/],
  ['takes rows away', /^delete from\b/],
  ['takes a column away', /^alter table\b.*\bdrop column\b/],
  ['gives another name', /^alter\b.*\brename\b/],
  ['changes what a column holds', /^alter table\b.*\balter column\b.*\b(?:set data )?type\b/],
  ['asks for a value', /^alter table\b.*\balter column\b.*\b(?:set not null|drop default)\b/],
  [
    'asks for a value',
    /^alter table\b.*\badd column\b(?=.*\bnot null\b)(?!.*\b(?:default|generated)\b)/,
  ],
];

/** What has been used by nobody since the release before may go; the line above the statement says so. */
const unused = /^-- Unused since \d/m;

/** Why the version before could not live with this migration, a line a statement. */
function faultsOf(migration: string): string[] {
  // What a function does is its caller's affair.
  const outside = migration.replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, "''");
  return outside.split(/;|--> statement-breakpoint/).flatMap((text) => {
    if (unused.test(text)) return [];
    const statement = text.replace(/--.*$/gm, '').replace(/\s+/g, ' ').trim().toLowerCase();
    return refused
      .filter(([, pattern]) => pattern.test(statement))
      .map(([why]) => `${why}: ${statement}`);
  });
}

describe('the version before can live with', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));

  test.each(names)('%s', (name) => {
    expect(faultsOf(readFileSync(folder + name, 'utf8'))).toEqual([]);
  });
});

describe('it could not live with a migration that', () => {
  test.each([
    ['takes something away', 'DROP TABLE "orders" CASCADE;'],
    ['takes something away', 'TRUNCATE "orders";'],
    ['takes rows away', 'DELETE FROM "orders";'],
    ['takes a column away', 'ALTER TABLE "orders" DROP COLUMN "note";'],
    ['gives another name', 'ALTER TABLE "orders" RENAME COLUMN "note" TO "remark";'],
    ['gives another name', 'ALTER TABLE "orders" RENAME TO "purchases";'],
    ['gives another name', `ALTER TYPE "role" RENAME VALUE 'editor' TO 'chief';`],
    ['changes what a column holds', 'ALTER TABLE "orders" ALTER COLUMN "n" SET DATA TYPE text;'],
    ['changes what a column holds', 'ALTER TABLE "orders" ALTER COLUMN "n" TYPE text;'],
    ['asks for a value', 'ALTER TABLE "orders"\n  ALTER COLUMN "note" SET NOT NULL;'],
    ['asks for a value', 'ALTER TABLE "orders" ALTER COLUMN "note" DROP DEFAULT;'],
    ['asks for a value', 'ALTER TABLE "orders" ADD COLUMN "note" text NOT NULL;'],
  ])('%s: %s', (why, migration) => {
    expect(faultsOf(`CREATE TABLE "x" ();--> statement-breakpoint\n${migration}`)).toEqual([
      expect.stringMatching(`^${why}: `),
    ]);
  });

  test('takes away what it uses no more, or in a function only, is fine', () => {
    expect(faultsOf('-- Unused since 1.2.\nDROP TABLE "orders";')).toEqual([]);
    expect(faultsOf('CREATE FUNCTION f() AS $$ BEGIN DELETE FROM x; END $$;')).toEqual([]);
    expect(faultsOf(`ALTER TABLE "x" ADD COLUMN "y" text DEFAULT '' NOT NULL;`)).toEqual([]);
  });
});
