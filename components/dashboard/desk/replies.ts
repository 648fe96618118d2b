import type { FormAnswer } from '#components/dashboard/action-form.tsx';

export type Piece = { kind: 'same' | 'added' | 'removed'; text: string };

export type ComparedBlock = {
  kind: 'same' | 'changed' | 'added' | 'removed' | 'restyled';
  label: string | null;
  pieces: Piece[];
};

export type Compared = { heads: { name: string; pieces: Piece[] }[]; blocks: ComparedBlock[] };

/** A text that could not become the working copy, kept beside it. Times are ISO 8601. */
export type Aside = {
  message: string;
  by: string | null;
  at: string;
  asideId: string;
  draftId: string;
  /** From what is there to what was kept aside. */
  comparison: Compared;
};

/** What a save is answered. */
export type SaveReply =
  | { kind: 'saved'; version: number; savedAt: string; refused: Record<string, string> }
  | { kind: 'aside'; aside: Aside }
  | { kind: 'refused'; message: string; fields: Record<string, string>; signedOut: boolean };

/** What the article's form is answered when a button was pressed. */
export type ActAnswer = FormAnswer & { version?: number; aside?: Aside };

export type Writer = { name: string; own: boolean; since: string };

/** What a window is answered that says it is there. `draft` comes where it knows another version. */
export type PresenceReply<D> =
  | {
      kind: 'present';
      mine: boolean;
      whyNot: string | null;
      writer: Writer | null;
      version: number;
      draft: D | null;
    }
  | { kind: 'gone'; message: string; signedOut: boolean };
