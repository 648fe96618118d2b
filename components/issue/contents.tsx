import { bylineText } from '#components/article/byline.tsx';
import type { Department } from '#lib/issues/rules.ts';

/** The table of contents: departments, each article with its page as it stands in print. */
export function Contents({
  departments,
  folder = '/articles',
}: {
  departments: Department[];
  /** Under which address the articles are read. */
  folder?: string;
}) {
  return (
    <div className="-mb-8 gap-x-12 lg:columns-2">
      {departments.map((department) => (
        // A short department stays together; a long one may go on in the next column, so that no column stands empty.
        <section
          key={department.name}
          aria-label={department.name}
          className={`pb-8 ${department.articles.length <= 4 ? 'break-inside-avoid' : ''}`}
        >
          <h3 className="label break-after-avoid border-b border-rule pb-1 text-accent">
            {department.name}
          </h3>
          <ol>
            {department.articles.map((article) => (
              <li
                key={article.id}
                className="group relative grid break-inside-avoid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b border-rule py-3"
              >
                <div>
                  <p className="text-[1.2rem] leading-snug font-semibold">
                    <a
                      href={`${folder}/${article.slug}`}
                      className="after:absolute after:inset-0 group-hover:text-accent"
                    >
                      {article.title}
                    </a>
                  </p>
                  <p className="text-muted italic">{bylineText(article.bylines)}</p>
                  {article.standfirst && (
                    <p className="mt-1 max-w-(--measure) text-[0.98rem]">{article.standfirst}</p>
                  )}
                  {article.access === 'free' && (
                    <p className="label mt-1 text-muted">Free to read</p>
                  )}
                </div>
                {article.page !== null && (
                  <p className="text-muted">
                    <span className="sr-only">Page </span>
                    {article.page}
                  </p>
                )}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
