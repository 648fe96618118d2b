import { describe, expect, it } from 'vitest';
import {
  doc,
  everything,
  heading,
  list,
  note,
  paragraph,
  picture,
  poem,
  text,
  turn,
  words,
} from './body.fixture.ts';
import { type BlockNode, bodyText, emptyBody, parseBody, teaser, wordCount } from './body.ts';

const opening = (...content: unknown[]) => teaser(doc(...content), { words: 120 });

describe('the teaser', () => {
  const sentences = (count: number) =>
    Array.from({ length: count }, (_, index) => `Sentence ${index} has five words.`).join(' ');

  it('is a short text whole', () => {
    const body = doc(paragraph('One.'), paragraph('Two.'));
    expect(teaser(body, { words: 120 })).toEqual(body);
  });

  it('ends with a whole sentence and never goes beyond its words', () => {
    const cut = opening(paragraph(sentences(40)));
    expect(wordCount(cut)).toBe(120);
    expect(bodyText(cut)).toMatch(/Sentence 23 has five words\.$/);
    const sooner = opening(paragraph(words(100)), paragraph(sentences(40)));
    expect(wordCount(sooner)).toBe(120);
    expect(wordCount(teaser(doc(paragraph(sentences(40))), { words: 118 }))).toBe(115);
  });

  it.each(['.', '?', '!', '.”', '?”', '!”', '.’', '.)', '."'])(
    'knows a sentence that ends with %s',
    (stop) => {
      const cut = opening(paragraph(`${words(90)}${stop} The ${words(90, 'beyond')}`));
      expect(bodyText(cut)).toBe(words(90) + stop);
    },
  );

  it('ends with a whole sentence where the cut falls into words that are set apart', () => {
    const cut = opening(
      paragraph(`${words(100)}. Then came `, text(words(90), { type: 'italic' }), ' and more.'),
    );
    expect(bodyText(cut)).toBe(`${words(100)}.`);
  });

  it('leaves out a further paragraph of which no sentence fits', () => {
    const cut = opening(paragraph(`${words(100)}.`), paragraph(words(100)));
    expect(cut).toEqual(doc(paragraph(`${words(100)}.`)));
  });

  it('takes no abbreviation for the end of a sentence', () => {
    const cut = opening(paragraph(`${words(60)}. There, e.g. in ${words(90)}.`));
    expect(bodyText(cut)).toBe(`${words(60)}.`);
  });

  it('marks a sentence that is longer than itself as going on', () => {
    expect(bodyText(opening(paragraph(words(500))))).toBe(`${words(120)} …`);
  });

  it('shows no more of a text that is written without spaces', () => {
    const shown = bodyText(opening(...Array(50).fill(paragraph('雨'.repeat(400)))));
    expect(shown.length).toBeLessThan(2_000);
  });

  it('never holds a note, a picture or what stands beside the running text', () => {
    const cut = opening(
      picture({ caption: 'secret' }),
      paragraph('Rain', note('secret'), ' fell.'),
      { type: 'pullQuote', content: [text('secret')] },
      paragraph('It stopped.'),
      list('secret'),
      paragraph('secret'),
    );
    expect(cut).toEqual(doc(paragraph('Rain', ' fell.'), paragraph('It stopped.')));
    expect(JSON.stringify(cut)).not.toContain('secret');
  });

  it('never ends with a heading', () => {
    expect(opening(paragraph(words(120)), heading('Next'))).toEqual(doc(paragraph(words(120))));
    expect(opening(paragraph('One.'), heading('Two'), heading('Three'), list('x'))).toEqual(
      doc(paragraph('One.')),
    );
    expect(opening(heading('Alone'), list('x'))).toEqual(emptyBody());
    expect(opening(paragraph('One.'), heading('Two'), { type: 'paragraph' }, list('x'))).toEqual(
      doc(paragraph('One.')),
    );
  });

  it('never reaches past the opening, whatever the text opens with', () => {
    const openings: unknown[] = [
      poem(words(200)),
      turn(words(200)),
      list(words(200)),
      { type: 'blockquote', attrs: { source: '' }, content: [paragraph(words(200))] },
    ];
    for (const long of openings) {
      expect(bodyText(opening(long, paragraph('The end, told.')))).toBe('');
    }
    const epigraph = { type: 'blockquote', attrs: { source: '' }, content: [paragraph('Short.')] };
    expect(bodyText(opening(epigraph, paragraph('It begins.')))).toBe('It begins.');
  });

  it('is itself a text that can be stored, and leaves the whole one as it was', () => {
    const body = structuredClone(everything);
    const cut = teaser(body, { words: 5 });
    expect(parseBody(cut)).toEqual({ ok: true, value: cut });
    expect(body).toEqual(everything);
    const blank = doc({ type: 'paragraph' } as unknown as BlockNode);
    expect(parseBody(teaser(blank, { words: 5 })).ok).toBe(true);
  });
});
