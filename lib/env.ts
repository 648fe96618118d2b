import { existsSync } from 'node:fs';
import type { z } from 'zod';
import { modes, variables } from './env-variables.ts';

/*
 * The one place that reads the environment. A variable that is empty counts as not set. `.env.example` documents all of
 * them for people; the messages here are what an operator sees when one is wrong.
 */

export type Mode = (typeof modes)[number];

export type StripeSettings = {
  secretKey: string;
  /** Where Stripe's API is asked, other than at Stripe itself: the local stand-in. */
  apiUrl: string | null;
  /** More than one while a secret is being changed. */
  webhookSecrets: string[];
  /** Whether prices hold tax, exclude it, or none is reckoned. */
  tax: 'none' | 'included' | 'added';
};

export type S3Settings = {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
};

export type MetricsSettings = { port: number; host: string };

export type TracingSettings = {
  /** Where a collector takes OTLP over HTTP, without `/v1/traces`. */
  endpoint: string;
  serviceName: string;
};

export type Settings = {
  mode: Mode;
  /** Next is collecting static pages: nothing may ask the database. */
  isBuild: boolean;
  /** Without a slash at the end. */
  siteUrl: string;
  host: string;
  port: number;
  dataDir: string;
  databaseUrl: string | null;
  authSecret: string;
  adminEmail: string | null;
  smtpUrl: string | null;
  mailFrom: string;
  stripe: StripeSettings | null;
  s3: S3Settings | null;
  /** How much memory finished pages and files may take. */
  cacheBytes: number;
  /** How many proxies of the operator's stand before this process and may be believed in X-Forwarded-For. */
  trustedProxyHops: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  metrics: MetricsSettings | null;
  tracing: TracingSettings | null;
};

/** A setting that is missing or wrong. `message` has one line a setting, each with its name and how to set it. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

const key = Symbol.for('broadside.settings');
const shared = globalThis as typeof globalThis & { [key]?: Settings };

/** The settings of this process; throws `SettingsError` where the environment is wrong. */
export function env(): Settings {
  shared[key] ??= readSettings(process.env);
  return shared[key];
}

/** Reads `.env` of the working folder into the environment, where there is one; what is set already stays. */
export function loadEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile();
}

/** Replaces settings by what the process found out itself: its own database's address, the stand-in's. Also for tests. */
export function overrideSettings(changes: Partial<Settings>): void {
  shared[key] = { ...env(), ...changes };
}

/** Checks an environment. Throws `SettingsError` with every fault at once. */
export function readSettings(source: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const isBuild = given.NEXT_PHASE === 'phase-production-build';
  const mode = modes.find((known) => known === given.BROADSIDE_MODE) ?? 'production';
  const strict = mode === 'production' && !isBuild;
  const parsed = variables(strict).safeParse(given);
  const faults = [...(parsed.error ? explain(parsed.error, given) : []), ...clashes(given, strict)];
  if (!parsed.success || faults.length > 0) throw new SettingsError(faults.join('\n'));
  const set = parsed.data;
  return {
    mode,
    isBuild,
    siteUrl: set.SITE_URL ?? `http://localhost:${set.PORT}`,
    host: set.HOST,
    port: set.PORT,
    dataDir: set.DATA_DIR,
    databaseUrl: set.DATABASE_URL ?? null,
    // Outside production a sign-in is worth nothing, so a known secret is better than one more setting.
    authSecret: set.AUTH_SECRET ?? 'a-secret-for-development-and-tests-only',
    adminEmail: set.ADMIN_EMAIL ?? null,
    smtpUrl: set.SMTP_URL ?? null,
    mailFrom: set.MAIL_FROM ?? 'Broadside <broadside@localhost>',
    stripe: set.STRIPE_SECRET_KEY
      ? {
          secretKey: set.STRIPE_SECRET_KEY,
          apiUrl: set.STRIPE_API_URL ?? null,
          webhookSecrets: set.STRIPE_WEBHOOK_SECRET ?? [],
          tax: set.STRIPE_TAX,
        }
      : null,
    s3: bucketOf(set),
    cacheBytes: set.CACHE_MEGABYTES * 1024 * 1024,
    trustedProxyHops: set.TRUSTED_PROXY_HOPS,
    logLevel: set.LOG_LEVEL,
    metrics: set.METRICS_PORT ? { port: set.METRICS_PORT, host: set.METRICS_HOST } : null,
    tracing: set.OTEL_EXPORTER_OTLP_ENDPOINT
      ? { endpoint: set.OTEL_EXPORTER_OTLP_ENDPOINT, serviceName: set.OTEL_SERVICE_NAME }
      : null,
  };
}

/** Settings that don't go together, a line each: looked for even where others are wrong, so that all come at once. */
function clashes(given: Record<string, string | undefined>, strict: boolean): string[] {
  const lines: string[] = [];
  const key = given.STRIPE_SECRET_KEY;
  if (strict && key && !given.STRIPE_WEBHOOK_SECRET?.replace(/[\s,]/g, '')) {
    lines.push(
      'STRIPE_WEBHOOK_SECRET is missing though STRIPE_SECRET_KEY is set; copy it from the webhook’s page in Stripe’s dashboard',
    );
  }
  if (given.STRIPE_API_URL && key?.includes('_live_')) {
    lines.push(
      'STRIPE_API_URL is set with a live key; a stand-in takes test keys only, so remove one of the two',
    );
  }
  if (given.METRICS_PORT && Number(given.METRICS_PORT) === Number(given.PORT ?? 3000)) {
    lines.push('METRICS_PORT is the same as PORT; set it to another free port such as 9464');
  }
  const bucket = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
  const missing = bucket.filter((name) => !given[name]);
  if (missing.length < bucket.length) {
    const needs = 'S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY';
    lines.push(...missing.map((name) => `${name} is missing; a bucket needs ${needs}`));
  }
  return lines;
}

function bucketOf(set: z.infer<ReturnType<typeof variables>>): S3Settings | null {
  if (!set.S3_ENDPOINT || !set.S3_BUCKET || !set.S3_ACCESS_KEY_ID || !set.S3_SECRET_ACCESS_KEY)
    return null;
  return {
    endpoint: set.S3_ENDPOINT,
    region: set.S3_REGION,
    bucket: set.S3_BUCKET,
    accessKeyId: set.S3_ACCESS_KEY_ID,
    secretAccessKey: set.S3_SECRET_ACCESS_KEY,
  };
}

function explain(error: z.ZodError, given: Record<string, unknown>): string[] {
  return error.issues.map(({ path, code, message }) => {
    const variable = String(path[0]);
    const missing = code === 'invalid_type' && given[variable] === undefined;
    return `${variable} ${missing ? howToSet(variable) : message}`;
  });
}

function howToSet(variable: string): string {
  const hints: Record<string, string> = {
    SITE_URL: 'the address readers use, such as https://magazine.example',
    AUTH_SECRET: 'a long random text: openssl rand -base64 33',
    SMTP_URL: 'the mail server, such as smtps://user:password@mail.example:465',
    MAIL_FROM: 'the sender of mails, such as The Magazine <post@magazine.example>',
  };
  return `is not set; put it into the environment or into .env: ${hints[variable] ?? 'see .env.example'}`;
}
