import { closePreview, makePreview } from '#app/dashboard/preview-actions.ts';
import { AssignmentsPanel } from '#components/dashboard/workflow/assignments-panel.tsx';
import { CommentsPanel } from '#components/dashboard/workflow/comments-panel.tsx';
import { PreviewPanel } from '#components/dashboard/workflow/preview-panel.tsx';
import { WorkflowPanel } from '#components/dashboard/workflow/stage-panel.tsx';
import type { Person } from '#lib/users/rules.ts';
import { publicationDay } from '#lib/workflow/day.ts';
import {
  findWorkflow,
  listAssignments,
  listColleagues,
  listPreviews,
} from '#lib/workflow/queries.ts';
import { listComments } from '#lib/workflow/threads.ts';
import { assign, changeTask, changeThread, comment, move } from './workflow-actions.ts';

/** How far the article is, who has what to do for it, what is said about it, and who may look at it beforehand. */
export async function WorkflowPanels({ actor, articleId }: { actor: Person; articleId: string }) {
  const [workflow, assignments, colleagues, comments, previews, today] = await Promise.all([
    findWorkflow(actor, articleId),
    listAssignments(actor, articleId),
    listColleagues(actor),
    listComments(actor, articleId),
    listPreviews(actor, { articleId }),
    publicationDay(),
  ]);
  if (!workflow) return null;
  return (
    <>
      <WorkflowPanel workflow={workflow} move={move} />
      <AssignmentsPanel
        articleId={articleId}
        assignments={assignments}
        colleagues={workflow.mayAssign ? colleagues : null}
        today={today}
        assign={assign}
        change={changeTask}
      />
      {comments && (
        <CommentsPanel
          articleId={articleId}
          threads={comments.threads}
          people={comments.people}
          write={comment}
          change={changeThread}
        />
      )}
      {previews && (
        <PreviewPanel
          of={{ name: 'articleId', id: articleId }}
          links={previews}
          make={makePreview}
          close={closePreview}
        />
      )}
    </>
  );
}
