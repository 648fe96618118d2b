import { formatMoney, isCurrency } from '#lib/money.ts';
import { actionNames } from './actions.ts';

/** One line of the log, as it was written. */
export type AuditEntry = {
  id: string;
  at: Date;
  /** An e-mail address, "the system" or "an account that is gone". */
  who: string;
  action: string;
  subject: { kind: string; id: string };
  /** What the subject is called now; `null` where it is gone or has no name. */
  subjectName: string | null;
  detail: Record<string, unknown>;
  names: Names;
};

/** What the things are called now whose keys stand in a detail, by key. */
export type Names = Record<string, string>;

/** An action in words: `article.hand-over`, which nobody listed, is "Article: hand over". */
export function actionName(action: string): string {
  const named = actionNames[action];
  if (named) return named;
  const [kind = '', verb = ''] = action.split('.');
  return `${sentence(kind)}: ${words(verb)}`;
}

/** Where the office shows a subject; `null` where it has no page of its own. */
export function subjectAddress({ kind, id }: AuditEntry['subject']): string | null {
  const folder = folders[kind];
  return folder === undefined ? null : `/dashboard/${folder}${shared.has(kind) ? '' : `/${id}`}`;
}

const folders: Record<string, string> = {
  article: 'articles',
  issue: 'issues',
  contributor: 'contributors',
  section: 'sections',
  order: 'orders',
  picture: 'media',
  series: 'series',
  topic: 'topics',
  person: 'people',
  publication: 'settings',
};
const shared = new Set(['person', 'publication']);

/** A line of an entry's detail in words; `name` is empty where the entry is about one thing alone. */
export type Change = { name: string; text: string };

/** An entry's detail, from what to what. Keys of rows without a name tell people nothing and are left to the export. */
export function changesOf(detail: Record<string, unknown>, names: Names = {}): Change[] {
  const { from, to, before, currency, ...rest } = detail;
  const changes: Change[] = [];
  const told = teller(names);
  const fromTo = (was: unknown, is: unknown, given: object) => {
    if (!('to' in given)) return `was ${told(was)}`;
    return 'from' in given ? `from ${told(was)} to ${told(is)}` : `to ${told(is)}`;
  };
  if ('from' in detail || 'to' in detail)
    changes.push({ name: '', text: fromTo(from, to, detail) });
  for (const [name, value] of Object.entries(rest)) {
    if (isNameless(value, names)) continue;
    const text = isChange(value)
      ? fromTo(value.from, value.to, value)
      : name === 'amount' && typeof value === 'number'
        ? money(value, currency)
        : name === 'name' && before !== undefined
          ? fromTo(before, value, { from: before, to: value })
          : told(value);
    changes.push({ name: sentence(words(name).replace(/ id$/, '')), text });
  }
  return changes;
}

/** One line of text for all of it. */
export function changesText(detail: Record<string, unknown>, names: Names = {}): string {
  return changesOf(detail, names)
    .map(({ name, text }) => (name ? `${name}: ${text}` : text))
    .join('; ');
}

/** Every key of a row that stands anywhere in a detail. */
export function keysIn(value: unknown): string[] {
  if (typeof value === 'string') return uuid.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(keysIn);
}

/** What of `before` is different in `after`, as commands put it into the log: each field from what to what. */
export function changedFields<T extends object>(
  before: T,
  after: Partial<T>,
): Record<string, { from: unknown; to: unknown }> {
  const names = Object.keys(after) as (keyof T & string)[];
  return Object.fromEntries(
    names
      .filter(
        (name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null),
      )
      .map((name) => [name, { from: kept(before[name]), to: kept(after[name]) }]),
  );
}

/** A body is no part of the log: that it changed is enough, and its revisions keep what it was. */
function kept(value: unknown): unknown {
  const isBody = typeof value === 'object' && value !== null && 'content' in value;
  return isBody ? 'a text' : (value ?? null);
}

/** Says values in words. */
function teller(names: Names): (value: unknown) => string {
  const told = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return 'nothing';
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    if (typeof value === 'number') return String(value);
    if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(told).join(', ');
    if (isPrice(value)) return money(value.amount, value.currency);
    if (typeof value === 'object') {
      return Object.entries(value)
        .filter(([, part]) => !isNameless(part, names))
        .map(([name, part]) => `${words(name).replace(/ id$/, '')} ${told(part)}`)
        .join(', ');
    }
    const text = names[String(value)] ?? String(value);
    if (uuid.test(text)) return 'something that is gone';
    const cut = text.length > 200 ? `${text.slice(0, 200)}…` : text;
    return instant.test(text) ? `${text.slice(0, 10)} ${text.slice(11, 16)} UTC` : `“${cut}”`;
  };
  return told;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const foreign = /^(?:c[sh]|pi)_\w+$/;

const isNameless = (value: unknown, names: Names) =>
  typeof value === 'string' && (uuid.test(value) || foreign.test(value)) && !names[value];

function isChange(value: unknown): value is { from: unknown; to: unknown } {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}

function isPrice(value: unknown): value is { amount: number; currency: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'amount' in value &&
    'currency' in value &&
    typeof value.amount === 'number'
  );
}

function money(amount: number, currency: unknown): string {
  return typeof currency === 'string' && isCurrency(currency)
    ? formatMoney({ amount, currency })
    : String(amount / 100);
}

const words = (name: string) =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
