import { DatabaseError } from 'pg';
import { describe, expect, test } from 'vitest';
import { captureConsole, makeLog } from './log.ts';
import { redactText } from './redact.ts';
import { withRequestId } from './request-id.ts';

const token = 'Zk3vQ0aB_x-9TnYw5uLr2mEd7cHf1sJp';
const session = `6${'0a1b2c3d'.repeat(8)}`;

function logged(level = 'info') {
  const lines: string[] = [];
  return { log: makeLog(level, { write: (line) => void lines.push(line) }), lines };
}

/** An error of PostgreSQL's as the driver hands it on. */
function duplicate(): DatabaseError {
  const error = new DatabaseError(
    'duplicate key value violates unique constraint "users_email_unique"',
    100,
    'error',
  );
  return Object.assign(error, {
    code: '23505',
    severity: 'ERROR',
    table: 'users',
    constraint: 'users_email_unique',
    detail: 'Key (email)=(ann@magazine.example) already exists.',
    where: 'COPY users, line 1: "ann@magazine.example"',
    parameters: ['ann@magazine.example', 'Ann Reader'],
  });
}

/** As Drizzle reports it: the values of the statement are a part of the message, over several lines. */
function failedQuery(): Error {
  return new Error(
    `Failed query: insert into "users" ("email", "name") values ($1, $2)\nparams: ann@magazine.example,Ann\nReader,${token}`,
    { cause: duplicate() },
  );
}

const secrets = [
  'ann@magazine.example',
  'ann%40magazine.example',
  'magazine.example',
  'Ann',
  'Reader',
  token,
  session,
  'correct-horse',
  '203.0.113.9',
];

function expectNothingPersonal(lines: string[]) {
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    JSON.parse(line);
    for (const secret of secrets) expect(line).not.toContain(secret);
  }
}

describe('no address, token or cookie gets into a line of the log', () => {
  test.each<[string, unknown]>([
    ['an error of PostgreSQL', duplicate()],
    ['an error of Drizzle around it', failedQuery()],
    ['several errors in one', new AggregateError([failedQuery()], 'ann@magazine.example')],
    ['an error whose cause is a text', new Error('no', { cause: 'ann@magazine.example' })],
    ['a key as a message', new Error('Key (name)=(Ann (Reader)) already exists')],
    ['a value that PostgreSQL can’t read', new Error('invalid input syntax for type uuid: "Ann"')],
    ['a mail server’s refusal', new Error('550 5.1.1 <ann@magazine.example>: nobody has this box')],
    ['a connection', new Error('no route to smtps://Ann:correct-horse@localhost:465')],
    [
      'a connection with an address for a user',
      new Error('smtp://ann@magazine.example:correct-horse@localhost'),
    ],
  ])('%s', (_, error) => {
    const { log, lines } = logged();
    log.error(error);
    log.error({ err: error }, 'it failed');
    log.error({ deep: { list: [error] } }, 'it failed');
    log.child({ error }).error('it failed');
    expect(lines).toHaveLength(4);
    expectNothingPersonal(lines);
  });

  test.each<[string, object]>([
    ['a person', { email: 'ann@magazine.example', name: 'Ann Reader', address: '203.0.113.9' }],
    [
      'a text that holds an address',
      { why: 'for ann@magazine.example', list: ['ann@magazine.example'] },
    ],
    ['headers', { headers: { cookie: `authjs.session-token=${session}`, 'user-agent': 'Ann' } }],
    ['a cookie in a text', { why: `authjs.session-token=${session}; broadside-sign-in=${token}` }],
    [
      'an address with a query',
      { url: `/sign-in/confirm?token=${token}&email=ann%40magazine.example` },
    ],
    ['a token alone', { at: token, key: session, sessionToken: 'Ann', accessToken: 'Ann' }],
    ['what the driver was given', { query: { parameters: ['Ann'] }, params: ['Ann'] }],
    ['a bearer', { why: `Bearer ${token}`, authorization: 'Ann' }],
    [
      'a request',
      { request: new Request('http://localhost/?a=Ann', { headers: { cookie: 'Ann' } }) },
    ],
    ['a map', { map: new Map([['ann@magazine.example', 'Ann']]) }],
  ])('%s', (_, given) => {
    const { log, lines } = logged();
    log.warn(given, 'seen');
    log.warn({ a: { b: [given] } }, 'seen');
    log.child(given).warn('seen');
    expectNothingPersonal(lines);
  });

  test('a message, and what is put into it', () => {
    const { log, lines } = logged();
    log.info('Sent to ann@magazine.example, token=%s', token);
    log.info({ a: 1 }, 'for %s and %o', 'ann@magazine.example', { email: 'ann@magazine.example' });
    expect(lines).toHaveLength(2);
    expectNothingPersonal(lines);
  });
});

describe('a line of the log', () => {
  test('keeps what helps to find the fault', () => {
    const { log, lines } = logged();
    log.error({ job: 'mail.send', err: failedQuery() }, 'mail.send failed');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 50,
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      msg: 'mail.send failed',
      job: 'mail.send',
      err: {
        type: 'Error',
        message:
          'Failed query: insert into "users" ("email", "name") values ($1, $2)\nparams: [redacted]',
        stack: expect.stringMatching(/^at .*log\.test\.ts:\d+/),
        cause: {
          code: '23505',
          table: 'users',
          constraint: 'users_email_unique',
          message: 'duplicate key value violates unique constraint "users_email_unique"',
        },
      },
    });
  });

  test('has an error’s message where none is given', () => {
    const { log, lines } = logged();
    log.error(new Error('the disk is full'));
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'the disk is full' });
  });

  test('carries the id of the request it belongs to', () => {
    const { log, lines } = logged();
    withRequestId('request-1', () => log.info('inside'));
    log.info('outside');
    expect(lines.map((line) => JSON.parse(line).requestId)).toEqual(['request-1', undefined]);
  });

  test.each([
    'connect ECONNREFUSED 127.0.0.1:5432',
    'at renderToString (/srv/node_modules/@opentelemetry/api/build/index.js:12:3)',
    'GET /articles/the-quire-and-the-fold took 12 ms',
    '0f8fad5b-d9cb-469f-a165-70867728950e and 4bf92f3577b34da6a3ce929d0e0e4736',
    'Broadside is ready at https://magazine.example',
    'relation "articles" does not exist',
  ])('is left as it is where it says nothing about a person: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });
});

test('what a library prints is a line of the log, without people’s data', () => {
  const { log, lines } = logged();
  const own = { ...console };
  try {
    captureConsole(log);
    withRequestId('request-1', () => console.error('⨯', failedQuery()));
    console.warn('\u001b[33mfor %s\u001b[39m', 'ann@magazine.example', {
      email: 'ann@magazine.example',
    });
  } finally {
    Object.assign(console, own);
  }
  expectNothingPersonal(lines);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      level: 50,
      from: 'console',
      requestId: 'request-1',
      err: { cause: { constraint: 'users_email_unique' } },
      msg: expect.stringContaining('⨯ Failed query: insert into'),
    },
    { level: 40, msg: expect.stringMatching(/^for \[redacted\]/) },
  ]);
});
