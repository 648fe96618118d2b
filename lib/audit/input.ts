import { z } from 'zod';

/** What somebody looks for in the log. An end of a period is the first moment that no longer belongs to it. */
export type AuditFilter = {
  /** A person's id, or `system`. */
  who?: string | undefined;
  action?: string | undefined;
  kind?: string | undefined;
  subject?: string | undefined;
  from?: Date | undefined;
  until?: Date | undefined;
};

const word = z.string().regex(/^[a-z][a-z0-9.-]{0,60}$/);
const optional = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);
const day = z.iso.date().transform((text) => new Date(`${text}T00:00:00Z`));

/** Reads a filter from an address. What is no filter counts as none, so that an old link still shows something. */
export const auditFilter = z
  .object({
    who: optional(z.union([z.literal('system'), z.uuid()])),
    action: optional(word),
    kind: optional(word),
    subject: optional(z.string().min(1).max(100)),
    from: optional(day),
    to: optional(day),
  })
  .transform(({ to, ...rest }): AuditFilter => {
    return to ? { ...rest, until: new Date(to.getTime() + 24 * 60 * 60_000) } : rest;
  });

export const exportFormats = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];
