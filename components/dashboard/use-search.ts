import { useEffect, useState } from 'react';
import type { SearchResult } from '#components/dashboard/search-results.ts';

/** How long somebody stops typing before the server is asked, in milliseconds. */
const pause = 150;

type State =
  | { kind: 'idle' }
  | { kind: 'asking' }
  | { kind: 'found'; results: SearchResult[] }
  | { kind: 'failed' };

/** Asks the server for what was typed, once the typing pauses; an answer that was overtaken is never shown. */
export function useSearch(typed: string): State {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const terms = typed.trim();
  useEffect(() => {
    if (terms.length < 2) return setState({ kind: 'idle' });
    const overtaken = new AbortController();
    const ask = async () => {
      try {
        const answer = await fetch(`/dashboard/search/results?q=${encodeURIComponent(terms)}`, {
          signal: overtaken.signal,
        });
        if (!answer.ok) throw new Error(`The search answered ${answer.status}`);
        const { results } = (await answer.json()) as { results: SearchResult[] };
        if (!overtaken.signal.aborted) setState({ kind: 'found', results });
      } catch {
        if (!overtaken.signal.aborted) setState({ kind: 'failed' });
      }
    };
    setState((before) => (before.kind === 'found' ? before : { kind: 'asking' }));
    const timer = setTimeout(() => void ask(), pause);
    return () => {
      clearTimeout(timer);
      overtaken.abort();
    };
  }, [terms]);
  return state;
}
