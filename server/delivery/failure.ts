/**
 * The page of a failure, for a reader without scripts, too: it needs neither Next nor the database. Next's own is drawn
 * by a script, and where the layout of a page fails, Next never ends the answer.
 */
export const failurePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Something broke on our side</title>
<style>
:root { color-scheme: light dark; --paper: #fcfaf5; --ink: #1b1a17; --accent: #962d1c }
@media (prefers-color-scheme: dark) { :root { --paper: #151618; --ink: #e9e4d8; --accent: #f0917a } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.15rem/1.5 Georgia, serif }
main { max-width: 34rem; margin: 0 auto; padding: 18vh 1.25rem; text-align: center }
h1 { font-size: clamp(1.9rem, 1.3rem + 2.6vw, 3rem); line-height: 1.1; text-wrap: balance }
p { font-style: italic } a { color: var(--accent); font-style: normal }
</style>
</head>
<body>
<main>
<h1>Something broke on our side</h1>
<p>Nothing you did caused it, and nothing we had taken from you is lost. Please try again in a moment.</p>
<p><a href="/">To the front page</a></p>
</main>
</body>
</html>
`;
