import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from './columns.ts';

export const staffRole = pgEnum('staff_role', ['writer', 'editor', 'publisher', 'admin']);

/** Everybody with an address that was proved once. A reader has no staff role. */
export const users = pgTable(
  'users',
  {
    id: id(),
    name: text(),
    email: text().notNull(),
    emailVerified: instant(),
    image: text(),
    staffRole: staffRole(),
    createdAt: createdAt(),
  },
  (t) => [
    index('users_email_trgm_idx').using('gin', sql`${t.email} gin_trgm_ops`),
    // One account an address, however it is typed.
    uniqueIndex('users_email_key').on(t.email),
    check('users_email_lower', sql`${t.email} = lower(${t.email})`),
  ],
);

/** Database sessions: ending one is deleting its row, and the next request is refused. */
export const sessions = pgTable(
  'sessions',
  {
    sessionToken: text().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expires: instant().notNull(),
    createdAt: createdAt(),
    /** When this session last proved the second factor. */
    secondFactorAt: instant(),
    /** What a passkey is asked to sign next; gone once it was. */
    challenge: text(),
    /** For the person's own list of sessions. */
    userAgent: text(),
    seenAt: instant(),
  },
  (t) => [index('sessions_user_idx').on(t.userId)],
);

/** The secret that a person's authenticator app holds, too. */
export const totpSecrets = pgTable('totp_secrets', {
  userId: uuid()
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Encrypted with a key made from `AUTH_SECRET`: who reads the table can't make codes. */
  secret: text().notNull(),
  /** Set by the first right code; before that it proves nothing. */
  confirmedAt: instant(),
  /** The time step of the last code that was taken, so that none counts twice. */
  lastStep: integer(),
  createdAt: createdAt(),
});

export const passkeys = pgTable(
  'passkeys',
  {
    /** The credential's id in base64url, as the authenticator chose it. */
    id: text().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** COSE, in base64url. */
    publicKey: text().notNull(),
    counter: bigint({ mode: 'number' }).notNull(),
    transports: text().array().notNull().default([]),
    name: text().notNull(),
    createdAt: createdAt(),
    usedAt: instant(),
  },
  (t) => [index('passkeys_user_idx').on(t.userId)],
);

/** Codes on paper for who lost the rest; each counts once. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    hash: text().notNull(),
    usedAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.hash] })],
);

/** A sign-in link that was asked for. `token` is a hash: who reads the table can't sign in. It goes when it is used. */
export const verificationTokens = pgTable(
  'verification_tokens',
  {
    identifier: text().notNull(),
    token: text().notNull(),
    expires: instant().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.identifier, t.token] })],
);

/** Demanded by the sign-in library's adapter; stays empty while sign-in is by e-mail alone. */
export const accounts = pgTable(
  'accounts',
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    type: text().notNull(),
    provider: text().notNull(),
    providerAccountId: text().notNull(),
    refresh_token: text(),
    access_token: text(),
    expires_at: integer(),
    token_type: text(),
    scope: text(),
    id_token: text(),
    session_state: text(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.providerAccountId] })],
);
