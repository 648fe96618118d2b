import { z } from 'zod';

const words = (name: string, longest: number) =>
  z.string().trim().max(longest, `${name} may have ${longest} characters at most.`);

/** The words that go with a picture. Without `alt` it would shut out who can't see it. */
export const pictureDetailsInput = z.object({
  alt: words('The description', 1_000).min(
    1,
    'Say in a sentence what the picture shows, for readers who can’t see it.',
  ),
  caption: words('A caption', 2_000).default(''),
  credit: words('A credit', 300).default(''),
  licence: words('A licence', 300).default(''),
});

const fraction = z.coerce.number().min(0).max(1);

/** What the office changes of a picture in one go. The focal point is told in fractions of width and height. */
export const pictureInput = pictureDetailsInput.extend({ focalX: fraction, focalY: fraction });

export type PictureInput = z.output<typeof pictureInput>;
