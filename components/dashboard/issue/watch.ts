'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useTransition } from 'react';

/** So often a window asks whether its issue is still as it shows it, in milliseconds. */
const interval = 5_000;

/**
 * Brings the page of an issue up to date when somebody else has changed it: it asks while the window is looked at, and at
 * once when somebody comes back to it. `busy` says that something is under way here; then nothing moves until it is done.
 * `onOther` is called before what changed is shown.
 */
export function useIssueWatch(
  issueId: string,
  { mark, busy, onOther }: { mark: string; busy: () => boolean; onOther: () => void },
): void {
  const router = useRouter();
  const [loading, load] = useTransition();
  const state = useRef({ mark, busy, onOther, loading });
  state.current = { mark, busy, onOther, loading };
  useEffect(() => {
    let asking = false;
    const rests = () => asking || document.hidden || state.current.loading || state.current.busy();
    const look = async () => {
      if (rests()) return;
      asking = true;
      const seen = state.current.mark;
      const answer = await fetch(`/dashboard/issues/${issueId}/mark`, {
        headers: { 'if-none-match': `"${seen}"` },
        cache: 'no-store',
      }).catch(() => null);
      asking = false;
      // A change of one's own may have come in between: then the next question tells.
      const other = answer?.status === 204 && state.current.mark === seen;
      if (!other || rests()) return;
      state.current.onOther();
      load(() => router.refresh());
    };
    const timer = setInterval(look, interval);
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
    };
  }, [issueId, router]);
}

/** Whether somebody types, or has a menu or a dialogue open: what stands there must not move now. */
export function isOccupied(): boolean {
  const { activeElement } = document;
  return (
    activeElement?.matches('input, textarea, select, [contenteditable=true]') === true ||
    document.querySelector('[role=menu], [role=dialog]') !== null
  );
}
