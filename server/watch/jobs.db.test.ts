import { runOnce, type Task } from 'graphile-worker';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { db, pool } from '#db/client.ts';
import { addJob } from '#db/jobs.ts';
import { makeLog } from '#lib/log.ts';
import { requestId, withRequestId } from '#lib/request-id.ts';
import { errorLevel, type Line, untilDone, useWorker } from '#server/worker.fixture.ts';
import { watchedJobs } from './jobs.ts';

const working = useWorker();

describe('the id of a request', () => {
  test('arrives in the log of the job that it caused, and of the job that this one adds', async () => {
    const seen: (string | null)[] = [];
    const lines: Line[] = [];
    const log = makeLog('debug', { write: (line) => void lines.push(JSON.parse(line) as Line) });
    const work = async ({ tags: [tag] }: { tags: string[] }) => {
      seen.push(requestId());
      if (tag === 'first') await addJob(db(), 'publishing.expire', { tags: ['second'] });
      if (tag === 'second') throw new Error('the site does not answer ann@magazine.example');
    };
    await withRequestId('from-the-edge-1', () =>
      addJob(db(), 'publishing.expire', { tags: ['first'] }, { maxAttempts: 1 }),
    );
    const taskList = watchedJobs({ 'publishing.expire': work as Task }, log);
    await runOnce({ pgPool: pool(), taskList, noHandleSignals: true });
    expect(seen).toEqual(['from-the-edge-1', 'from-the-edge-1']);
    const own = lines.filter(({ job }) => job === 'publishing.expire');
    expect(own.map(({ msg }) => msg)).toEqual([
      'publishing.expire begins',
      'publishing.expire is done',
      'publishing.expire begins',
      'publishing.expire failed and is tried again: the site does not answer [redacted]',
    ]);
    for (const line of own) {
      expect(line).toMatchObject({ requestId: 'from-the-edge-1', attempt: 1 });
      expect(line.jobId).toMatch(/^\d+$/);
    }
    expect(own[3]).toMatchObject({ level: errorLevel, ms: expect.any(Number) });
    expect(JSON.stringify(lines)).not.toContain('ann@magazine.example');
  });

  test('is not among what the job carries', async () => {
    const payloads: unknown[] = [];
    const tasks = watchedJobs(
      { 'publishing.expire': async (payload) => void payloads.push(payload) },
      pino({ level: 'silent' }),
    );
    await withRequestId('from-the-edge-2', () =>
      addJob(db(), 'publishing.expire', { tags: ['a'] }),
    );
    await runOnce({ pgPool: pool(), taskList: tasks, noHandleSignals: true });
    expect(payloads).toEqual([{ tags: ['a'] }]);
  });

  test('of a job that no request caused is the job’s own', async () => {
    const { lines } = await working();
    await addJob(db(), 'publishing.expire', { tags: ['a'] });
    await untilDone();
    const [line] = lines.filter(({ job }) => job === 'publishing.expire');
    expect(line?.requestId).toBe(`job-${line?.jobId}`);
  });
});
