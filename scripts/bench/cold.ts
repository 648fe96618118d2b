import { urlOf } from './databases.ts';
import { median } from './load.ts';
import type { Options } from './options.ts';
import { addresses } from './readers.ts';
import { keep, table, target } from './report.ts';
import { memoryOf, startBroadside } from './servers.ts';

/** The bound on the median, in milliseconds. */
const bound = 3_000;

/** From the start of the process to the first 200 of an article, the database up: what a deploy or a crash costs. */
export async function coldStart({ rounds }: Options): Promise<void> {
  const { free } = await addresses('demo');
  const starts: { milliseconds: number; rss: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const server = await startBroadside({
      name: 'broadside',
      databaseUrl: urlOf('demo'),
      page: free,
    });
    starts.push({ milliseconds: server.readyAfter, rss: memoryOf(server).rss });
    await server.stop();
  }
  const times = starts.map(({ milliseconds }) => milliseconds);
  const middle = median(times);
  table(
    ['start → first article', 'median ms', 'least–most', 'MB resident'],
    [
      [
        'broadside',
        middle.toFixed(0),
        `${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)}`,
        median(starts.map(({ rss }) => rss)).toFixed(0),
      ],
    ],
    1,
  );
  target(`cold start < ${bound / 1_000} s`, `${(middle / 1_000).toFixed(1)} s`, middle < bound);
  keep('cold start', starts);
}
