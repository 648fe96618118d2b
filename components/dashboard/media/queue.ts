'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { discardSent, sendFile } from '#components/dashboard/media/send.ts';
import { maxPictureBytes, type Picture, type StagedPicture } from '#lib/media/rules.ts';
import type { Result } from '#lib/result.ts';

/** Takes a picture in that was sent before: the form has `staged` and the words. */
export type AddPicture = (form: FormData) => Promise<Result<Picture>>;

export type QueueItem = {
  key: number;
  name: string;
  bytes: number;
  /** The file as this browser shows it. */
  preview: string;
  state: 'waiting' | 'sending' | 'ready' | 'refused' | 'adding';
  /** How much is on its way, from 0 to 1; at 1 the server reads it. */
  sent: number;
  staged: StagedPicture | null;
  /** Why it was refused; of a field, beside the field. */
  message: string;
  fields: Record<string, string>;
  /** The words, once they are complete: it is added as soon as it has been sent. */
  words: FormData | null;
};

/** More at once would be slower for each, and leave no room for anything else. */
const atOnce = 3;

/** Refusals that another try would meet again. */
const hopeless = new Set(['not_a_picture', 'too_large']);

/** The same file, sent twice, is in the library as soon as one of them is. */
function knowing(item: QueueItem, hash: string, picture: Picture): QueueItem {
  if (item.staged?.hash !== hash) return item;
  return { ...item, staged: { ...item.staged, known: picture } };
}

/** Files on their way into the library: sent at once, a few at a time, and taken in when their words are there. */
export function useMediaQueue(addPicture: AddPicture, onAdded: (picture: Picture) => void) {
  const [items, setItems] = useState<QueueItem[]>([]);
  const last = useRef(0);
  const files = useRef(new Map<number, { file: File; end: AbortController | null }>());
  const busy = useRef(new Set<number>());

  const change = useCallback((key: number, next: Partial<QueueItem>) => {
    setItems((now) => now.map((item) => (item.key === key ? { ...item, ...next } : item)));
  }, []);

  const forget = useCallback((key: number) => {
    files.current.delete(key);
    setItems((now) => {
      const gone = now.find((item) => item.key === key);
      if (gone) URL.revokeObjectURL(gone.preview);
      return now.filter((item) => item !== gone);
    });
  }, []);

  const send = useCallback(
    async (key: number) => {
      const held = files.current.get(key);
      if (!held) return;
      held.end = new AbortController();
      change(key, { state: 'sending', sent: 0, message: '' });
      const { signal } = held.end;
      const sent = await sendFile(held.file, {
        signal,
        onSent: (share) => change(key, { sent: share }),
      });
      if (!files.current.has(key)) {
        // Taken back meanwhile.
        if (sent.ok) discardSent(sent.value.id);
      } else if (sent.ok) change(key, { state: 'ready', staged: sent.value });
      else {
        if (hopeless.has(sent.reason)) files.current.delete(key);
        change(key, { state: 'refused', message: sent.message });
      }
    },
    [change],
  );

  const take = useCallback(
    async ({ key, staged, words }: QueueItem) => {
      if (!staged || !words || busy.current.has(key)) return;
      busy.current.add(key);
      change(key, { state: 'adding', message: '', fields: {} });
      words.set('staged', staged.id);
      const added = await addPicture(words).catch(() => null);
      busy.current.delete(key);
      if (added?.ok) {
        forget(key);
        setItems((now) => now.map((item) => knowing(item, staged.hash, added.value)));
        onAdded(added.value);
      } else if (added?.reason === 'not_found') {
        change(key, { state: 'waiting', staged: null });
      } else {
        const message = added?.message ?? 'The connection broke, so it was not added. Try again.';
        change(key, { state: 'ready', words: null, message, fields: added?.fields ?? {} });
      }
    },
    [addPicture, change, forget, onAdded],
  );

  useEffect(() => {
    const sending = items.filter(({ state }) => state === 'sending').length;
    const next = items.filter(({ state }) => state === 'waiting').slice(0, atOnce - sending);
    for (const { key } of next) void send(key);
    for (const item of items) if (item.state === 'ready' && item.words) void take(item);
  }, [items, send, take]);

  const shown = useRef(items);
  useEffect(() => {
    shown.current = items;
  }, [items]);
  useEffect(() => {
    const held = files.current;
    return () => {
      for (const { end } of held.values()) end?.abort();
      held.clear();
      for (const { preview, staged, state } of shown.current) {
        URL.revokeObjectURL(preview);
        if (staged && state !== 'adding') discardSent(staged.id);
      }
    };
  }, []);

  return {
    items,
    begin: (chosen: Iterable<File>) => {
      const added = [...chosen].map((file): QueueItem => {
        last.current += 1;
        const tooLarge = file.size > maxPictureBytes;
        if (!tooLarge) files.current.set(last.current, { file, end: null });
        return {
          key: last.current,
          name: file.name || 'Pasted picture',
          bytes: file.size,
          preview: URL.createObjectURL(file),
          state: tooLarge ? 'refused' : 'waiting',
          sent: 0,
          staged: null,
          message: tooLarge ? 'A picture may have 25 MB at most.' : '',
          fields: {},
          words: null,
        };
      });
      setItems((now) => [...now, ...added]);
    },
    /** Adds it with these words, now or when it has been sent. Answers whether they suffice. */
    add: (key: number, words: FormData): boolean => {
      const alt = words.get('alt');
      const complete = typeof alt === 'string' && alt.trim() !== '';
      const missing = 'Say in a sentence what the picture shows, for readers who can’t see it.';
      change(key, complete ? { words, fields: {} } : { fields: { alt: missing } });
      return complete;
    },
    retry: (key: number) => change(key, { state: 'waiting', message: '' }),
    /** Whether another try could end better. */
    mayRetry: (key: number) => files.current.has(key),
    drop: ({ key, staged }: QueueItem) => {
      files.current.get(key)?.end?.abort();
      if (staged) discardSent(staged.id);
      forget(key);
    },
  };
}
