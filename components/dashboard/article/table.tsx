import { BulkBox } from '#components/dashboard/article/bulk-box.tsx';
import { State } from '#components/dashboard/heading.tsx';
import { Moment } from '#components/dashboard/moment.tsx';
import { dueText } from '#components/dashboard/workflow/due.ts';
import { type Standing, standingNames, type Task, taskNames } from '#lib/workflow/rules.ts';

type Row = {
  id: string;
  title: string;
  standing: Standing;
  /** Published, with a change that waits. */
  changed: boolean;
  scheduledFor: Date | null;
  savedAt: Date;
  savedBy: string | null;
  section: string | null;
  issue: { number: number; title: string } | null;
  wordCount: number;
  tasks: { who: string; task: Task; dueOn: string | null; late: boolean }[];
};

/** The office's articles; on a narrow screen each row becomes a card. */
export function ArticleTable({
  articles,
  selectable = false,
}: {
  articles: Row[];
  /** Each row can be chosen, for the form around. */
  selectable?: boolean;
}) {
  if (articles.length === 0) return <p className="text-muted">No article fits.</p>;
  return (
    <ul className="border-t border-rule">
      {articles.map((article) => (
        <li
          key={article.id}
          className={`group relative grid gap-x-6 border-b border-rule py-3 md:grid-cols-[3fr_2fr_2fr] xl:grid-cols-[2fr_1fr_1fr] ${selectable ? 'pl-10' : ''}`}
        >
          {selectable && <BulkBox id={article.id} name={article.title} />}
          <div className="min-w-0">
            <a
              href={`/dashboard/articles/${article.id}`}
              className="font-semibold wrap-anywhere after:absolute after:inset-0 group-hover:text-accent"
            >
              {article.title}
            </a>
            <p className="mt-1 flex flex-wrap gap-2">
              <State strong={article.standing !== 'published'}>
                {standingNames[article.standing]}
                {article.standing === 'scheduled' && article.scheduledFor && (
                  <>
                    {' for '}
                    <Moment date={article.scheduledFor} />
                  </>
                )}
              </State>
              {article.changed && <State strong>change to a published article</State>}
              {article.tasks.some(({ late }) => late) && <State strong>Late</State>}
            </p>
            <Tasks tasks={article.tasks} />
          </div>
          <p className="min-w-0 wrap-anywhere text-muted">
            {article.section}
            {article.issue && (
              <span className="block">
                No. {article.issue.number}, {article.issue.title}
              </span>
            )}
          </p>
          <p className="min-w-0 text-muted">
            {article.wordCount.toLocaleString('en')} words
            <span className="block wrap-anywhere">
              <Moment date={article.savedAt} day />
              {article.savedBy && `, ${article.savedBy}`}
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Who has still something to do for it; what is late says so, not by its colour alone. */
function Tasks({ tasks }: { tasks: Row['tasks'] }) {
  if (tasks.length === 0) return null;
  return (
    <ul className="mt-1 text-[0.9rem]">
      {tasks.map(({ who, task, dueOn, late }) => (
        <li key={`${task} ${who}`} className="wrap-anywhere">
          {taskNames[task]}: {who}
          {dueOn && (
            <span className={late ? 'text-accent' : 'text-muted'}>
              , {late ? 'was due on ' : 'until '}
              {dueText(dueOn)}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
