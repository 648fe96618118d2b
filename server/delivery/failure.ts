import { createHash } from 'node:crypto';
import { type Answer, answerOf, type Headers } from './answer.ts';
import { readersPolicy, withOwn } from './headers.ts';

const style = `
:root { color-scheme: light dark; --paper: #fcfaf5; --ink: #1b1a17; --accent: #962d1c }
@media (prefers-color-scheme: dark) { :root { --paper: #151618; --ink: #e9e4d8; --accent: #f0917a } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.15rem/1.5 Georgia, serif }
main { max-width: 34rem; margin: 0 auto; padding: 18vh 1.25rem; text-align: center }
h1 { font-size: clamp(1.9rem, 1.3rem + 2.6vw, 3rem); line-height: 1.1; text-wrap: balance }
p { font-style: italic } a { color: var(--accent); font-style: normal }
`;
const styleHash = createHash('sha256').update(style).digest('base64');

const texts = {
  broken: {
    status: 500,
    title: 'Something broke on our side',
    text: 'Nothing you did caused it, and nothing we had taken from you is lost. Please try again in a moment.',
  },
  away: {
    status: 503,
    title: 'We can’t reach our own shelves',
    text: 'What you just asked for was not done: nothing was ordered and nothing was charged. Please try again in a minute.',
  },
  busy: {
    status: 503,
    title: 'A great many people are reading just now',
    text: 'This page could not be made in time. Please try again in a moment.',
  },
  often: {
    status: 429,
    title: 'That was a great many searches',
    text: 'Please wait a minute before the next one. Everything else is open to you meanwhile.',
  },
  torn: {
    status: 400,
    title: 'This form did not arrive whole',
    text: 'Nothing was done with it. Please go back and send it again.',
  },
  starting: {
    status: 503,
    title: 'The presses are starting',
    text: 'The site will be here in a moment.',
  },
} as const;

export type Failure = keyof typeof texts;

/** In how many seconds to come back, where that is not 5. */
const waits: { [F in Failure]?: string } = { away: '30', often: '60' };

/**
 * The answers for what can't be answered, for a reader without scripts, too: they need neither Next nor the database.
 * Next's own page is drawn by a script, and where the layout of a page fails, Next never ends the answer.
 */
export function failures(headers: Headers): Record<Failure, Answer> {
  const answers = Object.entries(texts).map(([kind, { status, title, text }]) => {
    const own = withOwn(headers, [
      [
        'content-security-policy',
        readersPolicy.replace("style-src 'self'", `style-src 'sha256-${styleHash}'`),
      ],
      ['content-type', 'text/html; charset=utf-8'],
      ['cache-control', 'no-store'],
      ...(status === 400 || status === 500
        ? []
        : [['retry-after', waits[kind as Failure] ?? '5'] as const]),
    ]);
    return [kind, answerOf(status, own, Buffer.from(page(title, text)))];
  });
  return Object.fromEntries(answers) as Record<Failure, Answer>;
}

function page(title: string, text: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
<p><a href="/">To the front page</a></p>
</main>
</body>
</html>
`;
}
