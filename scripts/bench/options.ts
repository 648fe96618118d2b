import { parseArgs } from 'node:util';
import { fail } from '../install.mjs';

export type Options = {
  sections: string[];
  rounds: number;
  seconds: number;
  /** Of the pages: article, home, feed. */
  only: string[] | null;
  soakMinutes: number;
  /** Requests per second of the soak. */
  rate: number;
  /** Tools that this machine has not. */
  missing: string[];
};

/** The cases of the section `pages`; each can be asked for by its own name, too. */
const pageNames = ['article', 'home', 'feed'];

/** What the command line asks for; ends the process with one line where it can't be read. */
export function readOptions(known: string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: '5' },
        seconds: { type: 'string', default: '3' },
        only: { type: 'string' },
        soak: { type: 'string' },
        rate: { type: 'string', default: '300' },
      },
    });
    const unknown = positionals.find((name) => ![...known, ...pageNames].includes(name));
    if (unknown) return fail(`There is no section ${unknown}; there are ${known.join(', ')}.`);
    const only = pageNames.filter((name) => positionals.includes(name));
    const sections = positionals.map((name) => (pageNames.includes(name) ? 'pages' : name));
    return {
      sections: [...new Set(sections)],
      rounds: number('rounds', values.rounds),
      seconds: number('seconds', values.seconds),
      only: values.only?.split(',') ?? (only.length > 0 ? only : null),
      soakMinutes: values.soak === undefined ? 0 : number('soak', values.soak),
      rate: number('rate', values.rate),
      missing: (process.env.BENCH_MISSING ?? '').split(' ').filter(Boolean),
    };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function number(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} wants a number above 0, not “${text}”.`);
  return value;
}
