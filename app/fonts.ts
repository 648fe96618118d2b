import localFont from 'next/font/local';

/** The magazine's one face, roman and true italic, weights 400 to 700. */
export const textFace = localFont({
  variable: '--font-text',
  display: 'swap',
  adjustFontFallback: 'Times New Roman',
  src: [
    {
      path: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
      style: 'normal',
      weight: '200 900',
    },
    {
      path: '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2',
      style: 'italic',
      weight: '200 900',
    },
  ],
});
