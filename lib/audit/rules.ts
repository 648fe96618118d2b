import { formatMoney, isCurrency } from '#lib/money.ts';

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
};

/** What each command did, in the past tense. What isn't listed is told by its own verb. */
const actions: Record<string, string> = {
  'alert.resolve': 'Resolved an alert',
  'article.create': 'Began an article',
  'article.publish': 'Published an article',
  'article.save': 'Saved an article',
  'article.schedule': 'Scheduled an article',
  'article.unpublish': 'Took an article off the site',
  'article.unschedule': 'Cancelled an article’s appointment',
  'audit.export': 'Exported the log',
  'contributor.create': 'Added a contributor',
  'contributor.remove': 'Removed a contributor',
  'contributor.save': 'Changed a contributor',
  'issue.arrange': 'Changed pages and departments',
  'issue.create': 'Began an issue',
  'issue.place': 'Placed an article',
  'issue.publish': 'Released an issue',
  'issue.reorder': 'Moved an article within an issue',
  'issue.save': 'Changed an issue',
  'issue.schedule': 'Scheduled a release',
  'issue.unplace': 'Took an article out of an issue',
  'issue.unschedule': 'Cancelled a release',
  'order.accept': 'Let a held order through',
  'order.dispute': 'A payment was disputed',
  'order.failed': 'A payment failed',
  'order.expired': 'An order was not paid in time',
  'order.held': 'An order was held',
  'order.open': 'An order was opened',
  'order.paid': 'An order was paid',
  'order.processing': 'A payment is on its way',
  'order.refund': 'Asked for a refund',
  'person.app-added': 'Set up an authenticator app',
  'person.app-removed': 'Removed the authenticator app',
  'person.code-used': 'Used a recovery code',
  'person.codes-renewed': 'Made new recovery codes',
  'person.factors-removed': 'Removed somebody’s second factor',
  'person.first-admin': 'Appointed the first administrator',
  'person.invite-again': 'Sent an invitation again',
  'person.passkey-added': 'Added a passkey',
  'person.passkey-removed': 'Removed a passkey',
  'person.role': 'Changed a role',
  'person.sessions-ended': 'Ended sessions',
  'picture.upload': 'Uploaded a picture',
  'plan.copy': 'Copied a plan',
  'plan.create': 'Made a plan',
  'plan.offer': 'Put a plan on offer',
  'plan.order': 'Moved a plan',
  'plan.remove': 'Removed a plan',
  'plan.retire': 'Retired a plan',
  'plan.save': 'Changed a plan',
  'product.offer': 'Put an edition on sale',
  'product.offer-again': 'Put an edition on sale again',
  'product.price': 'Changed prices',
  'product.stock': 'Changed the stock',
  'product.withdraw': 'Took an edition off sale',
  'publication.save': 'Changed the settings',
  'publication.second-factor': 'Changed who needs a second factor',
  'refund.canceled': 'A refund was cancelled',
  'refund.failed': 'A refund failed',
  'refund.pending': 'Stripe took a refund',
  'refund.succeeded': 'Money went back',
  'section.create': 'Made a section',
  'section.move': 'Moved a section',
  'section.remove': 'Removed a section',
  'section.save': 'Changed a section',
  'zone.create': 'Made a zone of postage',
  'zone.order': 'Moved a zone of postage',
  'zone.remove': 'Removed a zone of postage',
  'zone.save': 'Changed a zone of postage',
};

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
  plan: 'plans',
  zone: 'postage',
  person: 'people',
  publication: 'settings',
};
const shared = new Set(['person', 'publication']);

/** A line of an entry's detail in words; `name` is empty where the entry is about one thing alone. */
export type Change = { name: string; text: string };

/** An entry's detail, from what to what. Keys of other rows tell people nothing and are left to the export. */
export function changesOf(detail: Record<string, unknown>): Change[] {
  const { from, to, before, currency, ...rest } = detail;
  const changes: Change[] = [];
  if ('from' in detail || 'to' in detail)
    changes.push({ name: '', text: fromTo(from, to, detail) });
  for (const [name, value] of Object.entries(rest)) {
    if (isKey(value)) continue;
    const text = isChange(value)
      ? fromTo(value.from, value.to, value)
      : name === 'amount' && typeof value === 'number'
        ? money(value, currency)
        : name === 'name' && before !== undefined
          ? fromTo(before, value, { from: before, to: value })
          : told(value);
    changes.push({ name: sentence(words(name)), text });
  }
  return changes;
}

/** One line of text for all of it. */
export function changesText(detail: Record<string, unknown>): string {
  return changesOf(detail)
    .map(({ name, text }) => (name ? `${name}: ${text}` : text))
    .join('; ');
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

function fromTo(from: unknown, to: unknown, given: object): string {
  if (!('to' in given)) return `was ${told(from)}`;
  return 'from' in given ? `from ${told(from)} to ${told(to)}` : `to ${told(to)}`;
}

function told(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(told).join(', ');
  if (isPrice(value)) return money(value.amount, value.currency);
  if (typeof value === 'object') {
    return Object.entries(value)
      .filter(([, part]) => !isKey(part))
      .map(([name, part]) => `${words(name)} ${told(part)}`)
      .join(', ');
  }
  const text = String(value);
  const cut = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return instant.test(text) ? `${text.slice(0, 10)} ${text.slice(11, 16)} UTC` : `“${cut}”`;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const key = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|c[sh]_\w+|pi_\w+)$/;

const isKey = (value: unknown) => typeof value === 'string' && key.test(value);

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
