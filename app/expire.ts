import { refresh } from 'next/cache';
import { pagesExpired } from '#lib/expiry.ts';

/**
 * After a change that public pages show, in the action that made it: from its answer on, every instance serves the new
 * state, and the page that the action was sent from shows it.
 */
export async function expired(): Promise<void> {
  await pagesExpired();
  refresh();
}
