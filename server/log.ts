import pino, { type Logger } from 'pino';
import { env } from '#lib/env.ts';

let made: Logger | undefined;

/** The operator's log: JSON lines on stdout. People's addresses and secrets have no place in it. */
export function log(): Logger {
  made ??= pino({
    level: env().logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['email', '*.email', 'token', '*.token', 'headers.cookie', 'headers.authorization'],
  });
  return made;
}
