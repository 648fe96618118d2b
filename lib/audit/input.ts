import { z } from 'zod';
import { zonedInstant } from '#lib/publication/rules.ts';

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

/**
 * Reads a filter from an address. What is no filter counts as none, so that an old link still shows something. Days begin
 * as they do in `zone` (an IANA name).
 */
export function auditFilter(zone: string) {
  const midnight = (day: string) => zonedInstant(`${day}T00:00`, zone) ?? undefined;
  return z
    .object({
      who: optional(z.union([z.literal('system'), z.uuid()])),
      action: optional(word),
      kind: optional(word),
      subject: optional(z.string().min(1).max(100)),
      from: optional(z.iso.date()),
      to: optional(z.iso.date()),
    })
    .transform(({ from, to, ...rest }): AuditFilter => {
      const until = to && midnight(dayAfter(to));
      return { ...rest, ...(from && { from: midnight(from) }), ...(until && { until }) };
    });
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60_000).toISOString().slice(0, 10);
}

export const exportFormats = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];
