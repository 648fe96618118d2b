import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ask } from './ask.ts';
import { folder } from './place.ts';

export type Target = {
  /** Its column. */
  who: string;
  url: string;
  headers?: Record<string, string>;
  /** One after the other instead of `headers.cookie`. */
  cookies?: string[];
  status: 200 | 304;
  /** Text that has to stand in the answer, and text that must not. */
  holds?: string;
  lacks?: string;
};

/** What one run, or the median of several, showed. */
export type Figure = {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** How busy the server's core and the other one were, from 0 to 1. */
  serverCore: number;
  otherCore: number;
};

export type Measured = {
  who: string;
  median: Figure;
  /** Of the requests per second. */
  least: number;
  most: number;
  runs: Figure[];
  /** Of one answer's body as sent. */
  bytes: number;
};

/** A run that can't be counted: wrong answers, broken connections. */
export class Uncounted extends Error {
  override name = 'Uncounted';
}

const asked = promisify(execFile);

/**
 * Measures the targets in turns (A B C A B C …), so that what the machine does besides falls on all of them alike. Each
 * target's answer is looked at before and after. A target that fails is left out, and `onFailure` hears why.
 */
export async function interleave(
  targets: Target[],
  { rounds, seconds }: { rounds: number; seconds: number },
  onFailure: (who: string, why: string) => void,
): Promise<Measured[]> {
  const runs = new Map(targets.map((target) => [target, [] as Figure[]]));
  const bytes = new Map<Target, number>();
  const attempt = async (target: Target, work: () => Promise<void>) => {
    if (!runs.has(target)) return;
    try {
      await work();
    } catch (error) {
      runs.delete(target);
      onFailure(target.who, error instanceof Error ? error.message : String(error));
    }
  };
  for (const target of targets) {
    await attempt(target, async () => {
      bytes.set(target, await look(target));
      await load(target, 1);
    });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const target of targets) {
      await attempt(target, async () => {
        runs.get(target)?.push(await load(target, seconds));
      });
    }
  }
  for (const target of targets) await attempt(target, async () => void (await look(target)));
  return [...runs].map(([target, figures]) => ({
    who: target.who,
    median: medianFigure(figures),
    least: Math.min(...figures.map(({ perSecond }) => perSecond)),
    most: Math.max(...figures.map(({ perSecond }) => perSecond)),
    runs: figures,
    bytes: bytes.get(target) ?? 0,
  }));
}

/** One request as wrk will send it; answers the size of its body as sent. Throws `Uncounted` where the answer is wrong. */
export async function look(target: Target): Promise<number> {
  const cookie = target.cookies?.at(-1);
  const headers = { ...target.headers, ...(cookie ? { cookie } : {}) };
  const { status, text, body } = await ask(target.url, { headers });
  const wrong = (what: string) => new Uncounted(`${target.url} ${what}`);
  if (status !== target.status) throw wrong(`answered ${status} instead of ${target.status}`);
  if (target.holds && !text.includes(target.holds)) throw wrong(`lacks “${target.holds}”`);
  if (target.lacks && text.includes(target.lacks)) throw wrong(`holds “${target.lacks}”`);
  return body.length;
}

/** One run of wrk: one thread, 16 connections. Throws `Uncounted`. */
export async function load(target: Target, seconds: number): Promise<Figure> {
  // What takes longer than two seconds would count as broken otherwise; here it shows in the p99.
  const args = ['-t1', '-c16', '--latency', '--timeout', '10s', '-d', `${seconds}s`];
  for (const [name, value] of Object.entries(target.headers ?? {}))
    args.push('-H', `${name}: ${value}`);
  if (target.cookies) args.push('-s', turns(target.cookies));
  const before = coreTimes();
  const { stdout } = await asked('wrk', [...args, target.url], {
    timeout: (seconds + 20) * 1_000,
  });
  const after = coreTimes();
  const failed = /Socket errors: .*|Non-2xx or 3xx responses: .*/.exec(stdout);
  if (failed) throw new Uncounted(failed[0]);
  const found = (pattern: RegExp) => {
    const match = pattern.exec(stdout);
    if (!match?.[1]) throw new Uncounted(`wrk said what can’t be read: ${stdout}`);
    return { number: Number(match[1]), unit: match[2] ?? '' };
  };
  const time = (pattern: RegExp) => {
    const { number, unit } = found(pattern);
    return number * ({ us: 0.001, ms: 1, s: 1_000 }[unit] ?? Number.NaN);
  };
  return {
    perSecond: found(/Requests\/sec:\s+([\d.]+)/).number,
    p50: time(/50%\s+([\d.]+)(us|ms|s)/),
    p99: time(/99%\s+([\d.]+)(us|ms|s)/),
    serverCore: busy(before[0], after[0]),
    otherCore: busy(before[1], after[1]),
  };
}

/** How many times as many requests the one answered; `null` where either was not measured. */
export function ratioOf(measured: Measured[], who: string, to: string): number | null {
  const [one, other] = [who, to].map((name) => measured.find((found) => found.who === name));
  return one && other ? one.median.perSecond / other.median.perSecond : null;
}

export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return sorted.length % 2 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
}

function medianFigure(figures: Figure[]): Figure {
  const of = (name: keyof Figure) => median(figures.map((figure) => figure[name]));
  return {
    perSecond: of('perSecond'),
    p50: of('p50'),
    p99: of('p99'),
    serverCore: of('serverCore'),
    otherCore: of('otherCore'),
  };
}

/** A script for wrk that sends the cookies in turns. The requests are made once, so that asking costs little. */
function turns(cookies: string[]): string {
  const path = join(folder, 'turns.lua');
  writeFileSync(
    path,
    `local cookies = { ${cookies.map((cookie) => JSON.stringify(cookie)).join(', ')} }
local requests, turn = {}, 0
init = function()
  for index, cookie in ipairs(cookies) do
    wrk.headers["cookie"] = cookie
    requests[index] = wrk.format()
  end
end
request = function()
  turn = turn % #requests + 1
  return requests[turn]
end
`,
  );
  return path;
}

type Times = { idle: number; all: number };

function coreTimes(): [Times, Times] {
  const lines = readFileSync('/proc/stat', 'utf8').split('\n');
  const of = (core: number): Times => {
    const fields = (lines.find((line) => line.startsWith(`cpu${core} `)) ?? '')
      .split(' ')
      .slice(1, 9)
      .map(Number);
    return {
      idle: (fields[3] ?? 0) + (fields[4] ?? 0),
      all: fields.reduce((sum, field) => sum + field, 0),
    };
  };
  return [of(0), of(1)];
}

function busy(before: Times, after: Times): number {
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}
