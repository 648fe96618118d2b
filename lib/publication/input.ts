import { z } from 'zod';
import { currencies } from '#lib/money.ts';
import { accentContrast, leastContrast, longestMenu } from '#lib/publication/rules.ts';
import { longestSectionName } from '#lib/sections/rules.ts';

const httpAddress = z
  .url('Write a whole address, as in https://social.example/@magazine.')
  .refine((url) => /^https?:/.test(url), 'Only http and https addresses can be linked.');

const line = (max: number, name: string) =>
  z
    .string()
    .trim()
    .max(max, `${name} may have ${max.toLocaleString('en')} characters at most.`);

const accent = (paper: 'light' | 'dark') =>
  z
    .string()
    .trim()
    .toLowerCase()
    .transform((text) => text || null)
    .refine((text) => text === null || /^#[0-9a-f]{6}$/.test(text), {
      message: 'Write a colour as # and six digits, as in #962d1c.',
      abort: true,
    })
    .superRefine((text, context) => {
      const found = text ? accentContrast(text, paper) : leastContrast;
      if (found >= leastContrast) return;
      context.addIssue({
        code: 'custom',
        message: `On ${paper} paper this is too hard to read: its contrast is ${(Math.floor(found * 10) / 10).toFixed(1)} to 1, and words need ${leastContrast}. Choose a ${paper === 'light' ? 'darker' : 'lighter'} one.`,
      });
    })
    .nullable();

/** The publication's own data as an administrator's form sends it. */
export const settingsInput = z.object({
  name: line(120, 'The name').min(1, 'The magazine needs a name.'),
  tagline: line(200, 'The tagline'),
  description: line(1_000, 'The description'),
  language: z
    .string()
    .trim()
    .refine(isLanguage, 'Write a language’s code, as in en, de or pt-BR.')
    .transform((code) => Intl.getCanonicalLocales(code)[0] ?? code),
  email: z.email('Write an e-mail address, as in editors@example.org.'),
  postalAddress: line(500, 'The address'),
  currency: z.enum(currencies, 'Choose a currency.'),
  timeZone: z.string().refine(isTimeZone, 'Choose a time zone.'),
  issuesPerYear: z.coerce
    .number('Write a number from 1 to 52.')
    .int('Write a whole number.')
    .min(1, 'Write a number from 1 to 52.')
    .max(52, 'Write a number from 1 to 52.'),
  logoId: z.union([z.literal('').transform(() => null), z.uuid()]).nullable(),
  accentLight: accent('light'),
  accentDark: accent('dark'),
});

export type SettingsInput = z.output<typeof settingsInput>;

const instant = z.preprocess(
  (value) => (value === '' ? null : value),
  z.iso
    .datetime({ local: true, offset: true, error: 'Choose a day and a time.' })
    .transform((text) => new Date(/[zZ]|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`))
    .nullable(),
);

/** The announcement over every page, as a publisher's form sends it. Times without a zone are UTC. */
export const announcementInput = z
  .object({
    bannerText: line(300, 'The announcement'),
    bannerHref: z
      .string()
      .trim()
      .refine(
        (href) => href === '' || isPathOr(/^https?:\/\//, href),
        'Write a path, as in /subscribe, or a whole address.',
      ),
    bannerFrom: instant,
    bannerUntil: instant,
  })
  .superRefine((value, context) => {
    if (!value.bannerText) return;
    for (const path of ['bannerFrom', 'bannerUntil'] as const) {
      if (!value[path])
        context.addIssue({ code: 'custom', path: [path], message: 'Choose a day and a time.' });
    }
    if (value.bannerFrom && value.bannerUntil && value.bannerFrom >= value.bannerUntil) {
      context.addIssue({
        code: 'custom',
        path: ['bannerUntil'],
        message: 'The end has to come after the beginning.',
      });
    }
  });

export type AnnouncementInput = z.output<typeof announcementInput>;

const menu = z
  .array(
    z.object({
      label: z
        .string()
        .trim()
        .min(1, 'Each line needs a name.')
        .max(longestSectionName, `A name may have ${longestSectionName} characters at most.`),
      href: z
        .string()
        .trim()
        .max(500, 'An address may have 500 characters at most.')
        .refine(
          (href) => isPathOr(/^https:\/\//, href),
          'Each line leads to a path, as in /issues, or to an https address.',
        ),
    }),
  )
  .max(longestMenu, `A menu may have ${longestMenu} lines at most.`)
  .nullable();

/** The menus and the links elsewhere, as a publisher's form sends them. `null`: the site makes the menu itself. */
export const menusInput = z.object({
  mainMenu: menu,
  footerMenu: menu,
  socialLinks: z
    .array(
      z.object({
        label: line(40, 'A link’s name').min(1, 'Name the link.'),
        url: httpAddress,
      }),
    )
    .max(12, 'At most 12 links.'),
});

export type MenusInput = z.output<typeof menusInput>;

/** A path of this site, or an address that begins like this; no disguise of either. */
function isPathOr(scheme: RegExp, href: string): boolean {
  const starts = /^\/(?!\/)/.test(href) || scheme.test(href);
  return starts && /^[^\s\\]*$/.test(href) && URL.canParse(href, 'http://site');
}

function isLanguage(code: string): boolean {
  try {
    return Intl.getCanonicalLocales(code).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(name: string): boolean {
  return name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name);
}
