import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { freePort, type S3Server, startS3 } from './s3.fixture.ts';

/* The same promises on a folder and on a real S3 server. */

let folder: string;
let server: S3Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-store-'));
  server = await startS3();
}, 20_000);

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The storage of a process that was started with these settings. */
async function storeWith(kind: 'folder' | 'bucket', changes: Partial<S3Server['settings']> = {}) {
  vi.resetModules();
  const { overrideSettings } = await import('#lib/env.ts');
  const s3 = kind === 'bucket' ? { ...server.settings, ...changes } : null;
  overrideSettings({ dataDir: folder, s3 });
  return import('./store.ts');
}

const text = (words: string) => new TextEncoder().encode(words);

describe.each(['folder', 'bucket'] as const)('a %s', (kind) => {
  let store: Awaited<ReturnType<typeof storeWith>>;
  beforeEach(async () => {
    store = await storeWith(kind);
  });

  test('gives back the very bytes that were put, of any kind and length', async () => {
    const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const large = new Uint8Array(6 * 1024 * 1024).map((_, index) => index * 31);
    for (const [key, bytes] of [
      ['every', every],
      ['large', large],
    ] as const) {
      await store.putFile(key, bytes, 'application/octet-stream');
      const kept = await store.getFile(key);
      expect(Buffer.compare(kept ?? text('missing'), bytes), key).toBe(0);
    }
  });

  test('has nothing under a key that nobody put, nor under the beginning of one', async () => {
    await store.putFile('pictures/one/original', text('one'), 'image/png');
    expect(await store.getFile('pictures/two/original')).toBeNull();
    expect(await store.getFile('pictures/one')).toBeNull();
  });

  test('writes over what is there', async () => {
    await store.putFile('twice', text('a longer first text'), 'text/plain');
    await store.putFile('twice', text('second'), 'text/plain');
    expect(await store.getFile('twice')).toEqual(text('second'));
  });

  test('keeps keys with folders, dots, spaces and underscores apart', async () => {
    const keys = ['a/b/c.avif', 'a/b c.avif', 'a/b_c.avif', 'a/b-c.avif', 'a/B-c.avif', 'a.b/c'];
    for (const key of keys) await store.putFile(key, text(key), 'image/avif');
    for (const key of keys) expect(await store.getFile(key), key).toEqual(text(key));
  });

  test('removes a file and nothing beside it; what isn’t there is no failure', async () => {
    for (const key of ['gone/a', 'gone/a b', 'gone/b']) {
      await store.putFile(key, text(key), 'text/plain');
    }
    await store.removeFile('gone/a');
    await store.removeFile('gone/a');
    await store.removeFile('nobody/put/this');
    expect(await store.getFile('gone/a')).toBeNull();
    expect(await store.getFile('gone/a b')).toEqual(text('gone/a b'));
    await expect(store.removeFile('../outside')).rejects.toThrow(store.StorageError);
  });

  test('lists a folder however deep, with the time of each file, and no folder of a like name', async () => {
    const before = Date.now() - 2_000;
    for (const key of ['list/one', 'list/deep/two', 'list-like/three']) {
      await store.putFile(key, text(key), 'text/plain');
    }
    const found = await store.listFiles('list');
    expect(found.map(({ key }) => key).toSorted()).toEqual(['list/deep/two', 'list/one']);
    for (const { putAt } of found) expect(putAt.getTime()).toBeGreaterThan(before);
    expect(await store.listFiles('nobody/put/this')).toEqual([]);
    await store.removeFile('list/one');
    expect(await store.listFiles('list')).toHaveLength(1);
  });

  test('takes no key that leads out of it', async () => {
    await expect(store.putFile('../outside', text('x'), 'text/plain')).rejects.toThrow(
      store.StorageError,
    );
    await expect(store.getFile('a/../../outside')).rejects.toThrow(store.StorageError);
  });

  test('is the same after a restart of the process', async () => {
    await store.putFile('stays', text('still here'), 'text/plain');
    const after = await storeWith(kind);
    expect(await after.getFile('stays')).toEqual(text('still here'));
  });
});

test('a file in the folder is whole for whoever reads it while it is written over, and leaves nothing beside it', async () => {
  const { getFile, putFile } = await storeWith('folder');
  const [old, young] = [Buffer.alloc(8_000_000, 1), Buffer.alloc(8_000_000, 2)];
  await putFile('over/file', old, 'image/webp');
  let writing = true;
  const written = (async () => {
    for (let round = 0; round < 10; round += 1) {
      await putFile('over/file', round % 2 ? old : young, 'image/webp');
    }
    writing = false;
  })();
  const seen = new Set<string>();
  while (writing) {
    const bytes = await getFile('over/file');
    seen.add(`${bytes?.length} bytes, ${bytes?.at(0) === bytes?.at(-1) ? 'of one' : 'mixed'}`);
  }
  await written;
  expect([...seen]).toEqual(['8000000 bytes, of one']);
  expect(await readdir(join(folder, 'media', 'over'))).toEqual(['file']);
});

describe('a bucket that can’t be asked is told from a file that isn’t there', () => {
  const wrong: [name: string, changes: () => Promise<Partial<S3Server['settings']>>][] = [
    ['nobody answers', async () => ({ endpoint: `http://127.0.0.1:${await freePort()}` })],
    ['there is no such bucket', async () => ({ bucket: 'another' })],
    ['the key is not known there', async () => ({ accessKeyId: 'wrong' })],
  ];
  test.each(wrong)(
    'where %s',
    async (_, changes) => {
      const store = await storeWith('bucket', await changes());
      await expect(store.putFile('x', text('x'), 'text/plain')).rejects.toThrow(store.StorageError);
      await expect(store.getFile('x')).rejects.toThrow(store.StorageError);
      await expect(store.removeFile('x')).rejects.toThrow(store.StorageError);
      await expect(store.listFiles('x')).rejects.toThrow(store.StorageError);
    },
    20_000,
  );

  test('and the reason is kept for the log', async () => {
    const store = await storeWith('bucket', { bucket: 'another' });
    const failed = await store.putFile('x', text('x'), 'text/plain').catch((error) => error);
    expect(JSON.stringify(reasons(failed))).toContain('bucket does not exist');
  });
});

function reasons(error: unknown): string[] {
  return error instanceof Error ? [error.message, ...reasons(error.cause)] : [];
}
