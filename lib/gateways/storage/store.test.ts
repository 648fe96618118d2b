import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { overrideSettings } from '#lib/env.ts';
import { getFile, putFile } from './store.ts';

const dataDir = await mkdtemp(join(tmpdir(), 'broadside-store-'));
overrideSettings({ dataDir });
afterAll(() => rm(dataDir, { recursive: true, force: true }));

describe('a file in the folder', () => {
  test('is whole for whoever reads it while it is written over, and leaves nothing beside it', async () => {
    const [old, young] = [Buffer.alloc(8_000_000, 1), Buffer.alloc(8_000_000, 2)];
    await putFile('a/file', old, 'image/webp');
    let writing = true;
    const written = (async () => {
      for (let round = 0; round < 10; round += 1) {
        await putFile('a/file', round % 2 ? old : young, 'image/webp');
      }
      writing = false;
    })();
    const seen = new Set<string>();
    while (writing) {
      const bytes = await getFile('a/file');
      seen.add(`${bytes?.length} bytes, ${bytes?.at(0) === bytes?.at(-1) ? 'of one' : 'mixed'}`);
    }
    await written;
    expect([...seen]).toEqual(['8000000 bytes, of one']);
    expect(await readdir(join(dataDir, 'media', 'a'))).toEqual(['file']);
  });
});
