import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let clone: string;

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'broadside-clone-'));
  await mkdir(join(clone, 'scripts'));
  await mkdir(join(clone, 'bin'));
  const script = fileURLToPath(new URL('./install.mjs', import.meta.url));
  await cp(script, join(clone, 'scripts', 'install.mjs'));
  await writeFile(join(clone, 'package-lock.json'), 'the first lock');
  await npmThat('mkdir -p node_modules');
});

afterEach(() => rm(clone, { recursive: true, force: true }));

/** An npm that notes how it was called and does one thing more. */
async function npmThat(does: string): Promise<void> {
  const npm = join(clone, 'bin', 'npm');
  await writeFile(npm, `#!/bin/sh\necho "$*" >> "${clone}/calls"\n${does}\n`);
  await chmod(npm, 0o755);
}

async function calls(): Promise<string[]> {
  const text = await readFile(join(clone, 'calls'), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean);
}

function install(): { status: number | null; stdout: string } {
  const script = pathToFileURL(join(clone, 'scripts', 'install.mjs')).href;
  return spawnSync(
    process.execPath,
    ['--input-type=module', '-e', `(await import('${script}')).install()`],
    { encoding: 'utf8', env: { NODE_ENV: 'test', PATH: `${join(clone, 'bin')}:/usr/bin:/bin` } },
  );
}

describe.skipIf(process.platform === 'win32')('the packages', () => {
  test('are installed from the lock file on a fresh clone, and then no more', async () => {
    expect(install().stdout).toContain('Installing');
    expect(await calls()).toEqual([expect.stringMatching(/^ci /)]);
    expect(install()).toMatchObject({ status: 0, stdout: '' });
    expect(await calls()).toHaveLength(1);
  });

  test('are installed anew when the lock file is another', async () => {
    install();
    await writeFile(join(clone, 'package-lock.json'), 'the second lock');
    expect(install().status).toBe(0);
    expect(await calls()).toHaveLength(2);
    install();
    expect(await calls()).toHaveLength(2);
  });

  test('are tried again after an installation that failed, whose code is passed on', async () => {
    await npmThat('mkdir -p node_modules; exit 7');
    expect(install().status).toBe(7);
    await npmThat('mkdir -p node_modules');
    expect(install().status).toBe(0);
    expect(await calls()).toHaveLength(2);
  });
});
