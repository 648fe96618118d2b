import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { useDatabase } from '#db/testing.ts';
import { overrideSettings } from '#lib/env.ts';
import { newId } from '#lib/ids.ts';
import { uploadPicture } from './commands.ts';
import { pictureWidths } from './rules.ts';
import { makeAvif, pictureInWidth } from './sizes.ts';

useDatabase();

const dataDir = await mkdtemp(join(tmpdir(), 'broadside-sizes-'));
const folder = join(dataDir, 'media');
overrideSettings({ dataDir });
beforeEach(() => rm(folder, { recursive: true, force: true }));
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** Takes in a picture of 1,000 × 500 pixels, or as wide as `width`, and answers its id. */
async function aPicture(width = 1_000): Promise<string> {
  const writer = await aPerson({ staffRole: 'writer' });
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 20 };
  const create = { width, height: width / 2, channels: 3 as const, background: '#000', noise };
  const bytes = await sharp({ create })
    .jpeg()
    .withExif({ IFD0: { Make: 'Leuchtkamera' } })
    .toBuffer();
  const taken = await uploadPicture(writer, { bytes, filename: 'x.jpg' }, { alt: 'Noise' });
  if (!taken.ok) throw new Error(taken.message);
  return taken.value.id;
}

const original = async (id: string) => {
  const [name] = await readdir(join(folder, 'pictures', id));
  return join(folder, 'pictures', id, name ?? '');
};
const measured = async (bytes: Uint8Array | undefined) => {
  const { format, compression, width } = await sharp(bytes).metadata();
  return [compression ?? format, width];
};

type Job = { task: string; payload: unknown; queue: string };

async function jobs(): Promise<Job[]> {
  const { rows } = await db().execute<Job>(sql`
    select tasks.identifier as task, payload, queues.queue_name as queue
    from graphile_worker._private_jobs jobs
    join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
    join graphile_worker._private_job_queues queues on queues.id = jobs.job_queue_id`);
  return rows;
}

describe('a picture as WebP', () => {
  test('is made at the first request, kept for good, and never blown up', async () => {
    const id = await aPicture();
    for (const width of pictureWidths) {
      const made = await pictureInWidth(id, width, 'webp', 1);
      expect(made).toMatchObject({ format: 'webp', isFinal: true, stays: true });
      expect(await measured(made?.bytes)).toEqual(['webp', Math.min(width, 1_000)]);
    }
    await rm(await original(id));
    expect((await pictureInWidth(id, 320, 'webp'))?.bytes.byteLength).toBeGreaterThan(0);
  });

  test('is made once for all who ask meanwhile', async () => {
    const id = await aPicture();
    const sizes = await Promise.all(
      Array.from({ length: 8 }, () => pictureInWidth(id, 960, 'webp')),
    );
    const [first] = sizes;
    for (const size of sizes) expect(size?.bytes).toBe(first?.bytes);
    expect(await readdir(join(folder, 'sizes', id))).toEqual(['1-960.webp']);
  });
});

describe('a picture as AVIF', () => {
  test('is WebP for a moment, at once, until the job has made it', async () => {
    const id = await aPicture();
    const before = await pictureInWidth(id, 640, 'avif');
    expect(before).toMatchObject({ format: 'webp', isFinal: false });
    expect(await measured(before?.bytes)).toEqual(['webp', 640]);
    await makeAvif({ pictureId: id });
    for (const width of [320, 640, 720, 960]) {
      const made = await pictureInWidth(id, width, 'avif');
      expect(made).toMatchObject({ format: 'avif', isFinal: true });
      expect(await measured(made?.bytes)).toEqual(['av1', width]);
      const { exif, xmp, iptc } = await sharp(made?.bytes).metadata();
      expect([exif, xmp, iptc]).toEqual([undefined, undefined, undefined]);
    }
  });

  test('is put into the queue once, however often it is asked for', async () => {
    const id = await aPicture();
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([320, 640].map((width) => pictureInWidth(id, width, 'avif')));
    }
    expect(await jobs()).toEqual([
      { task: 'media.avif', payload: { pictureId: id }, queue: 'media' },
    ]);
    // Nor again by every reader, where the job could not be done.
    await db().execute(sql`delete from graphile_worker._private_jobs`);
    await pictureInWidth(id, 320, 'avif');
    expect(await jobs()).toEqual([]);
  });

  test('is not made again where it is there', async () => {
    const id = await aPicture();
    await makeAvif({ pictureId: id });
    const file = join(folder, 'sizes', id, '1-320.avif');
    const { mtimeMs } = await stat(file);
    await rm(join(folder, 'sizes', id, '1-640.avif'));
    await makeAvif({ pictureId: id });
    expect((await stat(file)).mtimeMs).toBe(mtimeMs);
    expect((await readFile(join(folder, 'sizes', id, '1-640.avif'))).length).toBeGreaterThan(0);
  });

  test('has no width that the picture has not', async () => {
    const id = await aPicture();
    expect(await pictureInWidth(id, 1_280, 'avif')).toBeNull();
    const small = await aPicture(200);
    expect(await pictureInWidth(small, 640, 'avif')).toBeNull();
    await makeAvif({ pictureId: small });
    expect(await measured((await pictureInWidth(small, 320, 'avif'))?.bytes)).toEqual(['av1', 200]);
  });

  test('of a picture that can’t be read fails loudly, so that the queue tries again', async () => {
    const id = await aPicture();
    await writeFile(await original(id), 'no picture');
    await expect(makeAvif({ pictureId: id })).rejects.toThrow();
  });
});

describe.each(['webp', 'avif'] as const)('the sizes in %s', (format) => {
  test('are those of the list and no others, so that nobody can make us draw thousands', async () => {
    const id = await aPicture();
    for (const width of [0, 1, 319, 321, 320.5, -320, 1e9, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(await pictureInWidth(id, width, format)).toBeNull();
    }
    expect(await readdir(folder)).toEqual(['pictures']);
    expect(await jobs()).toEqual([]);
  });

  test('don’t exist of a picture that is none of ours', async () => {
    for (const id of [newId(), 'x', '../../secret', '']) {
      expect(await pictureInWidth(id, 320, format)).toBeNull();
    }
    const id = await aPicture();
    await rm(await original(id));
    expect(await pictureInWidth(id, 320, format)).toBeNull();
  });
});
