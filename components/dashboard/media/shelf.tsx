'use client';

import { useEffect, useId, useState } from 'react';
import { mediaGrid } from '#components/dashboard/media/grid.tsx';
import { Thumb } from '#components/dashboard/media/thumb.tsx';
import { type Picture, pictureCount } from '#lib/media/rules.ts';

type Shelf = { pictures: (Picture & { filename: string })[]; total: number; pages: number };

/** Milliseconds that typing rests before the library is asked. */
const rest = 200;

/** The library, to choose from: one press takes a picture, or, where `several`, puts it in or out. */
export function PictureShelf({
  several,
  chosen,
  onChoose,
}: {
  several: boolean;
  chosen: Picture[];
  onChoose: (picture: Picture) => void;
}) {
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const { shelf, failed } = useShelf(search, page);
  const id = useId();
  const count = pictureCount(shelf?.total ?? 0, search.trim() !== '');
  const place = shelf && shelf.pages > 1 ? `, page ${page} of ${shelf.pages}` : '';
  return (
    <section aria-labelledby={`${id}-title`} className="mt-6">
      <h3 id={`${id}-title`} className="border-b border-rule pb-1 font-semibold">
        From the library
      </h3>
      <div className="my-3 flex flex-wrap items-end gap-x-4 gap-y-1">
        <div className="min-w-0 flex-[0_1_18rem]">
          <label htmlFor={id} className="block text-[0.85rem] text-muted">
            Name, description or credit holds
          </label>
          <input
            id={id}
            type="search"
            value={search}
            className="field"
            onChange={(event) => {
              setSearch(event.currentTarget.value);
              setPage(1);
            }}
          />
        </div>
        <p role="status" className="py-2 text-[0.9rem] text-muted">
          {failed ? 'The library can’t be reached. Try again.' : shelf ? count + place : 'Looking…'}
        </p>
      </div>
      <ul className={mediaGrid} aria-label="Pictures of the library">
        {shelf?.pictures.map((picture) => {
          const place = chosen.findIndex((one) => one.id === picture.id);
          return (
            <li key={picture.id} className="min-w-0">
              <button
                type="button"
                onClick={() => onChoose(picture)}
                aria-pressed={several ? place >= 0 : undefined}
                className="group relative block w-full text-left"
              >
                <Thumb
                  picture={picture}
                  className={`aspect-square w-full ${place >= 0 ? 'outline-4 outline-accent' : ''}`}
                />
                {place >= 0 && (
                  <span className="absolute top-2 left-2 grid size-7 place-items-center bg-accent text-on-accent">
                    <span className="sr-only">Number </span>
                    {place + 1}
                  </span>
                )}
                <span className="mt-1.5 line-clamp-2 text-[0.9rem] leading-snug wrap-anywhere group-hover:text-accent">
                  {picture.alt}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {shelf && shelf.pages > 1 && (
        <div className="mt-4 flex gap-6">
          {page > 1 && (
            <button type="button" className="link py-2" onClick={() => setPage(page - 1)}>
              Newer pictures
            </button>
          )}
          {page < shelf.pages && (
            <button type="button" className="link py-2" onClick={() => setPage(page + 1)}>
              Older pictures
            </button>
          )}
        </div>
      )}
    </section>
  );
}

/** A page of the library, asked for when typing rests; what was there stays until the next is. */
function useShelf(search: string, page: number): { shelf: Shelf | null; failed: boolean } {
  const [shelf, setShelf] = useState<Shelf | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const end = new AbortController();
    const look = async () => {
      const query = new URLSearchParams({ q: search, page: String(page) });
      try {
        const answer = await fetch(`/dashboard/media/library?${query}`, { signal: end.signal });
        if (!answer.ok) throw new Error(String(answer.status));
        setShelf(await answer.json());
        setFailed(false);
      } catch {
        if (!end.signal.aborted) setFailed(true);
      }
    };
    const timer = setTimeout(() => void look(), search ? rest : 0);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [search, page]);
  return { shelf, failed };
}
