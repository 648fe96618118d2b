'use client';

import { createContext, useContext } from 'react';

/** What the editor knows of a picture: where to see it, and what it says of itself. */
export type KnownPicture = {
  url: string;
  alt: string;
  caption: string;
  credit: string;
  licence?: string;
};

export type PickedPicture = KnownPicture & { mediaId: string };

type Surroundings = {
  /** The pictures of this text by id, those chosen since included. */
  pictures: Record<string, KnownPicture>;
  editable: boolean;
  /** Asks for pictures; empty when none was chosen. */
  pickPictures: () => Promise<PickedPicture[]>;
};

/** What the blocks with fields know of what is around the text. */
export const SurroundingsContext = createContext<Surroundings>({
  pictures: {},
  editable: true,
  pickPictures: async () => [],
});

export function useSurroundings(): Surroundings {
  return useContext(SurroundingsContext);
}

export function useKnownPicture(id: string): KnownPicture | undefined {
  return useSurroundings().pictures[id];
}
