import { beginArticle, textOf } from './fixtures/office.ts';
import {
  fromGoogle,
  fromLibreOffice,
  fromMagazine,
  fromPage,
  fromWord,
  fromWordOnline,
} from './fixtures/pasted.ts';
import { expect, stateOf, test } from './fixtures/test.ts';
import { paste, written } from './fixtures/writing.ts';

/* What other programs copy becomes the blocks of a magazine: nothing of their looks, all of what was written. */

test.use({ storageState: stateOf('editor') });

const nbsp = '\u00a0';

const expected: [name: string, html: string, blocks: string[], pictures: RegExp | null][] = [
  [
    'Word',
    fromWord,
    [
      'heading2("The ferry’s last winter")',
      'heading2("What the log says")',
      `paragraph("It was " "never"^bold " late in Averidge, " "or so"^italic " it is" footnote("By the " "purser"^italic ".") " said; H" "2"^subscript "O froze at 12${nbsp}km. See " "the log"^linkhttps://example.org/ferry?a=1&b=2 ".")`,
      'bulletList(listItem(paragraph("Ropes") bulletList(listItem(paragraph("of hemp")))) listItem(paragraph("A lamp")))',
      'paragraph("Then, in this order:")',
      'orderedList@3(listItem(paragraph("cast off")) listItem(paragraph("wait")))',
      'table(tableRow(tableHeader("Day") tableHeader("Crew")) tableRow(tableCell("Monday" hardBreak "(noon)") tableCell("Two")) tableRow(tableCell("No crossing") tableCell))',
      'blockquote(paragraph("Ice is only slow water."))',
      'paragraph("Kept.")',
    ],
    /^A picture was left out/,
  ],
  [
    'Google Docs',
    fromGoogle,
    [
      'heading2("Low water")',
      'paragraph("Plain, " "bold"^bold " and slanted"^italic "th"^superscript ", with " "a link"^linkhttps://example.org/tide "." footnote("At the " "pier"^italic "."))',
      'bulletList(listItem(paragraph("one") bulletList(listItem(paragraph("within")))) listItem(paragraph("two")))',
      'table(tableRow(tableCell("A") tableCell("B" hardBreak "C")))',
    ],
    /^2 pictures were left out/,
  ],
  [
    'LibreOffice',
    fromLibreOffice,
    [
      'paragraph("The pier " "holds"^bold "." footnote("Since 1911."))',
      'orderedList@2(listItem(paragraph("second")))',
    ],
    null,
  ],
  [
    'a web page',
    fromPage,
    [
      'paragraph("First line" hardBreak "second line")',
      'paragraph("A new paragraph")',
      'paragraph("With a bad link and an anchor.")',
    ],
    null,
  ],
  [
    'Word on the web',
    fromWordOnline,
    [
      'paragraph("Low"^bold " water")',
      'bulletList(listItem(paragraph("one") bulletList(listItem(paragraph("within")))) listItem(paragraph("two")))',
    ],
    null,
  ],
  [
    'another article',
    fromMagazine,
    [
      'heading2("The pier")',
      'paragraph("It " "holds"^italic "." footnote("Since 1911."))',
      'pullQuote("It holds.")',
      'interviewTurn(paragraph("Why?"))',
    ],
    null,
  ],
];

test('what Word, Google Docs, LibreOffice, a web page and another article copy becomes clean blocks, and what is left out is said', async ({
  page,
}) => {
  await beginArticle(page, 'news');
  for (const [name, html, blocks, pictures] of expected) {
    await textOf(page).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await paste(page, html);
    await expect.poll(() => written(page), { message: name }).toEqual(blocks);
    const hint = page.getByRole('status').filter({ hasText: 'left out' });
    if (pictures) await expect(hint).toHaveText(pictures);
    else await expect(hint).toHaveCount(0);
  }
  // The server takes what came out.
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
});
