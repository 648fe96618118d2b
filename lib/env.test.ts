import { describe, expect, it } from 'vitest';
import { bucket, demo, faults, production } from './env.fixture.ts';
import { readSettings } from './env.ts';

describe('a production site', () => {
  it('starts with four settings', () => {
    expect(readSettings(production)).toMatchObject({
      mode: 'production',
      isBuild: false,
      siteUrl: 'https://magazine.example',
      authSecret: production.AUTH_SECRET,
      smtpUrl: production.SMTP_URL,
      mailFrom: production.MAIL_FROM,
      databaseUrl: null,
      stripe: null,
      s3: null,
      port: 3000,
      dataDir: '.data',
      trustedProxyHops: 0,
      logLevel: 'info',
      metrics: null,
      tracing: null,
    });
  });

  it.each([
    ['SITE_URL', 'https://magazine.example'],
    ['AUTH_SECRET', 'openssl rand -base64 33'],
    ['SMTP_URL', 'smtps://user:password@mail.example:465'],
    ['MAIL_FROM', 'The Magazine <post@magazine.example>'],
  ])('refuses to start without %s, and says how to set it', (variable, example) => {
    for (const absent of [undefined, '', '  ']) {
      const [line, ...others] = faults({ ...production, [variable]: absent });
      expect(line).toContain(`${variable} is not set`);
      expect(line).toContain(example);
      expect(others).toEqual([]);
    }
  });

  it('tells every fault at once, a line each, those between settings too', () => {
    const lines = faults({
      SITE_URL: 'magazine',
      AUTH_SECRET: 'short',
      PORT: 'many',
      STRIPE_SECRET_KEY: 'sk_live_1',
      STRIPE_API_URL: 'http://127.0.0.1:12111',
      S3_BUCKET: 'magazine',
    });
    expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual([
      'AUTH_SECRET',
      'MAIL_FROM',
      'PORT',
      'S3_ACCESS_KEY_ID',
      'S3_ENDPOINT',
      'S3_SECRET_ACCESS_KEY',
      'SITE_URL',
      'SMTP_URL',
      'STRIPE_API_URL',
      'STRIPE_WEBHOOK_SECRET',
    ]);
  });

  it('is what an unknown mode is held to, and the mode itself is named', () => {
    expect(faults({ BROADSIDE_MODE: 'prod' }).join()).toMatch(/BROADSIDE_MODE must be one of/);
    expect(faults({ ...production, BROADSIDE_MODE: 'prod' })).toHaveLength(1);
  });
});

describe('a demo, a test and a build', () => {
  it.each([
    { BROADSIDE_MODE: 'demo' },
    { BROADSIDE_MODE: 'test' },
    { BROADSIDE_MODE: 'development' },
  ])('need nothing: %j', (source) => {
    expect(readSettings({ ...source, PORT: '4000' })).toMatchObject({
      mode: source.BROADSIDE_MODE,
      siteUrl: 'http://localhost:4000',
      smtpUrl: null,
    });
  });

  it('need nothing: a build', () => {
    expect(readSettings({ NEXT_PHASE: 'phase-production-build' })).toMatchObject({ isBuild: true });
  });

  it('refuse a setting that is there and wrong all the same', () => {
    expect(faults({ ...demo, AUTH_SECRET: 'short' })).toHaveLength(1);
    expect(faults({ ...demo, SITE_URL: 'ftp://magazine.example' })).toHaveLength(1);
  });
});

describe('SITE_URL', () => {
  it.each([
    'https://magazine.example/',
    'https://MAGAZINE.example',
    'https://magazine.example:443',
  ])('%s becomes the plain origin', (SITE_URL) => {
    expect(readSettings({ ...production, SITE_URL }).siteUrl).toBe('https://magazine.example');
  });

  it.each(['/magazine', '/?a=b', '/#top', '?', '#'])(
    'with %s behind the host is refused',
    (rest) => {
      const lines = faults({ ...production, SITE_URL: `https://host.example${rest}` });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/^SITE_URL has a path; .*https:\/\/magazine\.example/);
    },
  );

  it.each(['magazine.example', 'ftp://magazine.example', '//magazine.example', 'javascript:1'])(
    '%s is refused as no address',
    (SITE_URL) => {
      const lines = faults({ ...production, SITE_URL });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/^SITE_URL is not an address/);
    },
  );
});

it('a secret of fewer than 32 characters is refused', () => {
  const lines = faults({ ...production, AUTH_SECRET: 'x'.repeat(31) });
  expect(lines).toEqual([
    'AUTH_SECRET is shorter than 32 characters; make one with: openssl rand -base64 33',
  ]);
});

describe('every setting', () => {
  it('that is empty counts as not set', () => {
    const empty = {
      DATABASE_URL: '',
      STRIPE_SECRET_KEY: ' ',
      PORT: '',
      LOG_LEVEL: '',
      S3_BUCKET: '',
    };
    expect(readSettings({ ...production, ...empty })).toEqual(readSettings(production));
  });

  it.each<[string, string]>([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', '3000x'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_URL', 'localhost'],
    ['ADMIN_EMAIL', 'ann'],
    ['SMTP_URL', 'mail.example:465'],
    ['MAIL_FROM', 'The Magazine'],
    ['STRIPE_TAX', 'yes'],
    ['S3_ENDPOINT', 's3.example'],
    ['TRUSTED_PROXY_HOPS', '-1'],
    ['TRUSTED_PROXY_HOPS', '1.5'],
    ['TRUSTED_PROXY_HOPS', 'true'],
    ['LOG_LEVEL', 'loud'],
    ['METRICS_PORT', 'yes'],
    ['METRICS_PORT', '65536'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4317'],
  ])('is checked and named: %s=%s', (variable, value) => {
    const own = faults({ ...production, ...bucket, [variable]: value });
    expect(own).toHaveLength(1);
    expect(own[0]).toMatch(new RegExp(`^${variable} (is|must)`));
  });
});
