import { forgetWords, keepWords, windowName } from '#components/dashboard/desk/kept.ts';
import { recoverWords } from '#components/dashboard/desk/recovery.ts';
import type { Aside, Writer } from '#components/dashboard/desk/replies.ts';
import { Saver, type SaveState, type Snapshot } from '#components/dashboard/desk/saver.ts';
import { sayLeft, sayPresent, sendWords } from '#components/dashboard/desk/transport.ts';

/** Milliseconds between two words of a window that writes, and between two looks of one that reads along. */
const [writingBeat, readingBeat] = [5_000, 3_000];

export type DeskState = {
  mode: 'writing' | 'reading' | 'recovering';
  whyNot: string | null;
  writer: Writer | null;
  save: SaveState;
  /** Fields that kept their last value, and why. */
  refused: Record<string, string>;
  aside: Aside | null;
};

export type DeskHost<D> = {
  articleId: string;
  userId: string;
  first: { version: number; whyNot: string | null };
  snapshot: (baseValue: (name: string) => string | undefined) => Snapshot;
  /** Shows another text than before, and says `saver.settled` once it stands there. */
  show: (draft: D) => void;
  onState: (part: Partial<DeskState>) => void;
};

/** One window on an article: it saves what is written, says that it is there, and reads along where another writes. */
export class Desk<D extends { version: number }> {
  readonly saver: Saver;
  #host: DeskHost<D>;
  #mode: DeskState['mode'];
  #asking: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
  /** This browser keeps nothing, as in a private window of some: then leaving is asked about. */
  #unkept = false;

  constructor(host: DeskHost<D>) {
    this.#host = host;
    this.#mode = host.first.whyNot === null ? 'writing' : 'reading';
    const { articleId } = host;
    this.saver = new Saver(
      {
        snapshot: () => host.snapshot((name) => this.saver?.baseValue(name)),
        send: async (words, version) => sendWords(articleId, await windowName(), words, version),
        keep: (words, version) => this.#keep(words, version),
        forget: async () => forgetWords(await this.#place()).catch(() => {}),
        onState: (save) => host.onState({ save }),
        onRefused: (refused) => host.onState({ refused }),
        onAside: (aside) => this.setAside(aside),
      },
      host.first.version,
    );
  }

  start(): void {
    document.addEventListener('visibilitychange', this.#onVisible);
    window.addEventListener('pagehide', this.#onLeave);
    window.addEventListener('beforeunload', this.#onUnload);
    window.addEventListener('online', this.#onOnline);
    void this.#begin();
  }

  /** The window is closed, or shows something else. What is not sent yet is sent now or kept. */
  stop(): void {
    this.#onLeave();
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.saver.stop();
    document.removeEventListener('visibilitychange', this.#onVisible);
    window.removeEventListener('pagehide', this.#onLeave);
    window.removeEventListener('beforeunload', this.#onUnload);
    window.removeEventListener('online', this.#onOnline);
  }

  /** All that the form holds, also what is still being typed. */
  whole(): Snapshot {
    return this.#host.snapshot(() => undefined);
  }

  /** Both texts are kept: this window shows the newer one. */
  setAside(aside: Aside): void {
    this.#setMode('recovering', { aside });
    void this.ask('keep', { anew: true });
  }

  /** Asks who writes; `take`: takes over. `anew`: shows the working text in any case. */
  async ask(intent: 'keep' | 'take' = 'keep', { anew = false } = {}): Promise<void> {
    while (this.#asking) await this.#asking;
    this.#asking = this.#askOnce(intent, anew).finally(() => {
      this.#asking = null;
    });
    await this.#asking;
  }

  async #askOnce(intent: 'keep' | 'take', anew: boolean): Promise<void> {
    const { saver } = this;
    const { version } = saver;
    const asked = { window: await windowName(), known: anew ? -1 : version, intent };
    const reply = await sayPresent<D>(this.#host.articleId, asked).catch(() => null);
    if (this.#stopped || !reply) return;
    if (reply.kind === 'gone') {
      return this.#host.onState({ save: { ...reply, kind: 'refused' } });
    }
    const { mine, whyNot, writer, draft } = reply;
    this.#setMode(mine ? 'writing' : 'reading', { whyNot, writer });
    // A save of this window's own that came between answers for itself.
    if (!anew && (saver.busy || saver.version !== version)) return;
    if (!anew && (draft || !mine)) await saver.flush();
    if (draft && !this.#stopped && (anew || !saver.isDirty())) this.#host.show(draft);
  }

  #setMode(mode: DeskState['mode'], part: Partial<DeskState> = {}): void {
    this.#mode = mode;
    this.#host.onState({ mode, ...part });
  }

  /** Sends what an earlier visit left in this browser, and then says regularly that this window is there. */
  async #begin(): Promise<void> {
    const { articleId, userId, onState } = this.#host;
    const found = await recoverWords(articleId, userId, {
      onFound: () => this.#setMode('recovering'),
      onState,
    });
    if (this.#stopped) return;
    if (found === 'away') {
      this.#timer = setTimeout(() => void this.#begin(), readingBeat);
      return;
    }
    await this.ask('keep', { anew: found === 'sent' });
    this.#beatLater();
  }

  #beatLater(): void {
    if (this.#stopped) return;
    const beat = this.#mode === 'writing' ? writingBeat : readingBeat;
    this.#timer = setTimeout(async () => {
      // A window that nobody looks at holds nothing, unless it still has words to send.
      const awake = document.visibilityState === 'visible' || this.saver.isDirty();
      if (awake && !this.saver.busy) await this.ask();
      this.#beatLater();
    }, beat);
  }

  async #place() {
    const { userId, articleId } = this.#host;
    return { userId, articleId, windowName: await windowName() };
  }

  async #keep(snapshot: Snapshot, version: number): Promise<void> {
    try {
      await keepWords({ ...(await this.#place()), version, snapshot });
      this.#unkept = false;
    } catch {
      this.#unkept = true;
    }
  }

  #onVisible = (): void => {
    if (document.visibilityState === 'visible') void this.ask();
    else if (this.#mode === 'writing') void this.saver.flush();
  };

  #onLeave = (): void => {
    const { articleId } = this.#host;
    void this.saver.leave(async (words, version) =>
      sendWords(articleId, await windowName(), words, version, { leaving: true }),
    );
    void windowName().then((name) => sayLeft(articleId, name));
  };

  #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.#unkept && this.saver.isDirty()) event.preventDefault();
  };

  #onOnline = (): void => {
    if (this.#mode === 'writing') void this.saver.flush();
  };
}
