import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  real,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id } from './columns.ts';
import { users } from './users.ts';

export const mediaType = pgEnum('media_type', [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
]);

/** A picture. Its bytes lie in the storage under `storageKey`; the type was found from the bytes, not from the name. */
export const mediaAssets = pgTable(
  'media_assets',
  {
    id: id(),
    storageKey: text().notNull(),
    filename: text().notNull(),
    type: mediaType().notNull(),
    bytes: integer().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    /** SHA-256, in hex, of the bytes that were sent: the same file sent again is known by it. */
    hash: text().notNull(),
    alt: text().notNull(),
    caption: text().notNull().default(''),
    credit: text().notNull().default(''),
    licence: text().notNull().default(''),
    /** Where the picture's subject is, as fractions of width and height. */
    focalX: real().notNull().default(0.5),
    focalY: real().notNull().default(0.5),
    /** Counts from 1 how often the bytes were replaced: part of the addresses, so that no cache shows the former ones. */
    version: integer().notNull().default(1),
    /**
     * The picture in a few pixels, as a `data:` address, shown blurred until it is there; `null` until it was made, empty
     * where it can't be.
     */
    placeholder: text(),
    createdBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    index('media_assets_hash_idx').on(t.hash),
    index('media_assets_created_idx').on(t.createdAt, t.id),
    // Search of the office: any part of the words that go with a picture.
    index('media_assets_words_trgm_idx').using(
      'gin',
      sql`(${t.filename} || ' ' || ${t.alt} || ' ' || ${t.caption} || ' ' || ${t.credit}) gin_trgm_ops`,
    ),
    uniqueIndex('media_assets_storage_key_key').on(t.storageKey),
    check('media_assets_size', sql`${t.width} > 0 and ${t.height} > 0 and ${t.bytes} > 0`),
    check('media_assets_focal', sql`${t.focalX} between 0 and 1 and ${t.focalY} between 0 and 1`),
    // A picture without a description shuts out who can't see it; the seed and the upload both ask for one.
    check('media_assets_alt', sql`${t.alt} <> ''`),
  ],
);
