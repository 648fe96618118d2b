import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Disk, errors } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import { env, type S3Settings } from '#lib/env.ts';

/** What the storage answers when it can't keep a file: the disk is full, the bucket is away. */
export class StorageError extends Error {
  override name = 'StorageError';
}

/**
 * Keeps bytes under a key; a key that exists is written over. Who reads meanwhile gets all of a file or none. Throws
 * `StorageError` where that fails.
 */
export async function putFile(key: string, bytes: Uint8Array, contentType: string): Promise<void> {
  try {
    const opened = await disk();
    if (env().s3) await opened.put(key, bytes, { contentType });
    else await putWhole(opened, key, bytes);
  } catch (error) {
    throw new StorageError(`Could not store ${key}`, { cause: error });
  }
}

/** The bytes under a key, or `null` where there are none. Throws `StorageError` where the storage can't be asked. */
export async function getFile(key: string): Promise<Uint8Array | null> {
  try {
    return await (await disk()).getBytes(key);
  } catch (error) {
    if (error instanceof errors.E_CANNOT_READ_FILE && isMissing(error.cause)) return null;
    throw new StorageError(`Could not read ${key}`, { cause: error });
  }
}

/** Removes what lies under a key, if anything does. Throws `StorageError` where that fails. */
export async function removeFile(key: string): Promise<void> {
  try {
    await (await disk()).delete(key);
  } catch (error) {
    throw new StorageError(`Could not remove ${key}`, { cause: error });
  }
}

/** Every file under a folder, however deep, and when it was put there. Throws `StorageError` where that can't be told. */
export async function listFiles(folder: string): Promise<{ key: string; putAt: Date }[]> {
  try {
    const opened = await disk();
    const found: { key: string; putAt: Date }[] = [];
    let next: string | undefined;
    do {
      const page = await opened.listAll(folder, {
        recursive: true,
        ...(next ? { paginationToken: next } : {}),
      });
      for (const file of page.objects) {
        // To S3 a folder is but how a key begins: `one` would hold what lies in `one-more`.
        if (!file.isFile || !file.key.startsWith(`${folder}/`)) continue;
        const putAt = await file.getMetaData().then(
          ({ lastModified }) => lastModified,
          // Somebody else has removed it meanwhile.
          () => null,
        );
        if (putAt) found.push({ key: file.key, putAt });
      }
      next = page.paginationToken;
    } while (next);
    return found;
  } catch (error) {
    if (error instanceof Error && isMissing(error.cause ?? error)) return [];
    throw new StorageError(`Could not list ${folder}`, { cause: error });
  }
}

/** A folder shows a file while it is being written, but takes its name over in one step. */
async function putWhole(folder: Disk, key: string, bytes: Uint8Array): Promise<void> {
  const part = `${key}.${randomUUID()}.part`;
  try {
    await folder.put(part, bytes);
    await rename(join(location(), part), join(location(), key));
  } catch (error) {
    await rm(join(location(), part), { force: true });
    throw error;
  }
}

let opened: Promise<Disk> | undefined;

/** One disk a process: a folder under `DATA_DIR`, or the S3 bucket where one is set. */
function disk(): Promise<Disk> {
  const { s3 } = env();
  opened ??= s3 ? bucket(s3) : Promise.resolve(new Disk(folder()));
  return opened;
}

function folder(): FSDriver {
  return new FSDriver({ location: location(), visibility: 'private' });
}

function location(): string {
  return resolve(env().dataDir, 'media');
}

/** S3's library is large, so only who has a bucket loads it. */
async function bucket(settings: S3Settings): Promise<Disk> {
  const { S3Driver } = await import('flydrive/drivers/s3');
  return new Disk(
    new S3Driver({
      credentials: {
        accessKeyId: settings.accessKeyId,
        secretAccessKey: settings.secretAccessKey,
      },
      endpoint: settings.endpoint,
      region: settings.region,
      bucket: settings.bucket,
      forcePathStyle: true,
      supportsACL: false,
      visibility: 'private',
    }),
  );
}

/** A disk says so by the first two, S3 by the last; that a whole bucket is missing is another error. */
function isMissing(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const named = 'code' in cause ? cause.code : cause.name;
  return named === 'ENOENT' || named === 'EISDIR' || named === 'NoSuchKey';
}
