import { randomBytes, randomUUID } from 'node:crypto';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const newId = (): string => randomUUID();

/** Whether a string from outside can be a key of ours; anything else would make PostgreSQL throw on the cast. */
export const isId = (value: string): boolean => uuidPattern.test(value);

/** An unguessable address part or code: `bytes` random bytes as base64url. */
export const newToken = (bytes = 24): string => randomBytes(bytes).toString('base64url');
