import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { env } from '#lib/env.ts';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** A key of its own for each purpose, all made from `AUTH_SECRET`. */
function keyFor(purpose: 'seal' | 'hash'): Buffer {
  return Buffer.from(
    hkdfSync('sha256', env().authSecret, '', `broadside second factor ${purpose}`, 32),
  );
}

/** Encrypts a text for storage. It opens for the same `owner` (a user's id) alone, so a row can't be moved to another's. */
export function seal(text: string, owner: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, keyFor('seal'), nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The text that was sealed; `null` where it was changed, belongs to another, or `AUTH_SECRET` is a new one. */
export function unseal(sealed: string, owner: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < nonceBytes + tagBytes) return null;
  const decipher = createDecipheriv(algorithm, keyFor('seal'), bytes.subarray(0, nonceBytes))
    .setAAD(Buffer.from(owner))
    .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    const opened = decipher.update(bytes.subarray(nonceBytes + tagBytes));
    return Buffer.concat([opened, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** What is kept of a code: who reads the table can neither use it nor try all of them out. */
export function hashCode(code: string, owner: string): string {
  return createHmac('sha256', keyFor('hash')).update(`${owner} ${code}`).digest('base64url');
}
