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
      staffRole: StaffRole | null;
    }
  | { kind: 'system' };

export type Person = Extract<Actor, { kind: 'person' }>;

export const anonymous: Actor = { kind: 'anonymous' };
export const system: Actor = { kind: 'system' };

/** What a role may do. Each command names one of these and asks `may` before anything else. */
export type Permission =
  | 'dashboard.enter'
  | 'articles.write'
  | 'articles.edit-any'
  | 'articles.publish'
  | 'media.upload'
  | 'media.edit-any'
  | 'issues.plan'
  | 'issues.publish'
  | 'catalog.price'
  | 'orders.read'
  | 'orders.refund'
  | 'alerts.resolve'
  | 'publication.edit'
  | 'people.manage';

const writers: Permission[] = ['dashboard.enter', 'articles.write', 'media.upload'];
const editors: Permission[] = [
  ...writers,
  'media.edit-any',
  'articles.edit-any',
  'articles.publish',
  'issues.plan',
];
const publishers: Permission[] = [
  ...editors,
  'issues.publish',
  'catalog.price',
  'orders.read',
  'orders.refund',
  'alerts.resolve',
  'publication.edit',
];

/** Each role may do what the one before it may. */
const granted: Record<StaffRole, readonly Permission[]> = {
  writer: writers,
  editor: editors,
  publisher: publishers,
  admin: [...publishers, 'people.manage'],
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

/** One address, however it was typed. Nothing but case and outer space is touched. */
export function normaliseEmail(text: string): string {
  return text.trim().toLowerCase();
}
