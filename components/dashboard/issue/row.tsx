'use client';

import { useDraggable } from '@dnd-kit/core';
import type { Dragged } from '#components/dashboard/issue/drag.ts';
import { Grip, SlotLine } from '#components/dashboard/issue/grip.tsx';
import { StandingMark, WordBar } from '#components/dashboard/issue/marks.tsx';
import { type MenuEntry, RowMenu } from '#components/dashboard/issue/menu.tsx';
import { NumberCell } from '#components/dashboard/issue/number.tsx';
import type { Place, Slot } from '#lib/issues/board.ts';
import type { BoardArticle } from '#lib/publishing/rules.ts';

/** One article of an issue: how far it is, its words and pages, and what can be done with it. */
export function BoardRow({
  article,
  place,
  slot,
  editorial,
  groups,
  onPlace,
}: {
  article: BoardArticle;
  place: Place;
  slot: Slot;
  editorial: boolean;
  groups: { label?: string; entries: MenuEntry[] }[];
  onPlace: (part: Partial<Omit<Place, 'articleId'>>) => void;
}) {
  const { id, title } = article;
  const dragged: Dragged = { kind: 'article', id, title, from: slot };
  const { setNodeRef, setActivatorNodeRef, listeners, attributes, isDragging } = useDraggable({
    id: `article ${id}`,
    data: dragged,
  });
  return (
    <li
      ref={setNodeRef}
      id={`article-${id}`}
      className={`border-b border-rule ${isDragging ? 'opacity-40' : ''}`}
    >
      <SlotLine
        id={`slot ${slot.department} ${slot.index}`}
        target={{ kind: 'slot', slot, text: `in ${slot.department}, before “${title}”` }}
      />
      <div className="grid grid-cols-[1.75rem_minmax(0,1fr)_2.25rem] items-start gap-x-2 py-1.5 @2xl:grid-cols-[1.75rem_minmax(0,1fr)_8rem_10.5rem_6.5rem_2.25rem] @2xl:gap-x-3">
        <Grip about={`“${title}”`} ref={setActivatorNodeRef} {...attributes} {...listeners} />
        <div className="min-w-0 pt-1">
          <a href={`/dashboard/articles/${id}`} className="quiet-link font-semibold wrap-anywhere">
            {title}
          </a>
          <p className="text-[0.85rem] wrap-anywhere text-muted">
            {article.byline || 'nobody named'}
            {editorial && <span className="text-ink"> · opens the issue</span>}
          </p>
        </div>
        <div className="@2xl:order-last">
          <RowMenu id={`menu-${id}`} about={`“${title}”`} groups={groups} />
        </div>
        <div className="col-start-2 flex flex-wrap items-start gap-x-6 gap-y-1 pt-1 @2xl:contents">
          <div className="min-w-34 @2xl:min-w-0 @2xl:pt-1.5">
            <StandingMark standing={article.standing} changed={article.changed} />
            {article.missing.length > 0 && (
              <p className="text-[0.85rem] font-semibold text-accent">
                {article.missing.join(', ')}
              </p>
            )}
          </div>
          <div className="w-46 @2xl:w-auto @2xl:pt-1">
            <WordBar written={article.wordCount} budget={place.wordBudget} />
            <NumberCell
              label="Budget"
              about={title}
              value={place.wordBudget}
              max={100_000}
              onChange={(wordBudget) => onPlace({ wordBudget })}
            />
          </div>
          <div className="flex flex-wrap gap-x-3 gap-y-1 @2xl:flex-col @2xl:items-end @2xl:pt-1">
            <NumberCell
              label="Page"
              about={title}
              value={place.page}
              max={2_000}
              onChange={(page) => onPlace({ page })}
            />
            <NumberCell
              label="Length"
              about={title}
              value={place.pageCount}
              max={500}
              onChange={(pageCount) => onPlace({ pageCount })}
            />
          </div>
        </div>
      </div>
    </li>
  );
}
