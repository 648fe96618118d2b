import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import { redactText } from '#lib/redact.ts';

/** What a span may say. Everything else is left out, since it may name a reader: addresses, headers, user agents. */
const allowed =
  /^(?:broadside\.|next\.|exception\.|error\.type$|http\.(?:method|route|target|url|status_code)$|net\.peer\.(?:name|port)$|operation\.name$)/;

const oneMinute = 60_000;

/** An exporter that takes people's data out of spans first. Says at most once a minute that the collector is away. */
export function redacting(exporter: SpanExporter, collector: string, log: Logger): SpanExporter {
  let lost = 0;
  let told = Number.NEGATIVE_INFINITY;
  return {
    export: (spans, done) =>
      exporter.export(spans.map(redactedSpan), (result) => {
        if (result.error) {
          lost += spans.length;
          if (performance.now() - told > oneMinute) {
            log.warn({ lost, err: result.error }, `The collector at ${collector} takes no traces`);
            told = performance.now();
            lost = 0;
          }
        }
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

function redactedSpan(span: ReadableSpan): ReadableSpan {
  const { message, ...status } = span.status;
  return Object.create(span, {
    name: { value: withoutQuery(redactText(span.name)) },
    attributes: { value: redactedAttributes(span.attributes) },
    status: { value: message ? { ...status, message: redactText(message) } : status },
    events: {
      value: span.events.map((event) => ({
        ...event,
        name: redactText(event.name),
        attributes: redactedAttributes(event.attributes ?? {}),
      })),
    },
  });
}

function redactedAttributes(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => allowed.test(name))
      .map(([name, value]) => [
        name,
        typeof value === 'string'
          ? redactText(name.startsWith('exception.') ? value : withoutQuery(value))
          : value,
      ]),
  );
}

function withoutQuery(text: string): string {
  return text.replace(/[?#]\S*/g, '');
}
