import { format, stripVTControlCharacters } from 'node:util';
import pino, { type Bindings, type DestinationStream, type Logger } from 'pino';
import { env } from './env.ts';
import { isError, redact, redactText } from './redact.ts';
import { requestId } from './request-id.ts';

let made: Logger | undefined;

/** The operator's log: JSON lines on stdout, each with the id of the request or job it belongs to. */
export function log(): Logger {
  made ??= makeLog(env().logLevel);
  return made;
}

/** A log that keeps people's data and secrets out of whatever it is given. */
export function makeLog(level: string, to: DestinationStream = pino.destination(1)): Logger {
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => {
        const id = requestId();
        return id ? { requestId: id } : {};
      },
      // An error is a plain object by then.
      serializers: { err: (told) => told },
      hooks: {
        logMethod([first, ...others], method) {
          const given = isError(first) ? { err: first } : first;
          method.apply(this, [given, ...others].map((part) => redact(part)) as [string]);
        },
      },
    },
    to,
  );
  const { child } = log;
  log.child = function (this: Logger, bindings: Bindings, options: object) {
    return child.call(this, redact(bindings) as Bindings, options);
  } as typeof child;
  return log;
}

/**
 * Has what libraries print go through the log as well: Next prints errors whole, with the values of the statement that
 * failed.
 */
export function captureConsole(to: Logger = log()): void {
  const levels = {
    error: 'error',
    warn: 'warn',
    log: 'info',
    info: 'info',
    debug: 'debug',
  } as const;
  for (const name of ['error', 'warn', 'log', 'info', 'debug'] as const) {
    console[name] = (...parts: unknown[]) => {
      const err = parts.find(isError);
      const text = format(...parts.map((part) => (isError(part) ? part.message : redact(part))));
      to[levels[name]](
        { from: 'console', ...(err && { err }) },
        redactText(stripVTControlCharacters(text)).trim(),
      );
    };
  }
}
