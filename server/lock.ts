import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BootError } from './boot-error.ts';

export type Lock = { release: () => Promise<void> };

/** Longer than processes that start at the same instant can take each other's fresh lock for a dead one. */
const settling = 100;

/**
 * Makes this process the only one on `dataDir`. A lock whose process is gone, as after a crash or a power cut, is taken
 * over; since process numbers are used again, the lock also names when its process began.
 *
 * @throws BootError where another process holds it, or where the folder can't be written.
 */
export async function lockFolder(dataDir: string): Promise<Lock> {
  const path = join(dataDir, 'instance.lock');
  const mine = `${process.pid} ${await beginning(process.pid)}`;
  try {
    await mkdir(dataDir, { recursive: true });
    for (;;) {
      if (await create(path, mine)) {
        await wait(settling);
        if ((await contentOf(path)) === mine) break;
        continue;
      }
      const holder = await contentOf(path);
      const pid = Number.parseInt(holder, 10);
      if (pid && isAlive(pid) && holder === `${pid} ${await beginning(pid)}`) {
        throw new BootError(
          `Another Broadside (process ${pid}) uses the folder ${dataDir}. Stop it, or set DATA_DIR to another folder.`,
        );
      }
      await takeAway(path, holder);
    }
  } catch (error) {
    if (error instanceof BootError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new BootError(`The folder ${dataDir} can't be used: ${why}`, { cause: error });
  }
  return { release: () => rm(path, { force: true }) };
}

async function contentOf(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(() => '')).trim();
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(content);
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a dead holder's lock; where somebody else was faster and holds it now, theirs is put back. */
async function takeAway(path: string, expected: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const found = (await readFile(aside, 'utf8')).trim();
  if (found !== expected) await rename(aside, path);
  else await rm(aside, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process began, in the kernel's ticks; `-` on systems that don't say. */
async function beginning(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
}
