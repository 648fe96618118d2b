import { readSettings, SettingsError } from './env.ts';

/** All that a production site needs. */
export const production = {
  SITE_URL: 'https://magazine.example',
  AUTH_SECRET: 'x'.repeat(32),
  SMTP_URL: 'smtps://post:secret@mail.example:465',
  MAIL_FROM: 'The Magazine <post@magazine.example>',
};

/** All that a bucket needs. */
export const bucket = {
  S3_ENDPOINT: 'https://s3.example',
  S3_BUCKET: 'magazine',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'secret',
};

export const demo = { BROADSIDE_MODE: 'demo' };

/** The lines that an operator sees, or none. */
export function faults(source: Record<string, string | undefined>): string[] {
  try {
    readSettings(source);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message.split('\n');
  }
}
