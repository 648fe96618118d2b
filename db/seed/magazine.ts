/* The demo's magazine: what isn't a text. All of it is invented. Days count from the demo's first day. */

export const magazine = {
  name: 'The Common Tern',
  tagline: 'A quarterly of politics, letters and weather',
  description:
    'The Common Tern is a quarterly of politics, letters and weather, written and printed in Skerrow. It comes out four times a year, on paper and on the screen, and belongs to those who write it.',
  email: 'editors@example.org',
  postalAddress: 'The Common Tern\nThe Old Net Loft, Quay Street\nSkerrow',
  currency: 'EUR' as const,
  foundedYear: 2022,
  issuesPerYear: 4,
  socialLinks: [
    { label: 'Mastodon', url: 'https://social.example.org/@commontern' },
    { label: 'Bluesky', url: 'https://bsky.example.org/profile/commontern' },
    { label: 'Instagram', url: 'https://photos.example.org/commontern' },
  ],
  bannerText:
    'Our new print issue is out: The Weather Inside. Subscribe and it comes through your door.',
  bannerHref: '/subscribe',
};

export const sections = [
  {
    slug: 'politics',
    name: 'Politics',
    description: 'Who decides, who pays, and what was promised.',
  },
  {
    slug: 'ideas-and-debates',
    name: 'Ideas & Debates',
    description: 'Arguments, and the answers to them.',
  },
  { slug: 'reportage', name: 'Reportage', description: 'Somebody went there and stayed a while.' },
  {
    slug: 'fiction-and-poetry',
    name: 'Fiction & Poetry',
    description: 'Stories, poems and translations.',
  },
  {
    slug: 'reviews',
    name: 'Reviews',
    description: 'Books, buildings and exhibitions, looked at slowly.',
  },
];

export type SeedIssue = {
  number: number;
  title: string;
  season: 'Winter' | 'Spring' | 'Summer' | 'Autumn';
  description: string;
  coverAlt: string;
  /** Days from the demo's first day to the day it goes on sale; one that lies ahead is not out yet. */
  onSaleIn: number;
  pageCount: number;
  printStock: number;
};

export const issues: SeedIssue[] = [
  {
    number: 11,
    title: 'Commons and Fences',
    season: 'Winter',
    description:
      'Who owns the herring, the hedge and the last four acres of a quarry. Seven pieces on what people hold together, and on those who put a fence around it.',
    coverAlt: 'A drawn cover: fields seen from above, parted by a fence, with one gap in it.',
    onSaleIn: -300,
    pageCount: 112,
    printStock: 64,
  },
  {
    number: 12,
    title: 'Night Work',
    season: 'Spring',
    description:
      'The ferry, the ward, the bakery and the switchboard between ten in the evening and six in the morning: what is done while the rest of us sleep, and what it is paid.',
    coverAlt: 'A drawn cover: a lit window high in a dark front, and a moth on its way to it.',
    onSaleIn: -208,
    pageCount: 120,
    printStock: 0,
  },
  {
    number: 13,
    title: 'A Room in the City',
    season: 'Summer',
    description:
      'How small may a bedroom be, who wrote the rule, and who lives in it. An issue about rooms, rents, keys and stairs.',
    coverAlt: 'A drawn cover: the windows of a house at night, each with something else in it.',
    onSaleIn: -116,
    pageCount: 128,
    printStock: 7,
  },
  {
    number: 14,
    title: 'The Weather Inside',
    season: 'Autumn',
    description:
      'Forty thermometers in two streets, a debate on what a forecast owes us, and the oldest weather diary on the coast. An issue about the climate that begins at the front door.',
    coverAlt: 'A drawn cover: a house with a cloud and rain inside it, under a clear sky.',
    onSaleIn: -24,
    pageCount: 132,
    printStock: 480,
  },
  {
    number: 15,
    title: 'Arithmetic',
    season: 'Winter',
    description: 'What is counted, by whom, and what it comes to. Out in winter.',
    coverAlt: 'A drawn cover: rows of beads on the wires of an abacus, one of them a bird.',
    onSaleIn: 68,
    pageCount: 128,
    printStock: 600,
  },
];

export const prices = {
  print: { EUR: 1400, GBP: 1200, USD: 1600 },
  digital: { EUR: 800, GBP: 700, USD: 900 },
};

