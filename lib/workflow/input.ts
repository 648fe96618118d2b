import { z } from 'zod';
import { previewDays, stages, tasks } from '#lib/workflow/rules.ts';

const maxComment = 5_000;
/** As much as the editor sends of the words that a comment is about, and of those around them. */
const maxQuote = 1_000;

const clean = z
  .string()
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'This text is not Unicode.');

const id = (message: string) => z.uuid(message);

/** A move as the workflow's form sends it. `from` is the stage that the person saw. */
export const moveInput = z.object({
  from: z.enum(stages, 'This stage is not known.'),
  to: z.enum(stages, 'Choose a stage.'),
  note: clean.trim().max(1_000, 'The reason may have 1,000 characters at most.'),
});
export type MoveInput = z.output<typeof moveInput>;

/** Who is to do what until when; the day as `2026-11-23`, or empty. */
export const assignmentInput = z.object({
  userId: id('Choose who does it.'),
  task: z.enum(tasks, 'Choose what is to be done.'),
  dueOn: z.union([z.literal('').transform(() => null), z.iso.date('Choose a day.')]),
});
export type AssignmentInput = z.output<typeof assignmentInput>;

export const commentText = clean
  .trim()
  .min(1, 'Write something first.')
  .max(maxComment, `A comment may have ${maxComment.toLocaleString('en')} characters at most.`);

const anchorInput = z.object({
  quote: clean.min(1).max(maxQuote),
  before: clean.max(200),
  after: clean.max(200),
});

/** A remark; `anchor` as JSON text, empty where it is about the article as a whole. */
export const commentInput = z.object({
  text: commentText,
  anchor: z.string().transform((text, context) => {
    if (text === '') return null;
    const parsed = anchorInput.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: 'Select the words anew.' });
    return z.NEVER;
  }),
});
export type CommentInput = z.output<typeof commentInput>;

export const previewInput = z.object({
  days: z.coerce
    .number()
    .refine(
      (days) => previewDays.some((known) => known === days),
      'Choose for how long the link works.',
    ),
  note: clean.trim().max(200, 'The note may have 200 characters at most.'),
});
export type PreviewInput = z.output<typeof previewInput>;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
