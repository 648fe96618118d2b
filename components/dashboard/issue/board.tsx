'use client';

import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { useEffect, useRef, useState } from 'react';
import { BoardDepartment } from '#components/dashboard/issue/department.tsx';
import {
  announcements,
  type Dragged,
  draggedOf,
  instructions,
  nearestTarget,
  nextSlot,
  targetOf,
} from '#components/dashboard/issue/drag.ts';
import { SlotLine } from '#components/dashboard/issue/grip.tsx';
import { articleMenu, departmentMenu } from '#components/dashboard/issue/menus.ts';
import { NameForm } from '#components/dashboard/issue/name.tsx';
import { FlatPlanStrip } from '#components/dashboard/issue/pages.tsx';
import { type Arrange, usePlan } from '#components/dashboard/issue/plan-state.ts';
import { BoardRow } from '#components/dashboard/issue/row.tsx';
import { BoardState, BoardTotals } from '#components/dashboard/issue/totals.tsx';
import { BoardTray, type SearchTray, type Tray } from '#components/dashboard/issue/tray.tsx';
import { isOccupied, useIssueWatch } from '#components/dashboard/issue/watch.ts';
import { Panel } from '#components/dashboard/panel.tsx';
import * as board from '#lib/issues/board.ts';
import type { Board, BoardArticle } from '#lib/publishing/rules.ts';

export type BoardActions = {
  arrange: Arrange;
  search: SearchTray;
  /** Both answer in words how it went. */
  chooseEditorial: (articleId: string | null) => Promise<string>;
  moveToIssue: (issueId: string, articleId: string, department: string) => Promise<string>;
};

