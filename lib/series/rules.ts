export type Series = { slug: string; name: string; description: string };

/** Which part of its series an article is, and its published neighbours there. `part` is `null` in a column without. */
export type SeriesPlace = {
  slug: string;
  name: string;
  part: number | null;
  previous: { slug: string; title: string } | null;
  next: { slug: string; title: string } | null;
};
