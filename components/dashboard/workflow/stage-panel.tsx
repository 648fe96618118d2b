'use client';

import { useCallback } from 'react';
import {
  ActionForm,
  type FormAction,
  type FormAnswer,
  TextArea,
} from '#components/dashboard/action-form.tsx';
import { flushArticle } from '#components/dashboard/flush.ts';
import { Moment } from '#components/dashboard/moment.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import {
  isBack,
  type Stage,
  type Standing,
  skippedAt,
  stageNames,
  stages,
  standingNames,
  standings,
} from '#lib/workflow/rules.ts';

type Move = { id: string; at: Date; who: string; from: Stage; to: Stage; note: string };

type Workflow = {
  articleId: string;
  stage: Stage;
  standing: Standing;
  moves: Stage[];
  whyNot: string | null;
  mayPublish: boolean;
  history: Move[];
};

/** Where the article stands, and the buttons that move it on or back. */
export function WorkflowPanel({ workflow, move }: { workflow: Workflow; move: FormAction }) {
  const { articleId, stage, standing, moves, whyNot, mayPublish, history } = workflow;
  const action = useCallback(
    async (before: FormAnswer | null, form: FormData) => {
      // Once it is handed in its text rests: what was just typed goes first.
      await flushArticle();
      return move(before, form);
    },
    [move],
  );
  const next = moves.find((to) => stages.indexOf(to) === stages.indexOf(stage) + 1);
  const others = moves.filter((to) => to !== next);
  const skipped = mayPublish && standing !== 'published' ? skippedAt(stage) : null;
  return (
    <Panel title="Workflow">
      <Track standing={standing} />
      {standing === 'published' && (
        <p className="text-muted">Published. A change to it begins as a draft.</p>
      )}
      {whyNot && standing !== 'published' && <p className="mb-3">{whyNot}</p>}
      {skipped && (
        <p className="mb-3 text-[0.9rem] text-muted">Publishing it now would skip {skipped}.</p>
      )}
      {moves.length > 0 && (
        <ActionForm action={action} label="Workflow">
          <input type="hidden" name="id" value={articleId} />
          <input type="hidden" name="from" value={stage} />
          {next && (
            <button
              type="submit"
              name="to"
              value={next}
              className={`button w-full ${mayPublish ? 'button-quiet' : ''}`}
            >
              {forward[next]}
            </button>
          )}
          {others.length > 0 && (
            // Anew at each stage: a reason is for one move.
            <details key={stage} className="mt-3">
              <summary className="w-fit cursor-pointer py-1">
                {next ? 'Another stage' : 'Back a stage'}
              </summary>
              <TextArea
                name="note"
                label="Why"
                hint="If you like. It stands in the history, and in the mail when it goes back to draft."
                rows={2}
                className="mt-2"
              />
              <div className="mt-3 flex flex-wrap gap-2">
                {others.map((to) => (
                  <button
                    key={to}
                    type="submit"
                    name="to"
                    value={to}
                    className="button button-quiet"
                  >
                    {isBack(stage, to) ? back[to] : forward[to]}
                  </button>
                ))}
              </div>
            </details>
          )}
        </ActionForm>
      )}
      {history.length > 0 && <History moves={history} />}
    </Panel>
  );
}

const forward: Record<Stage, string> = {
  draft: 'To draft',
  in_review: 'Hand in for review',
  copy_edited: 'Copy-edited',
  ready: 'Ready to publish',
};

const back: Record<Stage, string> = {
  draft: 'Back to draft',
  in_review: 'Back to review',
  copy_edited: 'Back to copy-editing',
  ready: 'Back to ready',
};

/** The whole way, in two rows of three, and how far it has come. */
function Track({ standing }: { standing: Standing }) {
  const reached = standings.indexOf(standing);
  return (
    <ol className="mb-4 grid grid-cols-3 gap-x-1 gap-y-2" aria-label="Stages">
      {standings.map((name, index) => (
        <li
          key={name}
          aria-current={index === reached ? 'step' : undefined}
          className={`border-t-4 pt-1 text-[0.8rem] leading-tight hyphens-auto ${
            index <= reached ? 'border-accent' : 'border-rule'
          } ${index === reached ? 'font-semibold' : 'text-muted'}`}
        >
          {standingNames[name]}
        </li>
      ))}
    </ol>
  );
}

function History({ moves }: { moves: Move[] }) {
  return (
    <details className="mt-2">
      <summary className="w-fit cursor-pointer py-1">
        {moves.length === 1 ? '1 move so far' : `${moves.length} moves so far`}
      </summary>
      <ol className="mt-1 text-[0.9rem]">
        {moves.map(({ id, at, who, from, to, note }) => (
          <li key={id} className="border-b border-rule py-2">
            <p className="wrap-anywhere">
              {stageNames[from]} <span aria-hidden="true">→</span>
              <span className="sr-only"> to </span> {stageNames[to]}{' '}
              <span className="text-muted">· {who}</span>
            </p>
            <p className="text-muted">
              <Moment date={at} />
            </p>
            {note && <p className="mt-1 whitespace-pre-wrap wrap-anywhere">“{note}”</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}
