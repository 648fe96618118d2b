import { z } from 'zod';

/*
 * What may stand in the environment, and what an operator is told where it can't be used. `lib/env.ts` reads it.
 */

export const modes = ['production', 'development', 'demo', 'test'] as const;

const origin = z
  .url({
    protocol: /^https?$/,
    error: 'is not an address; set it to one such as https://magazine.example',
    abort: true,
  })
  .refine(
    (value) => URL.canParse(value) && new URL(value).pathname === '/' && !/[?#]/.test(value),
    {
      error:
        'has a path; Broadside stands at the root of its own host, such as https://magazine.example',
    },
  )
  .transform((value) => new URL(value).origin);

const address = (schemes: string[], example: string) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)),
      {
        error: `is not an address that starts with ${schemes.join(':// or ')}://; an example: ${example}`,
      },
    );

const networkPort = (example: number) =>
  z.coerce
    .number({ error: `is not a number; set it to a free port such as ${example}` })
    .int()
    .min(1, 'is not a port; set it to a number from 1 to 65535')
    .max(65_535, 'is not a port; set it to a number from 1 to 65535');

const optionalVariables = {
  HOST: z.string().default('0.0.0.0'),
  PORT: networkPort(3000).default(3000),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: address(
    ['postgres', 'postgresql'],
    'postgres://user:password@host:5432/broadside',
  ).optional(),
  ADMIN_EMAIL: z.email('is not an e-mail address; set it to the first administrator’s').optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(
      /^(sk|rk)_(live|test)_\w+$/,
      'is not a secret key; copy the one that starts with sk_ from Stripe’s dashboard',
    )
    .optional(),
  STRIPE_API_URL: address(['http', 'https'], 'http://127.0.0.1:12111').optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .transform((list) =>
      list
        .split(',')
        .map((secret) => secret.trim())
        .filter(Boolean),
    )
    .refine((secrets) => secrets.every((secret) => secret.startsWith('whsec_')), {
      error:
        'is not a signing secret; copy the one that starts with whsec_ from the webhook’s page in Stripe’s dashboard',
    })
    .optional(),
  STRIPE_TAX: z
    .enum(
      ['none', 'included', 'added'],
      'must be none, included (prices hold tax) or added (Stripe adds it)',
    )
    .default('none'),
  S3_ENDPOINT: address(['http', 'https'], 'https://s3.eu-central-1.amazonaws.com').optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  TRUSTED_PROXY_HOPS: z.coerce
    .number({
      error: 'is not a number; set it to how many of your own proxies stand before Broadside',
    })
    .int()
    .min(0, 'is less than 0')
    .max(10, 'is more than 10')
    .default(0),
  CACHE_MEGABYTES: z.coerce
    .number({ error: 'is not a number; set it to how much memory finished pages may take' })
    .int()
    .min(8, 'is less than 8')
    .max(65_536, 'is more than 65536')
    .default(128),
  LOG_LEVEL: z
    .enum(
      ['debug', 'info', 'warn', 'error', 'silent'],
      'must be debug, info, warn, error or silent',
    )
    .default('info'),
  METRICS_PORT: networkPort(9464).optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  OTEL_EXPORTER_OTLP_ENDPOINT: address(['http', 'https'], 'http://127.0.0.1:4318')
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  OTEL_SERVICE_NAME: z.string().default('broadside'),
  BROADSIDE_MODE: z.enum(modes, `must be one of ${modes.join(', ')}`).default('production'),
};

const smtp = address(['smtp', 'smtps'], 'smtps://user:password@mail.example:465');
const from = z
  .string()
  .regex(
    /^[^<>@]*<?[^<>@\s]+@[^<>@\s]+>?$/,
    'is not a sender; an example: The Magazine <post@magazine.example>',
  );
const secret = z
  .string()
  .min(32, 'is shorter than 32 characters; make one with: openssl rand -base64 33');

/** Every variable; `strict` asks for what a production site can't do without. */
export function variables(strict: boolean) {
  const needed = <T extends z.ZodType>(type: T) =>
    (strict ? type : type.optional()) as z.ZodOptional<T>;
  return z.object({
    ...optionalVariables,
    SITE_URL: needed(origin),
    AUTH_SECRET: needed(secret),
    SMTP_URL: needed(smtp),
    MAIL_FROM: needed(from),
  });
}
