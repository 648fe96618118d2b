'use client';

import { useDraggable, useDroppable } from '@dnd-kit/core';
import { useEffect, useRef, useState } from 'react';
import type { Dragged, Target } from '#components/dashboard/issue/drag.ts';
import { Grip } from '#components/dashboard/issue/grip.tsx';
import { StandingMark, wordsText } from '#components/dashboard/issue/marks.tsx';
import { RowMenu } from '#components/dashboard/issue/menu.tsx';
import type { BoardArticle } from '#lib/publishing/rules.ts';

export type Tray = { articles: BoardArticle[]; more: boolean };
export type SearchTray = (search: string) => Promise<Tray>;

const outside: Target = { kind: 'tray', text: 'out of the issue' };

/** The articles that stand in no issue, with a search in their titles. Where they are dropped, they are taken out. */
export function BoardTray({
  tray,
  search,
  placed,
  departments,
  onFound,
  onPlace,
}: {
  tray: Tray;
  search: SearchTray;
  /** Whether an article stands in the issue by now. */
  placed: (id: string) => boolean;
  departments: string[];
  /** Says which articles are known now, so that a dropped one can be shown. */
  onFound: (articles: BoardArticle[]) => void;
  onPlace: (article: BoardArticle, department: string) => void;
}) {
  const { setNodeRef, isOver } = useDroppable({ id: 'tray', data: outside });
  const [found, setFound] = useState<{ for: string; tray: Tray } | null>(null);
  const [words, setWords] = useState('');
  const told = useRef(onFound);
  told.current = onFound;
  useEffect(() => {
    if (words.trim() === '') return setFound(null);
    let late = false;
    const soon = setTimeout(async () => {
      const answer = await search(words).catch(() => null);
      if (late || !answer) return;
      setFound({ for: words, tray: answer });
      told.current(answer.articles);
    }, 200);
    return () => {
      late = true;
      clearTimeout(soon);
    };
  }, [words, search]);
  const { articles, more } = found?.tray ?? tray;
  const shown = articles.filter(({ id }) => !placed(id));
  return (
    <section
      ref={setNodeRef}
      aria-labelledby="tray-title"
      className={`border p-3 max-2xl:mt-6 ${isOver ? 'border-accent' : 'border-rule'}`}
    >
      <h3 id="tray-title" className="font-semibold">
        In no issue yet
      </h3>
      <label className="mt-1 block text-[0.85rem] text-muted">
        Find by title
        <input
          type="search"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          className="field mt-0.5 text-ink"
          autoComplete="off"
        />
      </label>
      <p role="status" className="sr-only">
        {found && `${shown.length} articles found`}
      </p>
      {shown.length === 0 ? (
        <p className="mt-2 text-[0.9rem] text-muted">
          {words ? 'No title holds that.' : 'Every article stands in an issue.'}
        </p>
      ) : (
        <ul className="mt-2 max-h-[70vh] overflow-y-auto">
          {shown.map((article) => (
            <TrayRow
              key={article.id}
              article={article}
              departments={departments}
              onPlace={(department) => onPlace(article, department)}
            />
          ))}
        </ul>
      )}
      {more && <p className="mt-2 text-[0.85rem] text-muted">There are more: search for them.</p>}
    </section>
  );
}

function TrayRow({
  article,
  departments,
  onPlace,
}: {
  article: BoardArticle;
  departments: string[];
  onPlace: (department: string) => void;
}) {
  const { id, title } = article;
  const dragged: Dragged = { kind: 'article', id, title, from: null };
  const { setNodeRef, setActivatorNodeRef, listeners, attributes, isDragging } = useDraggable({
    id: `tray ${id}`,
    data: dragged,
  });
  return (
    <li
      ref={setNodeRef}
      className={`grid grid-cols-[1.75rem_minmax(0,1fr)_2.25rem] gap-x-1 border-t border-rule py-1.5 ${isDragging ? 'opacity-40' : ''}`}
    >
      <Grip about={`“${title}”`} ref={setActivatorNodeRef} {...attributes} {...listeners} />
      <div className="min-w-0 pt-1">
        <p className="leading-snug wrap-anywhere">{title}</p>
        <p className="flex flex-wrap gap-x-3 text-[0.85rem] text-muted">
          <StandingMark standing={article.standing} changed={article.changed} />
          {wordsText(article.wordCount)}
        </p>
      </div>
      <RowMenu
        id={`menu-${id}`}
        about={`“${title}”`}
        groups={[
          {
            label: departments.length > 0 ? 'Place in' : 'Add a department first',
            entries: departments.map((name) => ({ name, act: () => onPlace(name) })),
          },
        ]}
      />
    </li>
  );
}
