import { z } from 'zod';
import { currencies } from '#lib/money.ts';

const httpAddress = z
  .url('Write a whole address, as in https://social.example/@magazine.')
  .refine((url) => /^https?:/.test(url), 'Only http and https addresses can be linked.');

const instant = z.preprocess(
  (value) => (value === '' ? null : value),
  z.iso
    .datetime({ local: true, offset: true, error: 'Choose a day and a time.' })
    .transform((text) => new Date(/[zZ]|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`))
    .nullable(),
);

/** The publication's own data as the settings form sends it. Times without a zone are UTC. */
export const publicationInput = z
  .object({
    name: z.string().trim().min(1, 'The magazine needs a name.').max(120),
    tagline: z.string().trim().max(200, 'The tagline may have 200 characters at most.'),
    description: z.string().trim().max(1_000, 'The description may have 1,000 characters at most.'),
    email: z.email('Write an e-mail address, as in editors@example.org.'),
    postalAddress: z.string().trim().max(500, 'The address may have 500 characters at most.'),
    currency: z.enum(currencies, 'Choose a currency.'),
    socialLinks: z
      .array(
        z.object({ label: z.string().trim().min(1, 'Name the link.').max(40), url: httpAddress }),
      )
      .max(12, 'At most 12 links.'),
    bannerText: z.string().trim().max(300, 'The announcement may have 300 characters at most.'),
    bannerHref: z
      .string()
      .trim()
      .refine(
        (href) =>
          href === '' ||
          (/^(\/(?!\/)|https?:\/\/)[^\s\\]*$/.test(href) && URL.canParse(href, 'http://site')),
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

export type PublicationInput = z.output<typeof publicationInput>;
