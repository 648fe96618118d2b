import pino, { type Bindings, type DestinationStream, type Logger } from 'pino';
import { env } from './env.ts';
import { isError, redact } from './redact.ts';
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
