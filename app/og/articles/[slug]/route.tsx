import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageResponse } from 'next/og';
import { bylineText } from '#components/article/byline.tsx';
import { getPublicArticle } from '#lib/reading/article.ts';
import { requireSite } from '#lib/reading/site.ts';

/** The picture that other sites show beside a link to the article: its title in the magazine's own type, 1200 × 630. */
export async function GET(_request: Request, { params }: RouteContext<'/og/articles/[slug]'>) {
  const view = await getPublicArticle((await params).slug);
  if (!view) return new Response('Not found', { status: 404 });
  const { article } = view;
  const { publication } = await requireSite();
  const long = article.title.length > 70;
  return new ImageResponse(
    <div
      style={{
        width: '100%',
        height: '100%',
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        padding: '64px 72px',
        background: '#fcfaf5',
        color: '#1b1a17',
        fontFamily: 'Text',
        borderTop: '18px solid #962d1c',
      }}
    >
      <div style={{ display: 'flex', justifyContent: 'space-between', fontSize: 30 }}>
        <span style={{ fontWeight: 600 }}>{publication.name}</span>
        <span style={{ color: '#962d1c' }}>
          {article.issue ? `No. ${article.issue.number}` : ''}
        </span>
      </div>
      <div style={{ display: 'flex', flexDirection: 'column' }}>
        <div style={{ fontSize: long ? 58 : 82, lineHeight: 1.08, fontWeight: 600 }}>
          {article.title}
        </div>
        <div style={{ marginTop: 28, fontSize: 34, color: '#5d5a51' }}>
          {bylineText(article.bylines)}
        </div>
      </div>
      <div style={{ fontSize: 28, color: '#5d5a51' }}>{publication.tagline}</div>
    </div>,
    {
      width: 1200,
      height: 630,
      fonts: await faces(),
      headers: { 'cache-control': 'public, max-age=86400' },
    },
  );
}

/** The drawing library reads WOFF, not WOFF2. */
async function faces() {
  const folder = join(process.cwd(), 'node_modules/@fontsource/source-serif-4/files');
  const face = (weight: 400 | 600) =>
    readFile(join(folder, `source-serif-4-latin-${weight}-normal.woff`));
  const [regular, bold] = await Promise.all([face(400), face(600)]);
  return [
    { name: 'Text', data: regular, weight: 400 as const, style: 'normal' as const },
    { name: 'Text', data: bold, weight: 600 as const, style: 'normal' as const },
  ];
}
