'use client';

import { useEffect, useRef, useState } from 'react';
import type { Plan } from '#lib/issues/board.ts';
import type { Board, BoardArticle } from '#lib/publishing/rules.ts';

/** What the server says to a new plan. Refused, it sends what stands now instead. */
export type ArrangeAnswer =
  | { ok: true; version: string }
  | { ok: false; message: string; board: Board | null };

export type Arrange = (change: { version: string; plan: Plan }) => Promise<ArrangeAnswer>;

export type Saving = 'still' | 'saving' | 'saved' | 'failed';

/**
 * The plan as its board shows it: every change is there at once and sent at once, one after the other. Where somebody
 * else was faster, the board shows theirs and says so; where nobody answers, the change stays and is sent on request.
 * `onTheirs` is called when the page brought another plan than the one that was made here.
 */
export function usePlan(board: Board, arrange: Arrange, onTheirs: (theirs: Plan) => void) {
  const [plan, setPlan] = useState(board.plan);
  const [brought, setBrought] = useState<BoardArticle[]>([]);
  const [saving, setSaving] = useState<Saving>('still');
  const [refusal, setRefusal] = useState('');
  const [former, setFormer] = useState<Plan[]>([]);
  const version = useRef(board.version);
  const wanted = useRef<Plan | null>(null);
  const busy = useRef(false);
  const told = useRef(onTheirs);
  told.current = onTheirs;

  useEffect(() => {
    if (busy.current || wanted.current || board.version === version.current) return;
    version.current = board.version;
    setPlan(board.plan);
    setFormer([]);
    setSaving('still');
    told.current(board.plan);
  }, [board]);

  const send = async () => {
    if (busy.current) return;
    busy.current = true;
    setSaving('saving');
    setRefusal('');
    let state: Saving = 'saved';
    while (wanted.current) {
      const next = wanted.current;
      wanted.current = null;
      const answer = await arrange({ version: version.current, plan: next }).catch(() => null);
      if (answer?.ok) {
        version.current = answer.version;
        continue;
      }
      state = 'failed';
      if (!answer) {
        wanted.current ??= next;
        setRefusal('Not saved: the server does not answer.');
        break;
      }
      wanted.current = null;
      setRefusal(answer.message);
      setFormer([]);
      if (answer.board) {
        const { board: theirs } = answer;
        version.current = theirs.version;
        setPlan(theirs.plan);
        setBrought((before) => [...before, ...theirs.articles]);
      }
    }
    busy.current = false;
    setSaving(state);
  };

  const show = (next: Plan) => {
    setPlan(next);
    wanted.current = next;
    send().catch(() => setSaving('failed'));
  };

  const known = new Map([...brought, ...board.articles].map((article) => [article.id, article]));
  return {
    plan,
    article: (id: string): BoardArticle => known.get(id) ?? { ...unknown, id },
    saving,
    refusal,
    /** Whether changes wait for the server to answer again. */
    unsent: saving === 'failed' && wanted.current !== null,
    /** Whether a change is on its way, or waits to be. */
    isSending: () => busy.current || wanted.current !== null,
    retry: () => send(),
    change: (next: Plan, added?: BoardArticle) => {
      if (added) setBrought((before) => [...before, added]);
      setFormer((before) => [...before.slice(-19), plan]);
      show(next);
    },
    /** Takes the last change back; `null` where there is none. */
    undo:
      former.length === 0
        ? null
        : () => {
            const last = former.at(-1);
            setFormer((before) => before.slice(0, -1));
            if (last) show(last);
          },
  };
}

const unknown: Omit<BoardArticle, 'id'> = {
  title: 'An article',
  byline: '',
  standing: 'draft',
  changed: false,
  wordCount: 0,
  missing: [],
};
