import { randomBytes, randomUUID } from 'node:crypto';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const newId = (): string => randomUUID();

/** Whether a string from outside can be a key of ours; anything else would make PostgreSQL throw on the cast. */
export const isId = (value: string): boolean => uuidPattern.test(value);

/** An unguessable address part or code: `bytes` random bytes as base64url. */
export const newToken = (bytes = 24): string => randomBytes(bytes).toString('base64url');

const counted = { at: 0, count: 0 };

/**
 * An id that sorts behind all that this process made before it at the same `instant` or an earlier one: UUID version 7,
 * milliseconds first, then a counter. https://www.rfc-editor.org/rfc/rfc9562#section-5.7
 */
export function newOrderedId(instant: Date): string {
  const at = instant.getTime();
  counted.count = counted.at === at ? (counted.count + 1) % 0x1000 : 0;
  counted.at = at;
  const time = at.toString(16).padStart(12, '0');
  const count = counted.count.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${randomUUID().slice(19)}`;
}
