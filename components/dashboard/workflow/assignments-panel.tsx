import {
  ActionForm,
  Choice,
  type FormAction,
  TextField,
} from '#components/dashboard/action-form.tsx';
import { State } from '#components/dashboard/heading.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { Press } from '#components/dashboard/press.tsx';
import { dueText } from '#components/dashboard/workflow/due.ts';
import { type Colleague, type Task, taskNames, tasks } from '#lib/workflow/rules.ts';

type Assignment = {
  id: string;
  who: string;
  task: Task;
  dueOn: string | null;
  doneAt: Date | null;
  late: boolean;
  mayFinish: boolean;
};

/** Who has what to do for the article, until when. `colleagues`: for who may give out work; else `null`. */
export function AssignmentsPanel({
  articleId,
  assignments,
  colleagues,
  today,
  assign,
  change,
}: {
  articleId: string;
  assignments: Assignment[];
  colleagues: Colleague[] | null;
  /** Where the publication is, as `2026-11-23`. */
  today: string;
  assign: FormAction;
  change: FormAction;
}) {
  return (
    <Panel title="To do">
      <ActionForm action={change} label="To do">
        {assignments.length === 0 && (
          <p className="text-muted">Nobody has anything to do for it.</p>
        )}
        <ul>
          {assignments.map((assignment) => (
            <Row key={assignment.id} assignment={assignment} mayWithdraw={colleagues !== null} />
          ))}
        </ul>
      </ActionForm>
      {colleagues && (
        <details>
          <summary className="w-fit cursor-pointer py-1">Give somebody a task</summary>
          <ActionForm action={assign} label="Give a task" className="mt-2 space-y-3">
            <input type="hidden" name="id" value={articleId} />
            <Choice
              name="task"
              label="What"
              options={tasks.map((task) => ({ value: task, label: taskNames[task] }))}
            />
            <Choice
              name="userId"
              label="Who"
              options={colleagues.map(({ userId, name, email }) => ({
                value: userId,
                label: name ? `${name}, ${email}` : email,
              }))}
            />
            <TextField
              name="dueOn"
              label="Until"
              type="date"
              hint={`May stay empty. Today is ${dueText(today)}.`}
            />
            <button type="submit" className="button button-quiet">
              Give
            </button>
          </ActionForm>
        </details>
      )}
    </Panel>
  );
}

function Row({ assignment, mayWithdraw }: { assignment: Assignment; mayWithdraw: boolean }) {
  const { id, who, task, dueOn, doneAt, late, mayFinish } = assignment;
  const about = `${taskNames[task]}, ${who}`;
  return (
    <li className="border-b border-rule py-2">
      <p className={`flex flex-wrap items-baseline gap-x-2 ${doneAt ? 'text-muted' : ''}`}>
        <span className="font-semibold">{taskNames[task]}</span>
        <span className="min-w-0 wrap-anywhere">{who}</span>
        {doneAt ? <State>done</State> : late && <State strong>late</State>}
      </p>
      {dueOn && !doneAt && (
        <p className="text-[0.9rem] text-muted">
          until <time dateTime={dueOn}>{dueText(dueOn)}</time>
        </p>
      )}
      {(mayFinish || mayWithdraw) && (
        <div className="mt-1 flex flex-wrap gap-2">
          {mayFinish && (
            <Press
              intent={`${doneAt ? 'open' : 'done'} ${id}`}
              name={doneAt ? 'Not done' : 'Done'}
              about={about}
            />
          )}
          {mayWithdraw && <Press intent={`withdraw ${id}`} name="Remove" about={about} />}
        </div>
      )}
    </li>
  );
}
