import { z } from 'zod';
import type { RedirectPair } from '#lib/redirects/rules.ts';

/** How many lines one import may have. */
export const longestImport = 5_000;

const tooLong = 'An address may have 2,000 characters at most.';

export const redirectInput = z.object({
  from: z.string().trim().min(1, 'Write the old address.').max(2_000, tooLong),
  to: z.string().trim().min(1, 'Write where it leads.').max(2_000, tooLong),
});

/**
 * Reads a pasted list: two columns a line, with a comma, a semicolon, a tab or blanks between them, quoted or not. A first
 * line that names the columns, and empty lines, are passed over. A line without a second column comes with `to: ''`.
 */
export function parseList(text: string): RedirectPair[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [from = '', to = ''] = columnsOf(line);
      return { from: from.trim(), to: to.trim() };
    })
    .filter(({ from }, index) => index > 0 || /^["']?(?:\/|https?:)/i.test(from));
}

/** RFC 4180: a quote within quotes is written twice. */
function columnsOf(line: string): string[] {
  const quoted = /^"((?:[^"]|"")*)"\s*[,;\t ]\s*(?:"((?:[^"]|"")*)"|([^,;\t]*))/.exec(line);
  if (quoted) {
    return [quoted[1], quoted[2] ?? quoted[3]].map((part = '') => part.replaceAll('""', '"'));
  }
  const [from = '', ...rest] = line.split(/[,;\t]|\s+/);
  const to = rest.find((part) => part !== '') ?? '';
  return [from, to.replace(/^"(.*)"$/, '$1')];
}
