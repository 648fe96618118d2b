import { ilike, type SQL, type SQLWrapper } from 'drizzle-orm';

/** Whether a text holds what was typed, in whatever case; no character of it stands for another. */
export function holds(text: SQLWrapper, typed: string): SQL {
  return ilike(text as SQL, holding(typed));
}

/** What `like` compares with for the same. */
export function holding(typed: string): string {
  return `%${typed.replace(/[\\%_]/g, '\\$&')}%`;
}
