import { describe, expect, it } from 'vitest';
import { type BodyDocument, emptyBody } from '#lib/articles/body.ts';
import {
  type ArticleToPublish,
  articleBlockers,
  blockersText,
  type IssueToPublish,
  issueBlockers,
} from './rules.ts';

const body = (text: string): BodyDocument => ({
  type: 'doc',
  content: [{ type: 'paragraph', attrs: { dropCap: false }, content: [{ type: 'text', text }] }],
});
const article = (parts: Partial<ArticleToPublish> = {}): ArticleToPublish => ({
  id: 'a1',
  title: 'Tide',
  kind: 'article',
  body: body('The water rose.'),
  sectionId: 's1',
  bylineCount: 1,
  ...parts,
});
const issue = (parts: Partial<IssueToPublish> = {}): IssueToPublish => ({
  title: 'The Long Winter',
  hasCover: true,
  articles: [article()],
  priceCount: 1,
  ...parts,
});

describe('an article', () => {
  it('that has text, section and a name may go out', () => {
    expect(articleBlockers(article())).toEqual([]);
  });

  it.each<[Partial<ArticleToPublish>, string]>([
    [{ body: emptyBody() }, 'has no text yet'],
    [{ body: body(' \u00a0 ') }, 'has no text yet'],
    [{ sectionId: null }, 'stands in no section'],
    [{ bylineCount: 0 }, 'names no contributor'],
  ])('with %j may not', (parts, why) => {
    expect(articleBlockers(article(parts))).toEqual([
      { what: '“Tide”', why, place: { kind: 'article', id: 'a1' } },
    ]);
  });

  it('hears all that is in its way at once', () => {
    const bare = article({ body: emptyBody(), sectionId: null, bylineCount: 0 });
    expect(articleBlockers(bare)).toHaveLength(3);
  });

  it('that is news needs its text alone', () => {
    const news = { kind: 'news', sectionId: null, bylineCount: 0 } as const;
    expect(articleBlockers(article(news))).toEqual([]);
    expect(articleBlockers(article({ ...news, body: emptyBody() }))).toHaveLength(1);
  });
});

describe('an issue', () => {
  it('that has a cover, a price and whole articles may be released', () => {
    expect(issueBlockers(issue())).toEqual([]);
  });

  it.each<[Partial<IssueToPublish>, string]>([
    [{ hasCover: false }, 'The cover is missing'],
    [{ articles: [] }, 'The contents are empty'],
    [{ priceCount: 0 }, 'The prices are missing'],
    [{ articles: [article(), article({ sectionId: null })] }, '“Tide” stands in no section'],
  ])('with %j may not', (parts, text) => {
    expect(blockersText(issueBlockers(issue(parts)))).toBe(text);
  });

  it('names its own gaps first, then those of its articles, in one line', () => {
    const bare = issue({ hasCover: false, articles: [article({ bylineCount: 0 })] });
    expect(blockersText(issueBlockers(bare))).toBe(
      'The cover is missing; “Tide” names no contributor',
    );
  });
});
