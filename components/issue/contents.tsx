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
    <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
      {departments.map((department) => (
        <section key={department.name} aria-label={department.name} className="break-inside-avoid">
          <h3 className="label border-b border-rule pb-1 text-accent">{department.name}</h3>
          <ol>
            {department.articles.map((article) => (
              <li
                key={article.id}
                className="group relative grid grid-cols-[1fr_auto] gap-x-4 border-b border-rule py-3"
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
                    <p className="mt-1 text-[0.98rem]">{article.standfirst}</p>
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
