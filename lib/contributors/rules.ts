import type { Picture } from '#lib/media/rules.ts';

export type Contributor = {
  id: string;
  slug: string;
  name: string;
  biography: string;
  website: string | null;
  city: string | null;
  portrait: Picture | null;
};
