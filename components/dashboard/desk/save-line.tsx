import type { SaveState } from '#components/dashboard/desk/saver.ts';

/** Where the words are, in a line. What is no trouble is said quietly; what is, is read out. */
export function SaveLine({ state, message }: { state: SaveState; message: string }) {
  const troubled = state.kind === 'offline' || state.kind === 'refused';
  return (
    <>
      <p
        className={`min-w-40 text-[0.9rem] ${troubled ? 'font-semibold text-accent' : 'text-muted'}`}
        data-save={state.kind}
        aria-hidden="true"
      >
        {textOf(state)}
      </p>
      <p role="status" className="sr-only">
        {troubled ? textOf(state) : message ? '' : state.kind === 'saved' ? 'Saved' : ''}
      </p>
    </>
  );
}

function textOf(state: SaveState): string {
  switch (state.kind) {
    case 'unchanged':
      return 'All is saved';
    case 'changed':
      return 'Writing…';
    case 'saving':
      return 'Saving…';
    case 'saved':
      return `Saved at ${timeOf(state.at)}`;
    case 'offline':
      return 'Offline: kept in this browser';
    case 'refused':
      return `Not saved: ${state.message}${state.signedOut ? ' Sign in again in another window: the words are kept in this browser.' : ''}`;
  }
}

/** In the reader's own time: it is about now. */
export function timeOf(at: Date): string {
  return at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
