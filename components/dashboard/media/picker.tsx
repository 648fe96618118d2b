'use client';

import { Dialog } from '@base-ui/react/dialog';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { MediaIntake } from '#components/dashboard/media/intake.tsx';
import { type AddPicture, useMediaQueue } from '#components/dashboard/media/queue.ts';
import { PictureShelf } from '#components/dashboard/media/shelf.tsx';
import type { Picture } from '#lib/media/rules.ts';

export type { AddPicture } from '#components/dashboard/media/queue.ts';

/**
 * A dialog that hands pictures to whoever asked, from the library or taken in here: `pick()` answers one, or `null` when
 * the dialog is closed without; `pickMany()` answers as many as were chosen, in that order, or none.
 */
export function usePicturePicker(addPicture: AddPicture): {
  pick: () => Promise<Picture | null>;
  pickMany: () => Promise<Picture[]>;
  dialog: ReactNode;
} {
  const [asked, setAsked] = useState<'one' | 'many' | null>(null);
  const waiting = useRef<((pictures: Picture[]) => void) | null>(null);
  const answer = useCallback((pictures: Picture[]) => {
    setAsked(null);
    waiting.current?.(pictures);
    waiting.current = null;
  }, []);
  const ask = (how: 'one' | 'many') => {
    waiting.current?.([]);
    setAsked(how);
    return new Promise<Picture[]>((resolve) => {
      waiting.current = resolve;
    });
  };
  return {
    pick: async () => (await ask('one'))[0] ?? null,
    pickMany: () => ask('many'),
    dialog: (
      <Dialog.Root open={asked !== null} onOpenChange={(now) => !now && answer([])}>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-20 bg-black/50" />
          <Dialog.Popup className="fixed top-1/2 left-1/2 z-30 flex max-h-[92vh] w-[min(60rem,calc(100%-1rem))] -translate-1/2 flex-col border border-ink bg-paper font-sans text-[0.95rem]">
            <Dialog.Title className="px-4 pt-4 text-xl font-semibold sm:px-6 sm:pt-6">
              {asked === 'many' ? 'Add pictures' : 'Add a picture'}
            </Dialog.Title>
            <Chooser several={asked === 'many'} addPicture={addPicture} onDone={answer} />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    ),
  };
}

function Chooser({
  several,
  addPicture,
  onDone,
}: {
  several: boolean;
  addPicture: AddPicture;
  onDone: (pictures: Picture[]) => void;
}) {
  const [chosen, setChosen] = useState<Picture[]>([]);
  const choose = useCallback(
    (picture: Picture) => {
      if (!several) return onDone([picture]);
      setChosen((now) =>
        now.some(({ id }) => id === picture.id)
          ? now.filter(({ id }) => id !== picture.id)
          : [...now, picture],
      );
    },
    [several, onDone],
  );
  const queue = useMediaQueue(addPicture, choose);
  const use = several && (
    <button
      type="button"
      className="button"
      disabled={chosen.length === 0}
      onClick={() => onDone(chosen)}
    >
      {chosen.length === 1 ? 'Use 1 picture' : `Use ${chosen.length} pictures`}
    </button>
  );
  return (
    <>
      <div className="min-h-0 overflow-y-auto p-4 sm:px-6">
        <MediaIntake queue={queue} several={several} onUse={choose} />
        <PictureShelf several={several} chosen={chosen} onChoose={choose} />
      </div>
      <div className="flex flex-wrap gap-3 border-t border-rule px-4 py-3 sm:px-6">
        {use}
        <Dialog.Close className="button button-quiet">Cancel</Dialog.Close>
      </div>
    </>
  );
}
