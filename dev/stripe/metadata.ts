import type Stripe from 'stripe';
import { invalid } from './errors.ts';

/**
 * Metadata after a change: an empty value removes its key, an empty string in place of the hash removes all. At most
 * 50 keys of 40 characters with values of 500 (docs.stripe.com/api/metadata).
 */
export function mergeMetadata(
  before: Stripe.Metadata | null,
  change: Stripe.MetadataParam | '' | null | undefined,
  param = 'metadata',
): Stripe.Metadata {
  if (change === '' || change === null) return {};
  const after: Stripe.Metadata = { ...before };
  for (const [key, given] of Object.entries(change ?? {})) {
    const value = given === null ? '' : String(given);
    if (key.length > 40) throw invalid(`Metadata keys can have up to 40 characters: ${key}`, param);
    if (value.length > 500) {
      throw invalid(`Metadata values can have up to 500 characters: ${key}`, `${param}[${key}]`);
    }
    if (value === '') delete after[key];
    else after[key] = value;
  }
  if (Object.keys(after).length > 50) throw invalid('Metadata can have up to 50 keys.', param);
  return after;
}
