/** Cache tags. An article's own tag is its address, because a page that isn't there yet is cached too. */
export const articleTags = {
  /** Every list of what was published last. */
  latest: 'articles',
  news: 'news',
  one: (slug: string) => `article:${slug}`,
  inSection: (slug: string) => `section:${slug}`,
  byContributor: (slug: string) => `contributor:${slug}`,
  onTopic: (slug: string) => `topic:${slug}`,
  inSeries: (slug: string) => `series:${slug}`,
};
