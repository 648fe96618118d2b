import { describe, expect, test } from 'vitest';
import { readersDocument } from './document.ts';

const written = async (html: string) => {
  const document = await readersDocument(Buffer.from(html));
  return document.html.toString();
};
const stays = async (html: string) => expect(await written(html)).toBe(html);
const goes = async (html: string) => expect(await written(`<p>a${html}b</p>`)).toBe('<p>ab</p>');

describe('out of a finished page go', () => {
  test.each([
    '<script src="/_next/static/chunks/main.js" async=""></script>',
    '<script id="_R_">self.__next_f.push([1,"<p>not text</p><!-- nor this --><template>"])</script>',
    '<script>if (a < b && b > c) document.write("<meta name=x>")</script>',
    '<script type="module" src="/x.js"></script>',
    '<script type="speculationrules">{"prefetch":[]}</script>',
    '<script src="/site.js?x"></script>',
    '<SCRIPT>alert(1)</SCRIPT>',
    '<script nomodule="" src="/polyfills.js"></script>',
    '<link rel="preload" href="/_next/static/chunks/main.js" as="script"/>',
    '<link rel="modulepreload" href="/x.js"/>',
    '<meta name="next-size-adjust" content=""/>',
    '<!--$-->',
    '<!-- -->',
    '<!--/$-->',
  ])('%s', goes);

  test('scripts one after the other, and nothing between them', async () => {
    expect(await written('<script>1</script>a<script>2</script><script>3</script><b>c</b>')).toBe(
      'a<b>c</b>',
    );
  });
});

describe('byte for byte stay', () => {
  test.each([
    '<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/></head><body></body></html>',
    '<script type="application/ld+json">{"name":"\\u003c/script> & <!-- &amp; \\"“é”\\""}</script>',
    '<script type="application/ld+json">{"text":"<p>markup <!-- like a remark --> </p>"}</script>',
    '<script src="/site.js" defer=""></script>',
    '<link rel="stylesheet" href="/_next/static/a.css" data-precedence="next"/>',
    '<link rel="preload" href="/f.woff2" as="font" type="font/woff2" crossorigin=""/>',
    '<link rel="preload" href="/a.css" as="style"/>',
    '<link rel="preload" as="image" imageSrcSet="/a.avif 1x, /b.avif 2x"/>',
    '<link rel="canonical" href="https://magazine.example/"/>',
    '<meta name="description" content="A &quot;name&quot; &amp; \'more\' &lt;b&gt;"/>',
    '<p>if a &lt; b &amp;&amp; c &gt; d &nbsp; &copy; &#x27;&#39; é 😀</p>',
    '<p>one < two & three, AT&T, 1 <2</p>',
    "<a href='/a?b=1&amp;c=2' title=\"it's\" data-x=unquoted hidden>a</a>",
    '<title>A <script> that is a name &amp; a <!-- remark --></title>',
    '<textarea>\n<script>typed</script> <!-- typed --> &lt;</textarea>',
    '<style>p::before { content: "<script>" } /* <!-- */ a > b {}</style>',
    '<svg viewBox="0 0 1 1"><path d="M0 0"/><title>a</title></svg><math><mi>x</mi></math>',
    '<p>text\r\nwith\tall\n\n kinds  of space</p>\n',
    '<details open><summary>a</summary><br><img src="/a.png" alt="&lt;script&gt;"></details>',
    '',
  ])('%j', stays);

  test('what an editor wrote as text about scripts and templates', async () => {
    await stays(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt; and &lt;template&gt; and &lt;!-- no remark --&gt;</p>',
    );
  });

  test('text of several kilobytes in other scripts than Latin', async () => {
    await stays(`<p>${'Щё 漢字 😀 &amp; '.repeat(20_000)}</p>`);
  });
});

describe('the variant of a page', () => {
  const meta = (content: string) =>
    `<head><meta name="broadside-variant" content="${content}"/><meta name="a"/></head>`;

  test('is read from it, and does not stay in it', async () => {
    const { html, variant } = await readersDocument(Buffer.from(meta('reader.open.owner')));
    expect(variant).toBe('reader.open.owner');
    expect(html.toString()).toBe('<head><meta name="a"/></head>');
  });

  test('is none where the page names none, or only speaks of it', async () => {
    const spoken = `<p>${meta('x').replaceAll('<', '&lt;')}</p><textarea>${meta('x')}</textarea>
      <script>'${meta('x')}'</script><!-- ${meta('x')} --><title>${meta('x')}</title>`;
    expect((await readersDocument(Buffer.from('<p>a</p>'))).variant).toBeNull();
    expect((await readersDocument(Buffer.from(spoken))).variant).toBeNull();
  });
});

test('a page with parts that come later is refused', async () => {
  const streamed = '<p>a</p><!--$?--><template id="B:0"></template><p>Wait</p><!--/$-->';
  await expect(written(streamed)).rejects.toThrow('later');
});
