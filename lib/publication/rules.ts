import type { Currency } from '#lib/money.ts';

export type SocialLink = { label: string; url: string };

/** An editor's announcement over every page; `version` changes with its text. */
export type Banner = {
  text: string;
  href: string | null;
  version: number;
  from: Date;
  until: Date;
};

export type Publication = {
  name: string;
  tagline: string;
  description: string;
  language: string;
  email: string;
  postalAddress: string;
  currency: Currency;
  foundedYear: number | null;
  socialLinks: SocialLink[];
  banner: Banner | null;
};
