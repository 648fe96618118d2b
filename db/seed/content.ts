import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { accesses, bylineRoles } from '#lib/articles/rules.ts';

/* The demo's texts as they lie in `content/`: Markdown with a head of YAML, a file a text, named by its address. */

const head = z.strictObject({
  title: z.string(),
  kicker: z.string().default(''),
  standfirst: z.string(),
  section: z.string(),
  issue: z.number().nullable().default(null),
  department: z.string().default('Essays'),
  page: z.number().nullable().default(null),
  access: z.enum(accesses).default('free'),
  bylines: z.array(z.partialRecord(z.enum(bylineRoles), z.string())).default([]),
  picture: z.string(),
  pictureAlt: z.string(),
  pictureCaption: z.string().default(''),
  pictureCredit: z.string().default(''),
  related: z.array(z.string()).default([]),
  topics: z.array(z.string()).default([]),
  correctedDaysAfter: z.number().nullable().default(null),
  daysAgo: z.number().default(0),
});

export type SeedText = z.output<typeof head> & { slug: string; markdown: string };

const contributor = z.strictObject({
  slug: z.string(),
  name: z.string(),
  city: z.string().default(''),
  website: z.url().nullable().default(null),
  biography: z.string(),
});

const folder = new URL('./content/', import.meta.url);

/** Every text of a folder (`articles`, `news`), in the order of its addresses. Throws with the file's name. */
export async function readTexts(kind: 'articles' | 'news'): Promise<SeedText[]> {
  const names = (await readdir(new URL(`${kind}/`, folder))).filter((name) => name.endsWith('.md'));
  return Promise.all(names.sort().map((name) => readText(`${kind}/${name}`)));
}

export async function readContributors(): Promise<z.output<typeof contributor>[]> {
  const text = await readFile(new URL('contributors.yaml', folder), 'utf8');
  return z.array(contributor).parse(parse(text));
}

async function readText(path: string): Promise<SeedText> {
  const source = await readFile(new URL(path, folder), 'utf8');
  const [, yaml, markdown] = source.match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/) ?? [];
  if (!yaml || !markdown) throw new Error(`${path} has no head`);
  const parsed = head.safeParse(parse(yaml));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  const slug = path.replace(/^.*\/|\.md$/g, '');
  return { ...parsed.data, slug, markdown };
}
