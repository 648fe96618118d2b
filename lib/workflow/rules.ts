import { type Actor, may } from '#lib/users/rules.ts';

export const stages = ['draft', 'in_review', 'copy_edited', 'ready'] as const;
export type Stage = (typeof stages)[number];

export const stageNames: Record<Stage, string> = {
  draft: 'Draft',
  in_review: 'In review',
  copy_edited: 'Copy-edited',
  ready: 'Ready',
};

/** How far an article has come for the office: its stage, until dates say more. */
export const standings = [...stages, 'scheduled', 'published'] as const;
export type Standing = (typeof standings)[number];

export const standingNames: Record<Standing, string> = {
  ...stageNames,
  scheduled: 'Scheduled',
  published: 'Published',
};

/** What of an article decides who may do what with it. */
export type ArticleInWork = {
  createdBy: string | null;
  /** Those who have, or had, to write it: it is theirs like one that they began. */
  writers: readonly string[];
  stage: Stage;
  publishedAt: Date | null;
  scheduledFor: Date | null;
  /** Published, with later work that the public does not see yet. */
  changed: boolean;
};

/** A published text with a change that waits is under way again, and stands at the change's stage. */
export function standingOf(article: Omit<ArticleInWork, 'createdBy' | 'writers'>): Standing {
  if (article.publishedAt && !article.changed) return 'published';
  return article.scheduledFor ? 'scheduled' : article.stage;
}

/** Whether the actor began the article or was asked to write it. */
export function isOwn(
  actor: Actor,
  { createdBy, writers }: Pick<ArticleInWork, 'createdBy' | 'writers'>,
): boolean {
  return actor.kind === 'person' && [createdBy, ...writers].includes(actor.userId);
}

/**
 * Why the actor may not change the article's text, in a sentence for them; `null` where they may. Editors may always;
 * writers their own, as long as no editor has it.
 */
export function whyNotEdit(
  actor: Actor,
  article: Pick<ArticleInWork, 'createdBy' | 'writers' | 'stage' | 'publishedAt'>,
): string | null {
  if (may(actor, 'articles.edit-any')) return null;
  if (!may(actor, 'articles.write') || !isOwn(actor, article) || article.publishedAt) {
    return 'You may change only your own drafts.';
  }
  if (article.stage === 'draft') return null;
  return article.stage === 'in_review'
    ? 'It is in review, so the text rests. Take it back to draft to go on writing, or leave a comment.'
    : 'The editors have it now, so the text rests. Leave a comment, or ask them to send it back.';
}

/**
 * Whether the actor may move the article there. Editors may move everything anywhere; writers hand their own drafts in,
 * and take them back as long as nobody has begun to copy-edit. What is out and has no change that waits stays where it is.
 */
export function mayMove(actor: Actor, article: ArticleInWork, to: Stage): boolean {
  if (to === article.stage || (article.publishedAt && !article.changed)) return false;
  if (may(actor, 'articles.edit-any')) return true;
  if (!may(actor, 'articles.write') || !isOwn(actor, article) || article.publishedAt) return false;
  return (
    (article.stage === 'draft' && to === 'in_review') ||
    (article.stage === 'in_review' && to === 'draft')
  );
}

/** Whether a move goes back, which is when the office asks why. */
export function isBack(from: Stage, to: Stage): boolean {
  return stages.indexOf(to) < stages.indexOf(from);
}

/** What publishing from this stage leaves out, in words: "review and copy-editing"; `null` where it leaves out nothing. */
export function skippedAt(stage: Stage): string | null {
  switch (stage) {
    case 'draft':
      return 'review, copy-editing and the last look';
    case 'in_review':
      return 'copy-editing and the last look';
    case 'copy_edited':
      return 'the last look';
    case 'ready':
      return null;
  }
}

export const tasks = ['write', 'edit', 'copy_edit', 'check_facts', 'find_pictures'] as const;
export type Task = (typeof tasks)[number];

export const taskNames: Record<Task, string> = {
  write: 'Write',
  edit: 'Edit',
  copy_edit: 'Copy-edit',
  check_facts: 'Check facts',
  find_pictures: 'Find pictures',
};

/** The calendar day of an instant in a time zone, as `2026-11-23`. */
export function dayIn(timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** Whether the day on which it was to be done has passed. Both days as `2026-11-23`; `today` the publication's. */
export function isLate(
  assignment: { dueOn: string | null; doneAt: Date | null },
  today: string,
): boolean {
  return assignment.doneAt === null && assignment.dueOn !== null && assignment.dueOn < today;
}

/** For how many days a preview link may be made. */
export const previewDays = [1, 7, 30] as const;

/** Somebody of the staff, as colleagues call them. */
export type Colleague = { userId: string; name: string | null; email: string };

/** What stands behind the `@` of a mention: the name, or the address of who has none or shares it with another. */
export function handleOf(person: Colleague, all: readonly Colleague[]): string {
  const name = person.name?.trim();
  if (!name) return person.email;
  const same = all.filter((other) => other.name?.trim().toLowerCase() === name.toLowerCase());
  return same.length > 1 ? person.email : name;
}

/** A comment's text cut where somebody is mentioned. */
export type CommentPart = { text: string; userId: string | null };

/**
 * Finds the mentions in a text: an `@` at the start of a word, then a handle that ends where a word ends. Of two handles
 * that fit, the longer one is meant.
 */
export function mentionParts(text: string, people: readonly Colleague[]): CommentPart[] {
  const handles = people
    .flatMap((person) =>
      [...new Set([handleOf(person, people), person.email])].map((handle) => ({
        handle: handle.toLowerCase(),
        userId: person.userId,
      })),
    )
    .toSorted((a, b) => b.handle.length - a.handle.length);
  const parts: CommentPart[] = [];
  let plain = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (at < plain || /[\p{L}\p{N}.]/u.test(text[at - 1] ?? '')) continue;
    const found = handles.find(
      ({ handle }) =>
        text.slice(at + 1, at + 1 + handle.length).toLowerCase() === handle &&
        !/[\p{L}\p{M}\p{N}]/u.test(text[at + 1 + handle.length] ?? ''),
    );
    if (!found) continue;
    const end = at + 1 + found.handle.length;
    if (at > plain) parts.push({ text: text.slice(plain, at), userId: null });
    parts.push({ text: text.slice(at, end), userId: found.userId });
    plain = end;
  }
  if (plain < text.length) parts.push({ text: text.slice(plain), userId: null });
  return parts;
}

/** Who is mentioned in a text, each once. */
export function mentionedIn(text: string, people: readonly Colleague[]): string[] {
  return [...new Set(mentionParts(text, people).flatMap(({ userId }) => userId ?? []))];
}
