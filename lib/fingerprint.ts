import { createHash } from 'node:crypto';

/** A short name of a value: 22 letters, digits, `-` and `_`, 132 bits; another value, or another order of its keys, has another one. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}
