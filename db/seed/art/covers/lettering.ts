import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ImageResponse } from 'next/og.js';
import type { CoverDesign } from './design.ts';

type Box = { type: 'div'; props: { style: Record<string, string | number>; children?: Child } };
type Child = string | readonly Box[];

const files = createRequire(import.meta.url);

/** The words of a cover as a PNG, 1500 by 2000, on nothing. */
export async function setLettering(
  { masthead, small, title }: CoverDesign,
  cover: { number: number; title: string; periodLabel: string },
): Promise<Buffer> {
  const size = Math.min(title.size, fitting(cover.title, title.width));
  const sheet = div({ width: 1500, height: 2000, position: 'relative' }, [
    div(
      { ...at(96, 44, 400), color: masthead, fontSize: 84, fontStyle: 'italic', lineHeight: 1 },
      'The',
    ),
    div({ ...at(86, 100, 1400), ...headline, color: masthead }, 'Common Tern'),
    div({ ...at(92, 310, 1316), height: 5, background: small }),
    div(
      {
        ...at(92, 328, 1316),
        justifyContent: 'space-between',
        color: small,
        fontSize: 40,
        lineHeight: 1.2,
      },
      [
        div({ fontStyle: 'italic' }, 'A quarterly of politics, letters and weather'),
        div({ fontWeight: 600 }, `No. ${cover.number} · ${cover.periodLabel}`),
      ],
    ),
    div(
      {
        ...at(title.left, title.top, title.width),
        justifyContent: justified[title.align],
        textAlign: title.align,
        color: title.colour,
        fontSize: size,
        fontWeight: 600,
        letterSpacing: size * -0.018,
        lineHeight: 0.98,
        textWrap: cover.title.includes(' ') ? 'balance' : 'wrap',
      },
      cover.title,
    ),
  ]);
  const image = new ImageResponse(sheet as never, { width: 1500, height: 2000, fonts: fonts() });
  return Buffer.from(await image.arrayBuffer());
}

const headline = { fontSize: 192, fontWeight: 900, letterSpacing: -5, lineHeight: 1 };

const justified = { left: 'flex-start', center: 'center', right: 'flex-end' } as const;

/** A size at which the longest word, and half of a longer title, fit the width. */
function fitting(title: string, width: number): number {
  const longest = Math.max(...title.split(' ').map((word) => word.length), title.length / 2.4);
  return width / (longest * 0.52);
}

function at(left: number, top: number, width: number) {
  return { position: 'absolute', left, top, width };
}

function div(style: Record<string, string | number>, children?: Child): Box {
  const whole = { display: 'flex', fontFamily: 'Source Serif 4', ...style };
  return {
    type: 'div',
    props: children === undefined ? { style: whole } : { style: whole, children },
  };
}

function fonts() {
  return (
    [
      [400, 'italic'],
      [600, 'normal'],
      [900, 'normal'],
    ] as const
  ).map(([weight, style]) => ({
    name: 'Source Serif 4',
    weight,
    style,
    data: readFileSync(
      files.resolve(
        `@fontsource/source-serif-4/files/source-serif-4-latin-${weight}-${style}.woff`,
      ),
    ),
  }));
}
