import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Mailbox, openMailbox } from './mailbox.ts';

let folder: string;
let mailbox: Mailbox;

const file = () => join(folder, 'mailbox.json');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-mailbox-'));
  mailbox = await openMailbox(file());
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function send(parts: { to?: string; subject?: string; text?: string; html?: string }) {
  return mailbox.transport({
    from: 'The Review <review@example.org>',
    to: 'reader@example.org',
    subject: 'A subject',
    text: 'A text',
    html: '<p>A text</p>',
    ...parts,
  });
}

function ask(address: string): { type: string; body: string } {
  const answer = mailbox.answer(new URL(address, 'http://localhost'));
  if (!answer) throw new Error(`No answer at ${address}`);
  return answer;
}

type Stored = { to: string; subject: string; text: string; html: string; links: string[] };
const stored = (search = ''): Stored[] => JSON.parse(ask(`/dev/mailbox.json${search}`).body);
const page = (search = '') => ask(`/dev/mailbox${search}`).body;

describe('the mailbox', () => {
  test('answers at its two addresses, as a page and as JSON, and at no other', () => {
    expect(ask('/dev/mailbox').type).toBe('text/html; charset=utf-8');
    expect(ask('/dev/mailbox').body).toContain('No mail yet.');
    expect(ask('/dev/mailbox.json').type).toBe('application/json; charset=utf-8');
    expect(stored()).toEqual([]);
    for (const path of ['/', '/dev', '/dev/mailbox/', '/dev/mailbox.json/x', '/DEV/mailbox'])
      expect(mailbox.answer(new URL(path, 'http://localhost')), path).toBeNull();
  });

  test('keeps a mail as it was sent', async () => {
    const mail = {
      to: 'a@example.org',
      subject: 'Ünïcode & <tags>',
      text: 'a\nb',
      html: '<p>a</p>',
    };
    await send(mail);
    expect(stored()).toMatchObject([{ ...mail, from: 'The Review <review@example.org>' }]);
  });

  test('has the newest first', async () => {
    for (const subject of ['First', 'Second', 'Third']) await send({ subject });
    expect(stored().map(({ subject }) => subject)).toEqual(['Third', 'Second', 'First']);
    const html = page();
    expect(html.indexOf('Third')).toBeLessThan(html.indexOf('Second'));
    expect(html.indexOf('Second')).toBeLessThan(html.indexOf('First'));
  });

  test('shows the mails to one address alone, however it is typed', async () => {
    await send({ to: 'ada@example.org', subject: 'For Ada' });
    await send({ to: 'Ben@example.org', subject: 'For Ben' });
    await send({ to: 'ada@example.org.evil.example', subject: 'For another' });
    expect(stored('?to=ada@example.org').map(({ subject }) => subject)).toEqual(['For Ada']);
    expect(stored('?to=%20ADA@Example.org%20')).toHaveLength(1);
    expect(stored('?to=ben@example.org')).toHaveLength(1);
    expect(stored('?to=nobody@example.org')).toEqual([]);
    expect(page('?to=ada@example.org')).toContain('For Ada');
    expect(page('?to=ada@example.org')).not.toContain('For Ben');
    expect(stored('?to=')).toHaveLength(3);
  });

  test('is the same after it was opened anew', async () => {
    await send({ subject: 'First' });
    await send({ subject: 'Second' });
    const before = stored();
    mailbox = await openMailbox(file());
    expect(stored()).toEqual(before);
    await send({ subject: 'Third' });
    mailbox = await openMailbox(file());
    expect(stored().map(({ subject }) => subject)).toEqual(['Third', 'Second', 'First']);
  });

  test('loses none of those that are sent at the same time', async () => {
    const subjects = Array.from({ length: 20 }, (_, at) => `Mail ${at}`);
    await Promise.all(subjects.map((subject) => send({ subject })));
    mailbox = await openMailbox(file());
    expect(
      stored()
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual([...subjects].sort());
    expect(await readdir(folder)).toEqual(['mailbox.json']);
  });

  test('keeps the last 200', async () => {
    const mail = { from: '', to: '', text: '', html: '', links: [], sentAt: '' };
    const old = Array.from({ length: 200 }, (_, at) => ({ ...mail, subject: `Old ${at}` }));
    await writeFile(file(), JSON.stringify(old));
    mailbox = await openMailbox(file());
    await send({ subject: 'New' });
    const subjects = stored().map(({ subject }) => subject);
    expect(subjects).toHaveLength(200);
    expect(subjects[0]).toBe('New');
    expect(subjects).toContain('Old 198');
    expect(subjects).not.toContain('Old 199');
  });
});

describe('a page of the mailbox', () => {
  test('shows what a mail or an address holds as text, never as markup', async () => {
    const attack = `"><script>alert('&amp;')</script>`;
    await send({ to: attack, subject: attack, text: attack, html: attack });
    const searched = `?to=${encodeURIComponent(attack)}`;
    for (const html of [page(), page(searched)]) {
      expect(html).not.toMatch(/<script/i);
      expect(html).toContain('&#60;script&#62;alert(&#39;&#38;amp;&#39;)');
    }
    expect(page(searched)).toContain('show all');
    expect(page('?to=%3Cimg%20src=x%3E')).not.toContain('<img');
  });

  test('makes links of addresses, and of nothing else', async () => {
    await send({
      text: [
        'Sign in: https://magazine.example/sign-in/confirm?token=a&email=b%40example.org',
        'Or <http://localhost:3000/account>, as "https://magazine.example/x" says.',
        `javascript:alert(1) data:text/html,x https://magazine.example/'onclick='x`,
      ].join('\n'),
    });
    expect(stored()[0]?.links).toEqual([
      'https://magazine.example/sign-in/confirm?token=a&email=b%40example.org',
      'http://localhost:3000/account',
      'https://magazine.example/x',
      "https://magazine.example/'onclick='x",
    ]);
    const shown = [...page().matchAll(/<pre>.*<\/pre>/gs)].join('');
    expect([...shown.matchAll(/<a [^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<a href="https://magazine.example/sign-in/confirm?token=a&#38;email=b%40example.org">',
      '<a href="http://localhost:3000/account">',
      '<a href="https://magazine.example/x">',
      '<a href="https://magazine.example/&#39;onclick=&#39;x">',
    ]);
  });
});
