import { describe, expect, it } from 'vitest';
import { bucket, demo, faults, production } from './env.fixture.ts';
import { readSettings } from './env.ts';

describe('Stripe', () => {
  const key = { STRIPE_SECRET_KEY: 'sk_live_abc123' };

  it('in production needs the webhook’s secret with the key', () => {
    for (const STRIPE_WEBHOOK_SECRET of [undefined, '', ',', ' , ']) {
      const lines = faults({ ...production, ...key, STRIPE_WEBHOOK_SECRET });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/^STRIPE_WEBHOOK_SECRET is missing/);
    }
    expect(readSettings({ ...demo, STRIPE_SECRET_KEY: 'sk_test_1' }).stripe).toEqual({
      secretKey: 'sk_test_1',
      apiUrl: null,
      webhookSecrets: [],
      tax: 'none',
    });
  });

  it('takes two webhook secrets while one is being changed', () => {
    const set = { ...production, ...key, STRIPE_WEBHOOK_SECRET: 'whsec_new, whsec_old,' };
    expect(readSettings(set).stripe?.webhookSecrets).toEqual(['whsec_new', 'whsec_old']);
    expect(faults({ ...set, STRIPE_WEBHOOK_SECRET: 'whsec_new,sk_live_1' })[0]).toMatch(
      /^STRIPE_WEBHOOK_SECRET is not a signing secret/,
    );
  });

  it.each(['sk_live_abc123', 'rk_live_abc123'])('is never asked at a stand-in with %s', (live) => {
    const lines = faults({
      ...production,
      STRIPE_SECRET_KEY: live,
      STRIPE_WEBHOOK_SECRET: 'whsec_1',
      STRIPE_API_URL: 'http://127.0.0.1:12111',
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^STRIPE_API_URL is set with a live key/);
  });

  it('refuses a key that anybody may see, and never repeats it', () => {
    const lines = faults({ ...demo, STRIPE_SECRET_KEY: 'pk_live_abc123' });
    expect(lines[0]).toMatch(/^STRIPE_SECRET_KEY is not a secret key/);
    expect(lines[0]).not.toContain('abc123');
  });
});

describe('a bucket', () => {
  it('is used when it is set whole', () => {
    expect(readSettings({ ...production, ...bucket }).s3).toEqual({
      endpoint: 'https://s3.example',
      region: 'us-east-1',
      bucket: 'magazine',
      accessKeyId: 'id',
      secretAccessKey: 'secret',
    });
  });

  it.each(Object.keys(bucket))('is refused without its %s', (name) => {
    const lines = faults({ ...production, ...bucket, [name]: '' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`${name} is missing`);
  });
});

describe('watching', () => {
  it('is for this machine alone unless a host is set', () => {
    const set = { ...production, METRICS_PORT: '9464' };
    expect(readSettings(set).metrics).toEqual({ port: 9464, host: '127.0.0.1' });
    expect(readSettings({ ...set, METRICS_HOST: '10.0.0.5' }).metrics?.host).toBe('10.0.0.5');
  });

  it('has a port of its own', () => {
    for (const ports of [{ METRICS_PORT: '3000' }, { METRICS_PORT: '4000', PORT: '4000' }]) {
      const lines = faults({ ...production, ...ports });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/^METRICS_PORT is the same as PORT/);
    }
  });

  it('sends traces to a collector, under a name', () => {
    const set = { ...production, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/' };
    expect(readSettings(set).tracing).toEqual({
      endpoint: 'http://127.0.0.1:4318',
      serviceName: 'broadside',
    });
    expect(readSettings({ ...set, OTEL_SERVICE_NAME: 'quire' }).tracing?.serviceName).toBe('quire');
  });
});
