import { eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { issues } from '#db/schema/issues.ts';
import { listDraftContents } from '#lib/articles/previews.ts';
import { isId } from '#lib/ids.ts';
import { issueQuery, toCard } from '#lib/issues/queries.ts';
import { departmentsOf, type Issue } from '#lib/issues/rules.ts';

/**
 * An issue as its page would show it if it came out now, whether it is out or not; `released` says which. Asks for no
 * right: for previews, which have looked at theirs.
 */
export async function findDraftIssue(
  id: string,
): Promise<{ issue: Issue; released: boolean } | null> {
  if (!isId(id)) return null;
  const [row] = await issueQuery().where(eq(issues.id, id));
  if (!row) return null;
  const [state] = await db()
    .select({ publishedAt: issues.publishedAt, editorialId: issues.editorialId })
    .from(issues)
    .where(eq(issues.id, id));
  const contents = await listDraftContents(id);
  const editorial =
    contents.find((article) => article.id === state?.editorialId) ??
    contents.find((article) => article.department === 'Editorial');
  return {
    issue: {
      ...toCard(row),
      coverArtist: row.coverArtist,
      pageCount: row.pageCount,
      contents: departmentsOf(contents),
      editorial: editorial ?? null,
      previous: null,
      next: null,
    },
    released: Boolean(state?.publishedAt),
  };
}
