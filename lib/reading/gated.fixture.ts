import { aContributor, anArticle, aSection } from '#db/builders/articles.ts';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { entitlements } from '#db/schema/entitlements.ts';
import type { BodyDocument } from '#lib/articles/body.ts';

/** Words that stand only behind the gate: in a note of the opening, and in everything after it. */
export const secrets = ['quagga', 'xylophone', 'zeugma', 'ytterbium', 'kazoo', 'sphinx'];

/** A text that holds these words, and whose opening is for everybody. */
export const body = {
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'The opening is for everybody.' },
        { type: 'footnote', content: [{ type: 'text', text: 'quagga' }] },
      ],
    },
    paragraph(`${words('Opening', 110)}. And then the xylophone ${words('played', 20)}.`),
    paragraph('zeugma'),
    { type: 'picture', attrs: { mediaId: '', alt: 'ytterbium', caption: 'ytterbium' } },
    { type: 'pullQuote', content: [{ type: 'text', text: 'kazoo' }] },
    {
      type: 'poem',
      content: [
        {
          type: 'stanza',
          content: [{ type: 'verseLine', content: [{ type: 'text', text: 'sphinx' }] }],
        },
      ],
    },
  ],
} as unknown as BodyDocument;

/** Which of these words a page or a list lets out. */
export const secretsIn = (value: unknown) =>
  secrets.filter((secret) => JSON.stringify(value).includes(secret));

/** A gated article in a published issue that can be bought. */
export async function aGatedArticle() {
  const issue = await anIssue({ number: 14 });
  const section = await aSection({ slug: 'ideas-and-debates' });
  const contributor = await aContributor();
  const article = await anArticle({
    title: 'Behind the gate',
    body,
    access: 'gated',
    sectionId: section.id,
    bylines: [{ contributorId: contributor.id, role: 'author' }],
    placement: { issueId: issue.id, department: 'Essays', position: 1, page: 3 },
  });
  const { id: productId } = await aProduct({ issueId: issue.id });
  return { ...article, issue, section, contributor, productId };
}

export type Gated = Awaited<ReturnType<typeof aGatedArticle>>;

/** An account that bought the issue of the article. */
export async function aBuyer(article: Gated) {
  const person = await aPerson();
  const order = await anOrder({ productId: article.productId, order: { userId: person.userId } });
  return { person, order };
}

/** The right to read an issue from one day until another, or for good. */
export async function aGrant(
  userId: string | null,
  issueId: string,
  from: string,
  until: string | null,
) {
  await db()
    .insert(entitlements)
    .values({
      userId,
      email: userId ? null : 'buyer@example.org',
      issueId,
      source: 'gift',
      startsAt: new Date(from),
      endsAt: until ? new Date(until) : null,
    });
}

function paragraph(text: string) {
  return { type: 'paragraph', content: [{ type: 'text', text }] };
}

function words(word: string, count: number): string {
  return Array(count).fill(word).join(' ');
}