/** An issue's plan: departments and articles to drag, or to move by menus and keys; each change is saved at once. */
export function IssueBoard({
  issue,
  mark,
  shown,
  tray,
  others,
  actions,
}: {
  issue: { id: string; pageCount: number | null; editorialId: string | null };
  /** The name of all that the page shows, which the window asks about. */
  mark: string;
  shown: Board;
  tray: Tray;
  /** Issues that articles can be moved to. */
  others: { id: string; name: string }[];
  actions: BoardActions;
}) {
  const someoneElse = useRef(false);
  /** Whose menu gets the focus as soon as it stands there. */
  const focus = useRef<{ id: string; department: string | undefined } | null>(null);
  const { plan, article, change, isSending, ...state } = usePlan(
    shown,
    actions.arrange,
    (theirs) => {
      const id = focusedRow();
      const department = id && board.slotOf(theirs, id)?.department;
      // A row that goes to another department takes the focus with it, to its menu.
      if (id && board.slotOf(plan, id)?.department !== department)
        focus.current = { id, department };
      if (someoneElse.current) setTold('A colleague changed the plan: this is how it stands now.');
      someoneElse.current = false;
    },
  );
  const found = useRef(new Map<string, BoardArticle>());
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const [told, setTold] = useState('');
  useIssueWatch(issue.id, {
    mark,
    busy: () => dragged !== null || isSending() || isOccupied(),
    onOther: () => {
      someoneElse.current = true;
    },
  });
  useEffect(() => {
    const wish = focus.current;
    if (!wish || board.slotOf(plan, wish.id)?.department !== wish.department) return;
    document.getElementById(`menu-${wish.id}`)?.focus();
    focus.current = null;
  });
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: nextSlot }),
  );
  const known = (id: string) =>
    found.current.get(id) ?? tray.articles.find((one) => one.id === id) ?? article(id);
  const drop = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    const moved = draggedOf(active.data);
    const target = targetOf(over?.data);
    if (!moved || !target) return;
    if (moved.kind === 'department') {
      if (target.kind === 'department-slot') {
        change(board.moveDepartment(plan, moved.name, target.index));
      }
      return;
    }
    if (target.kind === 'tray') {
      if (moved.from) change(board.takeOut(plan, moved.id));
    } else if (target.kind === 'slot' && !sameSlot(moved.from, target.slot)) {
      change(board.moveTo(plan, moved.id, target.slot), known(moved.id));
    }
  };
  const move = (id: string, next: board.Plan) => {
    const slot = board.slotOf(next, id);
    focus.current = { id, department: slot?.department };
    change(next, known(id));
    const places = next.find(({ name }) => name === slot?.department)?.places ?? [];
    if (slot) setTold(`Moved to ${slot.department}, ${slot.index + 1} of ${places.length}.`);
  };
  const tell = (answer: Promise<string>) => {
    answer.then(setTold, () => setTold('Not done: the server does not answer.'));
  };
  const endOf = (name: string) => ({
    department: name,
    index: plan.find((one) => one.name === name)?.places.length ?? 0,
  });
  const names = plan.map(({ name }) => name);

  const articleGroups = (id: string, department: string) =>
    articleMenu({
      plan,
      id,
      department,
      opens: issue.editorialId === id,
      others,
      move: (next) => move(id, next),
      takeOut: () => change(board.takeOut(plan, id)),
      open: (chosen) => tell(actions.chooseEditorial(chosen)),
      moveToIssue: (issueId) => {
        someoneElse.current = false;
        tell(actions.moveToIssue(issueId, id, department));
      },
    });

  return (
    <>
      <Panel title="Plan" aside={<BoardTotals plan={plan} article={article} issue={issue} />}>
        <BoardState {...state} told={told} />
        <DndContext
          id="board"
          sensors={sensors}
          collisionDetection={nearestTarget}
          accessibility={{ announcements, screenReaderInstructions: { draggable: instructions } }}
          onDragStart={({ active }: DragStartEvent) => setDragged(draggedOf(active.data))}
          onDragCancel={() => setDragged(null)}
          onDragEnd={drop}
        >
          <div className="gap-8 2xl:grid 2xl:grid-cols-[minmax(0,1fr)_20rem]">
            <div className="@container min-w-0">
              {plan.map(({ name, places }, index) => (
                <BoardDepartment
                  key={name}
                  name={name}
                  index={index}
                  count={places.length}
                  words={places.reduce((sum, one) => sum + article(one.articleId).wordCount, 0)}
                  entries={departmentMenu(plan, index, change)}
                  problem={(typed) => board.nameProblem(plan, typed, name)}
                  onRename={(next) => change(board.renameDepartment(plan, name, next))}
                >
                  {places.map((place, at) => (
                    <BoardRow
                      key={place.articleId}
                      article={article(place.articleId)}
                      place={place}
                      slot={{ department: name, index: at }}
                      editorial={issue.editorialId === place.articleId}
                      groups={articleGroups(place.articleId, name)}
                      onPlace={(part) => change(board.setPlace(plan, place.articleId, part))}
                    />
                  ))}
                </BoardDepartment>
              ))}
              <SlotLine
                id={`department-slot ${plan.length}`}
                target={{ kind: 'department-slot', index: plan.length, text: 'at the end' }}
              />
              <NameForm
                label="A further department"
                button="Add"
                problem={(typed) => board.nameProblem(plan, typed)}
                onName={(name) => change(board.addDepartment(plan, name))}
              />
            </div>
            <BoardTray
              tray={tray}
              search={actions.search}
              placed={(id) => board.slotOf(plan, id) !== null}
              departments={names}
              onFound={(articles) => {
                for (const one of articles) found.current.set(one.id, one);
              }}
              onPlace={(one, name) => {
                found.current.set(one.id, one);
                move(one.id, board.moveTo(plan, one.id, endOf(name)));
              }}
            />
          </div>
          <DragOverlay dropAnimation={null}>
            {dragged && (
              <p className="border border-ink bg-paper px-3 py-2 font-semibold wrap-anywhere shadow-md">
                {dragged.kind === 'article' ? dragged.title : dragged.name}
              </p>
            )}
          </DragOverlay>
        </DndContext>
      </Panel>
      <Panel title="Pages" id="pages">
        <FlatPlanStrip
          plan={plan}
          pageCount={issue.pageCount}
          titleOf={(id) => article(id).title}
          onNumber={(first) => change(board.numberPages(plan, first))}
        />
      </Panel>
    </>
  );
}

/** The article in whose row the focus is. */
function focusedRow(): string | undefined {
  return document.activeElement?.closest('li[id^="article-"]')?.id.slice('article-'.length);
}

function sameSlot(one: board.Slot | null, other: board.Slot): boolean {
  return one?.department === other.department && one.index === other.index;
}
