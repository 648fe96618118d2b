import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

/*
 * The house's boundaries are Biome's to hold. A guard that nobody sees working rots, so one violation of each is planted
 * where it would stand and has to be found.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const restricted = 'lint/style/noRestrictedImports';

const planted: [where: string, line: string, rule: string][] = [
  ['app/planted.ts', "import { db } from '#db/client.ts';", restricted],
  ['app/planted.ts', "import { eq } from 'drizzle-orm';", restricted],
  ['app/planted.ts', "import Stripe from 'stripe';", restricted],
  ['app/planted.ts', "import { start } from '#server/boot.ts';", restricted],
  [
    'components/ui/planted.tsx',
    "import { findArticle } from '#lib/articles/queries.ts';",
    restricted,
  ],
  ['components/ui/planted.tsx', "import { env } from '#lib/env.ts';", restricted],
  ['components/ui/planted.tsx', "import { db } from '#db/client.ts';", restricted],
  ['components/ui/planted.tsx', "import { expire } from '#app/expire.ts';", restricted],
  ['lib/reading/planted.ts', "import { Picture } from '#components/ui/picture.tsx';", restricted],
  ['lib/reading/planted.ts', "import { useState } from 'react';", restricted],
  ['lib/reading/planted.ts', "import { redirect } from 'next/navigation';", restricted],
  ['lib/checkout/planted.ts', "import Stripe from 'stripe';", restricted],
  ['lib/orders/planted.ts', "import { createTransport } from 'nodemailer';", restricted],
  ['lib/orders/planted.ts', "import { startCheckout } from '#lib/checkout/start.ts';", restricted],
  ['lib/orders/planted.ts', "import { log } from '#server/log.ts';", restricted],
  ['lib/orders/rules.ts', "import { db } from '#db/client.ts';", restricted],
  ['lib/orders/input.ts', "import { env } from '#lib/env.ts';", restricted],
  ['lib/articles/tags.ts', "import { listPublished } from '#lib/articles/queries.ts';", restricted],
  ['lib/planted.ts', "import { may } from '#lib/users/rules.ts';", restricted],
  ['lib/gateways/mail/planted.ts', "import { db } from '#db/client.ts';", restricted],
  ['db/planted.ts', "import { Picture } from '#components/ui/picture.tsx';", restricted],
  ['db/planted.ts', "import { createStandIn } from '#dev/stripe/stand-in.ts';", restricted],
  ['server/planted.ts', "import { expire } from '#app/expire.ts';", restricted],
  ['dev/mailbox/planted.ts', "import { db } from '#db/client.ts';", restricted],
  [
    'lib/orders/planted.ts',
    'export const key = process.env.STRIPE_SECRET_KEY;',
    'lint/style/noProcessEnv',
  ],
  ['lib/orders/planted.ts', "export * from './rules.ts';", 'lint/performance/noBarrelFile'],
  ['lib/orders/planted.ts', 'export default 1;', 'lint/style/noDefaultExport'],
];

const cycle: [where: string, text: string][] = [
  ['lib/sections/one.ts', "import { two } from './two.ts';\nexport const one = () => two;"],
  ['lib/sections/two.ts', "import { one } from './one.ts';\nexport const two = () => one;"],
];

let shadow: string;
let found: { file: string; rule: string }[];

/** All violations stand in a shadow of the repository, under its own configuration, and Biome looks at them once. */
beforeAll(() => {
  shadow = mkdtempSync(join(tmpdir(), 'broadside-boundaries-'));
  const { css, linter, overrides } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  writeFileSync(join(shadow, 'biome.json'), JSON.stringify({ css, linter, overrides }));
  const plant = (where: string, text: string) => {
    const path = join(shadow, where);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${text}\n`);
  };
  for (const [index, [where, line]] of planted.entries()) plant(placeOf(where, index), line);
  for (const [where, text] of cycle) plant(where, text);
  const { stdout } = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['lint', '--reporter=github', '--max-diagnostics=none', '.'],
    { cwd: shadow, encoding: 'utf8' },
  );
  found = stdout
    .split('\n')
    .map((line) => line.match(/^::\w+ title=([^,]+),file=([^,]+),/))
    .flatMap((match) =>
      match ? [{ rule: match[1] ?? '', file: relative(shadow, match[2] ?? '') }] : [],
    );
});

/** A file of its own for each violation; the names that a rule goes by stay. */
function placeOf(where: string, index: number): string {
  return where.replace('planted', `planted-${index}`);
}

afterAll(() => rmSync(shadow, { recursive: true, force: true }));

test.each(planted.map((violation, index) => ({ index, violation })))(
  '$violation.0 may not hold: $violation.1',
  ({ index, violation: [where, , rule] }) => {
    expect(found).toContainEqual({ file: placeOf(where, index), rule });
  },
);

test('two files that import each other are found', () => {
  const rule = 'lint/suspicious/noImportCycles';
  expect(found).toContainEqual({ file: 'lib/sections/one.ts', rule });
});
