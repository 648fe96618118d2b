import { eq } from 'drizzle-orm';
import { db, type Executor } from '#db/client.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { publication } from '#db/schema/publication.ts';
import { pictureColumns } from '#lib/media/queries.ts';
import { type Picture, pictureOf } from '#lib/media/rules.ts';
import type { AnnouncementInput, MenusInput, SettingsInput } from '#lib/publication/input.ts';
import type { Publication } from '#lib/publication/rules.ts';
import { type Actor, may } from '#lib/users/rules.ts';

/**
 * The magazine's own data; throws where there is none, since nothing can be shown without it. The banner comes with its
 * days: whoever shows it decides whether today is one of them.
 */
export async function findPublication(): Promise<Publication> {
  const [found] = await db()
    .select({ row: publication, logo: pictureColumns })
    .from(publication)
    .leftJoin(mediaAssets, eq(mediaAssets.id, publication.logoId));
  if (!found) throw new Error('The publication has not been set up: its row is missing');
  const { row, logo } = found;
  const { bannerText: text, bannerFrom: from, bannerUntil: until } = row;
  return {
    name: row.name,
    tagline: row.tagline,
    description: row.description,
    language: row.language,
    email: row.email,
    postalAddress: row.postalAddress,
    currency: row.currency,
    foundedYear: row.foundedYear,
    timeZone: row.timeZone,
    issuesPerYear: row.issuesPerYear,
    socialLinks: row.socialLinks,
    mainMenu: row.mainMenu,
    footerMenu: row.footerMenu,
    logo: logo ? pictureOf(logo) : null,
    accents: { light: row.accentLight, dark: row.accentDark },
    banner:
      text && from && until
        ? { text, href: row.bannerHref, version: row.bannerVersion, from, until }
        : null,
  };
}

/** The settings as their form shows them, for who may change them, or `null`. */
export async function findSettings(
  actor: Actor,
): Promise<{ settings: SettingsInput; logo: Picture | null } | null> {
  if (!may(actor, 'publication.edit')) return null;
  const [found] = await db()
    .select({
      settings: {
        name: publication.name,
        tagline: publication.tagline,
        description: publication.description,
        language: publication.language,
        email: publication.email,
        postalAddress: publication.postalAddress,
        currency: publication.currency,
        timeZone: publication.timeZone,
        issuesPerYear: publication.issuesPerYear,
        logoId: publication.logoId,
        accentLight: publication.accentLight,
        accentDark: publication.accentDark,
      },
      logo: pictureColumns,
    })
    .from(publication)
    .leftJoin(mediaAssets, eq(mediaAssets.id, publication.logoId));
  return found ? { settings: found.settings, logo: found.logo && pictureOf(found.logo) } : null;
}

/** The announcement as its form shows it, also before and after its days, for who may change it, or `null`. */
export async function findAnnouncement(actor: Actor): Promise<AnnouncementInput | null> {
  if (!may(actor, 'site.edit')) return null;
  const [row] = await db()
    .select({
      bannerText: publication.bannerText,
      bannerHref: publication.bannerHref,
      bannerFrom: publication.bannerFrom,
      bannerUntil: publication.bannerUntil,
    })
    .from(publication);
  return row
    ? { ...row, bannerText: row.bannerText ?? '', bannerHref: row.bannerHref ?? '' }
    : null;
}

/** Menus and links as their form shows them, for who may change them, or `null`. */
export async function findMenus(actor: Actor): Promise<MenusInput | null> {
  if (!may(actor, 'site.edit')) return null;
  const [row] = await db()
    .select({
      mainMenu: publication.mainMenu,
      footerMenu: publication.footerMenu,
      socialLinks: publication.socialLinks,
    })
    .from(publication);
  return row ?? null;
}

/** The time zone in which the office's appointments are told, an IANA name. */
export async function findTimeZone(executor: Executor = db()): Promise<string> {
  const [row] = await executor.select({ timeZone: publication.timeZone }).from(publication);
  return row?.timeZone ?? 'UTC';
}
