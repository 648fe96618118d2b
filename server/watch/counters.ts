/*
 * What the process counts about itself, as plain numbers: a page from memory takes some 20 µs, and counting it must not
 * show. The metrics read them when they are asked for; nothing here depends on that.
 */

export const kinds = ['page', 'asset', 'twin', 'dynamic', 'other'] as const;
export const cacheResults = [
  'hit',
  'miss',
  'joined',
  'stale_retry',
  'bypass',
  'not_found',
] as const;

/** What was asked for: a public page, a file, a signed-in reader's twin, a page made for one, or none of these. */
export type RequestKind = (typeof kinds)[number];

/** How the cache met a request: `joined` waited for the same page, `stale_retry` was rendered again after a publish. */
export type CacheResult = (typeof cacheResults)[number];

/** `failed` is tried again, `given_up` is not. */
export type JobResult = 'done' | 'failed' | 'given_up';

/** The upper ends of the buckets, in seconds: from a page in memory to a render that somebody gave up waiting for. */
export const buckets = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
];

const perKind = () =>
  Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<RequestKind, number>;

/** What was counted since the process began; for the metrics to read. */
export const counted = {
  /** By the first digit of the status. */
  requests: Object.fromEntries(kinds.map((kind) => [kind, [0, 0, 0, 0, 0, 0]])) as Record<
    RequestKind,
    number[]
  >,
  /** How many ended within each bucket and not within the one before; the last is all that took longer. */
  requestBuckets: Object.fromEntries(
    kinds.map((kind) => [kind, Array(buckets.length + 1).fill(0)]),
  ) as Record<RequestKind, number[]>,
  requestSeconds: perKind(),
  cache: Object.fromEntries(cacheResults.map((result) => [result, 0])) as Record<
    CacheResult,
    number
  >,
  jobs: new Map<string, Record<JobResult, number>>(),
  rendersRefused: 0,
  expirations: 0,
};

/** Counts a request that was answered. `status` as it was sent, `seconds` from the first line to the last byte. */
export function countRequest(kind: RequestKind, status: number, seconds: number): void {
  const group = Math.trunc(status / 100);
  const byStatus = counted.requests[kind];
  byStatus[group] = (byStatus[group] ?? 0) + 1;
  let bucket = 0;
  while (seconds > (buckets[bucket] ?? Number.POSITIVE_INFINITY)) bucket += 1;
  const byLength = counted.requestBuckets[kind];
  byLength[bucket] = (byLength[bucket] ?? 0) + 1;
  counted.requestSeconds[kind] += seconds;
}

export function countCache(result: CacheResult): void {
  counted.cache[result] += 1;
}

/** A render that was answered with 503, since too many waited. */
export function countRefusedRender(): void {
  counted.rendersRefused += 1;
}

/** A change that somebody published and whose pages were dropped here. */
export function countExpiration(): void {
  counted.expirations += 1;
}

/** Makes a job known before it first ends: a number that begins at 1 is no increase to Prometheus. */
export function expectJob(job: string): Record<JobResult, number> {
  const results = counted.jobs.get(job) ?? { done: 0, failed: 0, given_up: 0 };
  counted.jobs.set(job, results);
  return results;
}

export function countJob(job: string, result: JobResult): void {
  expectJob(job)[result] += 1;
}
