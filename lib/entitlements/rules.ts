export const entitlementSources = [
  'order',
  'subscription',
  'gift',
  'institution',
  'complimentary',
] as const;
export type EntitlementSource = (typeof entitlementSources)[number];

/** A reader's right to one issue, as the database has it; revoked and ended ones too, since they explain a refusal. */
export type Grant = {
  issueId: string;
  source: EntitlementSource;
  startsAt: Date;
  endsAt: Date | null;
  revokedAt: Date | null;
};

/** What decides about reading an article. `issueName` is how the reader knows the issue: "No. 14". */
export type Readable = {
  access: 'free' | 'gated';
  published: boolean;
  issueId: string | null;
  issueName: string | null;
};

export type Verdict =
  | { kind: 'yes'; reason: 'free' | EntitlementSource; because: string }
  | {
      kind: 'no';
      reason: 'unpublished' | 'no-issue' | 'not-owned' | 'revoked' | 'ended' | 'not-yet';
      why: string;
    };

const becauseOf: Record<EntitlementSource, string> = {
  order: 'You bought this issue',
  subscription: 'Your subscription includes this issue',
  gift: 'You were given this issue',
  institution: 'Your institution gives you access to this issue',
  complimentary: 'You have this issue with our compliments',
};

/**
 * Whether somebody who holds `grants` may read the whole article, with the reason in one sentence. Any edition of an
 * issue that was bought opens its articles online. A stranger is somebody without grants.
 */
export function canRead(article: Readable, grants: readonly Grant[], now: Date): Verdict {
  if (!article.published) {
    return { kind: 'no', reason: 'unpublished', why: 'This article has not been published' };
  }
  if (article.access === 'free') {
    return { kind: 'yes', reason: 'free', because: 'This article is free to read' };
  }
  if (article.issueId === null) {
    return { kind: 'no', reason: 'no-issue', why: 'This article is for subscribers' };
  }
  const name = article.issueName ?? 'an issue';
  const own = grants.filter(({ issueId }) => issueId === article.issueId);
  const valid = own.find((grant) => stateOf(grant, now) === 'valid');
  if (valid) return { kind: 'yes', reason: valid.source, because: becauseOf[valid.source] };
  const states = own.map((grant) => stateOf(grant, now));
  if (states.includes('not-yet')) {
    return { kind: 'no', reason: 'not-yet', why: `Your access to ${name} has not begun yet` };
  }
  if (states.includes('ended')) {
    return { kind: 'no', reason: 'ended', why: `Your access to ${name} has ended` };
  }
  if (states.includes('revoked')) {
    return { kind: 'no', reason: 'revoked', why: `Your access to ${name} was withdrawn` };
  }
  return {
    kind: 'no',
    reason: 'not-owned',
    why: `This article is in ${name}, which you don’t own`,
  };
}

/** Whether one of the grants opens the issue now. */
export function owns(issueId: string, grants: readonly Grant[], now: Date): boolean {
  return grants.some((grant) => grant.issueId === issueId && stateOf(grant, now) === 'valid');
}

/** A grant opens from its first instant on and no longer at its last. */
function stateOf(grant: Grant, now: Date): 'valid' | 'revoked' | 'ended' | 'not-yet' {
  if (grant.revokedAt) return 'revoked';
  if (grant.startsAt > now) return 'not-yet';
  return grant.endsAt && grant.endsAt <= now ? 'ended' : 'valid';
}
