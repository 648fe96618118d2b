import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BootError } from './boot-error.ts';
import { lockFolder } from './lock.ts';

let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-lock-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const heldBy = (content: string) => writeFile(join(folder, 'instance.lock'), content);
const holder = () => readFile(join(folder, 'instance.lock'), 'utf8');

const holding = `
  const { lockFolder } = await import('#server/lock.ts');
  const [folder, at = '0'] = process.argv.slice(1);
  while (Date.now() < Number(at)) {}
  const said = await lockFolder(folder).then(() => 'held', (error) => error.name === 'BootError' ? 'refused' : String(error));
  process.stdout.write(said);
  setInterval(() => {}, 1_000);
`;

/** Another process that tries for the lock, at a given moment if there is one, and stays until it is killed. */
async function tryElsewhere(at = '0'): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', holding, folder, at]);
  children.push(child);
  const [said] = await once(child.stdout, 'data');
  return { child, said: String(said) };
}

async function refusal(dataDir = folder): Promise<BootError> {
  const error = await lockFolder(dataDir).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof BootError)) throw new Error(`Not refused with a BootError: ${error}`);
  return error;
}

describe('a folder', () => {
  test('that is in use is refused, in one line that names process and folder', async () => {
    await lockFolder(folder);
    const { message, exitCode } = await refusal();
    expect(message).toContain(`process ${process.pid}`);
    expect(message).toContain(folder);
    expect(message).toContain('DATA_DIR');
    expect(message).not.toContain('\n');
    expect(exitCode).toBe(1);
  });

  test('stays in use after somebody was refused', async () => {
    await lockFolder(folder);
    const before = await holder();
    await refusal();
    await refusal();
    expect(await holder()).toBe(before);
    expect(await readdir(folder)).toEqual(['instance.lock']);
  });

  test('lets the next in when it is released', async () => {
    const first = await lockFolder(folder);
    await first.release();
    const second = await lockFolder(folder);
    await refusal();
    await second.release();
    expect(await readdir(folder)).toEqual([]);
  });

  test('is made where it is not there yet', async () => {
    const deep = join(folder, 'a', 'b');
    await lockFolder(deep);
    expect(await readdir(deep)).toEqual(['instance.lock']);
  });

  test('does not lock another one', async () => {
    await lockFolder(join(folder, 'a'));
    await lockFolder(join(folder, 'b'));
  });
});

describe('a lock is taken over', () => {
  test('from a process that is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    // The other is what stands there on systems that don't say when a process began.
    for (const began of ['12345', '-']) {
      await heldBy(`${pid} ${began}`);
      await lockFolder(folder);
      expect(Number.parseInt(await holder(), 10)).toBe(process.pid);
      await refusal();
    }
  });

  test('from a process that was killed while it held it', async () => {
    const { child } = await tryElsewhere();
    const { message } = await refusal();
    expect(message).toContain(`process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'close');
    await lockFolder(folder);
    expect(Number.parseInt(await holder(), 10)).toBe(process.pid);
  });

  test.runIf(process.platform === 'linux')(
    'from an earlier process with the same number as one that runs now',
    async () => {
      await heldBy(`${process.pid} 1`);
      await lockFolder(folder);
      expect(await holder()).not.toBe(`${process.pid} 1`);
      await refusal();
    },
  );

  test.each(['', '\n', 'garbage', '-1 5', '0 0'])('when it says %j', async (content) => {
    await heldBy(content);
    await lockFolder(folder);
    expect(Number.parseInt(await holder(), 10)).toBe(process.pid);
  });

  test('by one alone of those that start at the same instant', async () => {
    await heldBy('99999999 1');
    const at = String(Date.now() + 1_000);
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => tryElsewhere(at)));
    expect(outcomes.map(({ said }) => said).sort()).toEqual(['held', ...Array(3).fill('refused')]);
  }, 15_000);
});

describe('a folder that can’t be written', () => {
  test('is refused in one line that names it', async () => {
    const inTheWay = join(folder, 'file');
    await writeFile(inTheWay, '');
    for (const dataDir of [inTheWay, join(inTheWay, 'below')]) {
      const { message } = await refusal(dataDir);
      expect(message).toContain(`The folder ${dataDir} can't be used`);
      expect(message).not.toContain('\n');
    }
  });

  test.runIf(process.getuid?.() !== 0)('is refused where its rights forbid it', async () => {
    await chmod(folder, 0o500);
    expect((await refusal()).message).toContain('EACCES');
  });
});
