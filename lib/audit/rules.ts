import { actions } from '#lib/audit/actions.ts';
import { formatMoney, isCurrency } from '#lib/money.ts';
import { zonedText } from '#lib/publication/rules.ts';

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
  const named = actions[action];
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
  plan: 'plans',
  zone: 'postage',
  person: 'people',
  publication: 'settings',
};
const shared = new Set(['person', 'publication']);

/** A line of an entry's detail in words; `name` is empty where the entry is about one thing alone. */
export type Change = { name: string; text: string };

/**
 * An entry's detail, from what to what, with times as the clocks of `zone` (an IANA name) show them. Keys of rows
 * without a name tell people nothing and are left to the export.
 */
export function changesOf(
  detail: Record<string, unknown>,
  zone = 'UTC',
  names: Names = {},
): Change[] {
  const way = { zone, names };
  const { from, to, before, currency, ...rest } = detail;
  const changes: Change[] = [];
  if ('from' in detail || 'to' in detail)
    changes.push({ name: '', text: fromTo(from, to, detail, way) });
  for (const [name, value] of Object.entries(rest)) {
    if (isNameless(value, names)) continue;
    if (isListOfChanges(value)) {
      for (const one of value) {
        changes.push({ name: one.title, text: fromTo(one.from, one.to, one, way) });
      }
      continue;
    }
    const text = isChange(value)
      ? fromTo(value.from, value.to, value, way)
      : name === 'amount' && typeof value === 'number'
        ? money(value, currency)
        : name === 'name' && before !== undefined
          ? fromTo(before, value, { from: before, to: value }, way)
          : told(value, way);
    changes.push({ name: sentence(fieldName(name)), text });
  }
  return changes;
}

/** One line of text for all of it. */
export function changesText(detail: Record<string, unknown>, names: Names = {}): string {
  return changesOf(detail, 'UTC', names)
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

/** How values are told: times by the clocks of a zone, keys by the names that they have. */
type Way = { zone: string; names: Names };

function fromTo(from: unknown, to: unknown, given: object, way: Way): string {
  if (keysIn([from, to]).length > 0 && [from, to].every((one) => !one || hasNoName(one, way))) {
    if (Array.isArray(from) && Array.isArray(to)) return 'in another order';
    if (!from) return 'chosen';
    return to ? 'another one' : 'taken away';
  }
  if (!('to' in given)) return `was ${told(from, way)}`;
  return 'from' in given ? `from ${told(from, way)} to ${told(to, way)}` : `to ${told(to, way)}`;
}

/** A key, or a list of keys, of which none has a name. */
function hasNoName(value: unknown, { names }: Way): boolean {
  return [value].flat().every((one) => isNameless(one, names));
}

function told(value: unknown, way: Way): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    return value.length === 0 ? 'nothing' : value.map((one) => told(one, way)).join(', ');
  }
  if (isPrice(value)) return money(value.amount, value.currency);
  if (typeof value === 'object') {
    return Object.entries(value)
      .filter(([, part]) => !isNameless(part, way.names))
      .map(([name, part]) => `${fieldName(name)} ${told(part, way)}`)
      .join(', ');
  }
  const text = way.names[String(value)] ?? String(value);
  if (uuid.test(text)) return 'something that is gone';
  const cut = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return instant.test(text) ? momentText(new Date(text), way.zone) : `“${cut}”`;
}

/** `2031-03-01 11:00 (Europe/Berlin)`. */
function momentText(at: Date, zone: string): string {
  const shown = zonedText(at, zone).replace('T', ' ');
  return zone === 'UTC' ? `${shown} UTC` : `${shown} (${zone})`;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const foreign = /^(?:c[sh]|pi)_\w+$/;

const isNameless = (value: unknown, names: Names) =>
  typeof value === 'string' && (uuid.test(value) || foreign.test(value)) && !names[value];

/** `sectionId` is "section". */
const fieldName = (name: string) => words(name.replace(/(?<=.)Id$/, ''));

function isChange(value: unknown): value is { from: unknown; to: unknown } {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}

type Titled = { title: string; from: unknown; to: unknown };

function isListOfChanges(value: unknown): value is Titled[] {
  return (
    Array.isArray(value) &&
    value.every((one) => isChange(one) && 'title' in one) &&
    value.length > 0
  );
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