export const zones = [
  {
    name: 'Ireland and the United Kingdom',
    countries: ['IE', 'GB'],
    rates: {
      EUR: { firstCopy: 300, furtherCopy: 100 },
      GBP: { firstCopy: 260, furtherCopy: 90 },
      USD: { firstCopy: 350, furtherCopy: 120 },
    },
  },
  {
    name: 'Europe',
    countries:
      'AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(
        ' ',
      ),
    rates: {
      EUR: { firstCopy: 550, furtherCopy: 200 },
      GBP: { firstCopy: 480, furtherCopy: 180 },
      USD: { firstCopy: 600, furtherCopy: 220 },
    },
  },
  {
    name: 'The rest of the world',
    countries: ['ZZ'],
    rates: {
      EUR: { firstCopy: 1100, furtherCopy: 500 },
      GBP: { firstCopy: 950, furtherCopy: 430 },
      USD: { firstCopy: 1200, furtherCopy: 540 },
    },
  },
];

const tier = (
  name: 'reduced' | 'supporter',
  prices: Record<'EUR' | 'GBP' | 'USD', number>,
): { currency: string; tier: 'reduced' | 'supporter'; amount: number }[] =>
  Object.entries(prices).map(([currency, amount]) => ({ currency, tier: name, amount }));

const chosen = (currency: string, amount: number, minimum: number, maximum: number) => ({
  currency,
  tier: 'chosen' as const,
  amount,
  minimum,
  maximum,
});

export const plans = [
  {
    slug: 'print-and-digital',
    name: 'Print and digital',
    description:
      'Four issues a year through your door, and all of them on the screen. The reduced price asks for no proof.',
    includesPrint: true,
    includesDigital: true,
    includesArchive: true,
    interval: 'year' as const,
    prices: { EUR: 4800, GBP: 4200, USD: 5400 },
    tiers: [
      ...tier('reduced', { EUR: 3400, GBP: 2900, USD: 3800 }),
      ...tier('supporter', { EUR: 8400, GBP: 7200, USD: 9600 }),
    ],
  },
  {
    slug: 'digital',
    name: 'Digital',
    description: 'Every issue on the day it comes out, and the archive.',
    includesPrint: false,
    includesDigital: true,
    includesArchive: true,
    interval: 'year' as const,
    trialDays: 14,
    prices: { EUR: 2800, GBP: 2400, USD: 3200 },
  },
  {
    slug: 'by-the-month',
    name: 'Digital, by the month',
    description: 'The same, for those who would rather not promise a year. Stop whenever you like.',
    includesPrint: false,
    includesDigital: true,
    includesArchive: true,
    interval: 'month' as const,
    prices: { EUR: 300, GBP: 260, USD: 350 },
  },
  {
    slug: 'four-issues',
    name: 'Four printed issues',
    description: 'The next four issues by post. It ends by itself.',
    includesPrint: true,
    includesDigital: false,
    includesArchive: false,
    issueCount: 4,
    prices: { EUR: 4400, GBP: 3800, USD: 5000 },
  },
  {
    slug: 'what-you-can',
    name: 'Digital, for what you can',
    description: 'A year on the screen at a price that is yours to name. We don’t ask why.',
    includesPrint: false,
    includesDigital: true,
    includesArchive: true,
    interval: 'year' as const,
    prices: {},
    tiers: [
      chosen('EUR', 2800, 800, 20000),
      chosen('GBP', 2400, 700, 17500),
      chosen('USD', 3200, 900, 22500),
    ],
  },
];

/** One long look in every issue. The part of the issue in the making is shown from its release on. */
export const series = {
  slug: 'one-place-at-a-time',
  name: 'One Place at a Time',
  description:
    'In every issue a reporter stays in one place for as long as it takes: a hedge, a ferry, a staircase, a street.',
  parts: [
    'the-last-hedge-in-averidge',
    'the-23-40',
    'the-third-stair',
    'the-dry-street',
    'how-many-gulls',
  ],
};

export const staff = [
  { email: 'admin@example.org', name: 'Agnete Holm', staffRole: 'admin' as const },
  { email: 'publisher@example.org', name: 'Piers Lantern', staffRole: 'publisher' as const },
  { email: 'editor@example.org', name: 'Edda Quillmore', staffRole: 'editor' as const },
  { email: 'writer@example.org', name: 'Wilf Ambrose', staffRole: 'writer' as const },
];
