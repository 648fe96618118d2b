import { type Failure, fail } from '#lib/result.ts';

export const staffRoles = ['writer', 'editor', 'publisher', 'admin'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** Who asks for something. `system` is a job, a webhook or the seed: never a request. */
export type Actor =
  | { kind: 'anonymous' }
  | {
      kind: 'person';
      userId: string;
      email: string;
      name: string | null;
      /** What they may do in this session: none as long as it owes the second factor. */
      staffRole: StaffRole | null;
      factor: Factor;
    }
  | { kind: 'system' };

/** By what somebody can prove themselves; recovery codes always help. */
export type Ways = { passkey: boolean; app: boolean };

/** How a session stands with its person's second factor. */
export type Factor =
  /** There is none, and none is asked for. */
  | { kind: 'free' }
  /** Staff who have to set one up before they may enter. */
  | { kind: 'setup' }
  /** Staff who have one, which this session has not proved. */
  | { kind: 'asked'; ways: Ways }
  | { kind: 'proved'; ways: Ways; at: Date };

export type Person = Extract<Actor, { kind: 'person' }>;

export const anonymous: Actor = { kind: 'anonymous' };
export const system: Actor = { kind: 'system' };

/** What a role may do. Each command names one of these and asks `may` before anything else. */
export type Permission =
  | 'dashboard.enter'
  | 'articles.write'
  | 'articles.edit-any'
  | 'articles.publish'
  | 'articles.comment'
  | 'articles.assign'
  | 'media.upload'
  | 'media.edit-any'
  | 'issues.plan'
  | 'issues.publish'
  | 'catalog.price'
  | 'orders.read'
  | 'orders.refund'
  | 'alerts.resolve'
  | 'site.edit'
  | 'publication.edit'
  | 'people.manage'
  | 'audit.read';

const writers: Permission[] = [
  'dashboard.enter',
  'articles.write',
  'articles.comment',
  'media.upload',
];
const editors: Permission[] = [
  ...writers,
  'articles.edit-any',
  'articles.publish',
  'articles.assign',
  'media.edit-any',
  'issues.plan',
];
const publishers: Permission[] = [
  ...editors,
  'issues.publish',
  'catalog.price',
  'orders.read',
  'orders.refund',
  'alerts.resolve',
  'site.edit',
  'audit.read',
];

/** Each role may do what the one before it may. */
const granted: Record<StaffRole, readonly Permission[]> = {
  writer: writers,
  editor: editors,
  publisher: publishers,
  admin: [...publishers, 'publication.edit', 'people.manage'],
};

/** Whether the actor may do that. A reader and a stranger may do nothing of this list; the system may do all of it. */
export function may(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case 'anonymous':
      return false;
    case 'system':
      return true;
    case 'person':
      return actor.staffRole !== null && granted[actor.staffRole].includes(permission);
  }
}

/**
 * Whether somebody works for the magazine, whatever this session may do: for what they see as readers, never for what
 * they do.
 */
export function worksHere(actor: Actor): boolean {
  if (actor.kind !== 'person') return false;
  const { kind } = actor.factor;
  return actor.staffRole !== null || kind === 'setup' || kind === 'asked';
}

/** So many minutes after the second factor was proved, refunds, roles and exports ask for it again. */
export const proofMinutes = 10;

/**
 * Whether the actor has just proved to be themselves, as commands that can't be taken back demand. Who has no second
 * factor, where none is required, passes.
 */
export function isFresh(actor: Actor, now: Date): boolean {
  switch (actor.kind) {
    case 'anonymous':
      return false;
    case 'system':
      return true;
    case 'person':
      return freshFactor(actor.factor, now);
  }
}

function freshFactor(factor: Factor, now: Date): boolean {
  switch (factor.kind) {
    case 'free':
      return true;
    case 'setup':
    case 'asked':
      return false;
    case 'proved':
      return isFreshProof(factor.at, now);
  }
}

export function isFreshProof(at: Date | null, now: Date): boolean {
  return at !== null && now.getTime() - at.getTime() < proofMinutes * 60_000;
}

/** The refusal that a form answers by asking for the second factor; what was typed is sent again afterwards. */
export function unproved(): Failure<'unproved'> {
  return fail('unproved', 'Nothing was done: confirm first that it is you.');
}

/** One address, however it was typed. Nothing but case and outer space is touched. */
export function normaliseEmail(text: string): string {
  return text.trim().toLowerCase();
}
