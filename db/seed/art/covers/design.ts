import type { Random } from '#db/seed/art/random.ts';

/** What is particular to one issue's cover: 1500 by 2000. */
export type CoverDesign = {
  paper: string;
  /** The drawing, in printing order. */
  draw(random: Random): readonly string[];
  /** Colours of the lettering at the head. */
  masthead: string;
  small: string;
  /** Where the title stands; `size` is its largest type size. */
  title: {
    colour: string;
    left: number;
    top: number;
    width: number;
    align: 'left' | 'center' | 'right';
    size: number;
  };
};
