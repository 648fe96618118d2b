import type { Aside, SaveReply } from '#components/dashboard/desk/replies.ts';

/** The form's fields as they are sent, and the text, as JSON; `null` while the editor isn't there yet. */
export type Snapshot = { head: [name: string, value: string][]; body: string | null };

export type SaveState =
  | { kind: 'unchanged' }
  | { kind: 'changed' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: Date; version: number }
  /** The server can't be reached. */
  | { kind: 'offline' }
  | { kind: 'refused'; message: string; signedOut: boolean };

export type SaverHost = {
  snapshot: () => Snapshot;
  /** Throws where the server can't be reached or fails. */
  send: (snapshot: Snapshot, version: number) => Promise<SaveReply>;
  /** Keeps the words in this browser. */
  keep: (snapshot: Snapshot, version: number) => Promise<void>;
  forget: () => Promise<void>;
  onState: (state: SaveState) => void;
  onRefused: (fields: Record<string, string>) => void;
  onAside: (aside: Aside) => void;
};

/** Milliseconds: from the last change to a save, at the longest while changes go on, to the browser's own copy. */
const [pause, longest, keepPause] = [1_500, 14_000, 300];
const [firstRetry, lastRetry] = [2_000, 15_000];

/** Saves what is written, a while after each change, one save at a time, and keeps it in the browser until it is saved. */
export class Saver {
  #host: SaverHost;
  #version: number;
  #base: Snapshot;
  #changedSince = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | null = null;
  #retry = firstRetry;
  #stopped = false;
  #saved: SaveState = { kind: 'unchanged' };
  #said: SaveState = this.#saved;

  constructor(host: SaverHost, version: number) {
    this.#host = host;
    this.#version = version;
    this.#base = host.snapshot();
  }

  get version(): number {
    return this.#version;
  }

  get busy(): boolean {
    return this.#sending !== null;
  }

  /** What was there `at` this moment is what the server has, at this version; `saved`: since a button was pressed. */
  settled(
    version: number,
    { at = this.#host.snapshot(), saved = false }: { at?: Snapshot; saved?: boolean } = {},
  ): void {
    this.#version = version;
    this.#base = at;
    this.#changedSince = 0;
    clearTimeout(this.#timer);
    clearTimeout(this.#keepTimer);
    this.#say(saved ? { kind: 'saved', at: new Date(), version } : this.#saved);
    void this.#host.forget();
  }

  /** The editor has come: its text, as it stands, is the one that was loaded. */
  settledBody(): void {
    this.#base = { ...this.#base, body: this.#host.snapshot().body };
  }

  /** What a field held when it was last saved. */
  baseValue(name: string): string | undefined {
    return this.#base.head.find(([known]) => known === name)?.[1];
  }

  isDirty(): boolean {
    return !same(this.#host.snapshot(), this.#base);
  }

  /** Something may have been changed: a button of the form was pressed. */
  look(): void {
    if (this.isDirty()) this.changed();
  }

  /** Something was changed. Said at each key: what it costs is done after the pause. */
  changed(): void {
    if (this.#stopped) return;
    const now = Date.now();
    this.#changedSince ||= now;
    if (!this.#sending) this.#say({ kind: 'changed' });
    this.#sendIn(Math.max(0, Math.min(pause, this.#changedSince + longest - now)));
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => void this.#keep(), keepPause);
  }

  /** Sends at once what is not sent yet; resolves when that was answered, one way or another. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#sending;
    if (this.#stopped) return;
    if (!this.isDirty()) return this.#nothing();
    this.#sending = this.#send().finally(() => {
      this.#sending = null;
    });
    await this.#sending;
  }

  /** No save goes on, and none begins by itself until the next change. */
  async rest(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#sending;
    clearTimeout(this.#timer);
  }

  /** A button's own save found nobody. */
  async unreachable(): Promise<void> {
    await this.#keep();
    this.#say({ kind: 'offline' });
    this.#sendIn(this.#retry);
  }

  /** The page is being closed: sends, in its last moment, what is not sent yet, and keeps it if that fails. */
  async leave(send: (snapshot: Snapshot, version: number) => Promise<SaveReply>): Promise<void> {
    if (this.#stopped || !this.isDirty()) return;
    const snapshot = this.#host.snapshot();
    void this.#host.keep(snapshot, this.#version);
    const reply = await send(snapshot, this.#version).catch(() => null);
    if (reply?.kind === 'saved' || reply?.kind === 'aside') await this.#host.forget();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#keepTimer);
  }

  #sendIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), milliseconds);
  }

  /** It was written back to what is saved. */
  #nothing(): void {
    this.#changedSince = 0;
    if (this.#said.kind === 'changed') this.#say(this.#saved);
  }

  #say(state: SaveState): void {
    if (state.kind === 'saved') this.#saved = state;
    this.#said = state;
    this.#host.onState(state);
  }

  async #keep(): Promise<void> {
    clearTimeout(this.#keepTimer);
    if (this.isDirty()) await this.#host.keep(this.#host.snapshot(), this.#version);
  }

  async #send(): Promise<void> {
    const snapshot = this.#host.snapshot();
    this.#changedSince = 0;
    this.#say({ kind: 'saving' });
    let reply: SaveReply;
    try {
      reply = await this.#host.send(snapshot, this.#version);
    } catch {
      await this.unreachable();
      this.#retry = Math.min(this.#retry * 2, lastRetry);
      return;
    }
    this.#retry = firstRetry;
    await this.#take(reply, snapshot);
  }

  async #take(reply: SaveReply, sent: Snapshot): Promise<void> {
    switch (reply.kind) {
      case 'saved':
        this.#version = reply.version;
        this.#base = sent;
        this.#host.onRefused(reply.refused);
        this.#say({ kind: 'saved', at: new Date(reply.savedAt), version: reply.version });
        if (!this.isDirty()) return this.#host.forget();
        return this.changed();
      case 'aside':
        // Words that came while this was under way are kept beside it, too.
        if (!same(this.#host.snapshot(), sent)) return this.#send();
        await this.#host.forget();
        return this.#host.onAside(reply.aside);
      case 'refused':
        await this.#keep();
        this.#host.onRefused(reply.fields);
        this.#say({ ...reply, kind: 'refused' });
        if (reply.signedOut) this.#sendIn(lastRetry);
    }
  }
}

const same = (a: Snapshot, b: Snapshot): boolean =>
  (a.body === null || a.body === b.body) && JSON.stringify(a.head) === JSON.stringify(b.head);
