import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type Attributes,
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanStatusCode,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { TracingSettings } from '#lib/env.ts';
import { requestId } from '#lib/request-id.ts';

const patience = 3_000;

/**
 * Sends spans to the operator's collector: ours and those of Next, which finds the provider by itself. The packages for
 * it are loaded here and nowhere else. `stop` sends what is left, and waits 3 s at most.
 */
export async function startTracing(
  { endpoint, serviceName }: TracingSettings,
  log: Logger,
): Promise<{ stop: () => Promise<void> }> {
  const [sdk, contexts, resources, otlp, { redacting }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('./spans.ts'),
  ]);
  const exporter = new otlp.OTLPTraceExporter({
    url: `${endpoint}/v1/traces`,
    timeoutMillis: 5_000,
  });
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': serviceName }),
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        exporter: redacting(exporter, new URL(endpoint).host, log),
        scheduledDelayMillis: 2_000,
      }),
    ],
  });
  context.setGlobalContextManager(new contexts.AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(unseen(provider));
  // No propagator is set: what arrives is looked at below, and nothing of ours is told to other services.
  return {
    stop: async () => {
      // What the collector didn't take is in the log already.
      const flushed = provider.shutdown().catch(() => {});
      await Promise.race([flushed, wait(patience, null, { ref: false })]);
      trace.disable();
      context.disable();
    },
  };
}

/**
 * Spans draw random numbers and read the clock, and Next ends a static render that does so with an error. It goes by the
 * asynchronous context; here spans begin and end in that of the start of the process.
 */
function unseen(provider: TracerProvider): TracerProvider {
  const outside = AsyncLocalStorage.snapshot();
  const begin = (tracer: Tracer, ...[name, options, parent]: Parameters<Tracer['startSpan']>) => {
    const under = parent ?? context.active();
    const span = outside(() => tracer.startSpan(name, options, under));
    const { end, addEvent } = span;
    span.end = (...given) => outside(() => end.apply(span, given));
    span.addEvent = (...given) => outside(() => addEvent.apply(span, given));
    return span;
  };
  return {
    getTracer: (...given) => {
      const tracer = provider.getTracer(...given);
      const startSpan: Tracer['startSpan'] = (...about) => begin(tracer, ...about);
      // `startActiveSpan` of the tracer itself asks for its span here.
      return Object.create(tracer, { startSpan: { value: startSpan } }) as Tracer;
    },
  };
}

/**
 * Runs `work` under a span that ends with it, or with the promise that it answers. Without tracing it costs a look-up.
 * Attributes say what kind of thing was done, never for whom.
 */
export function traced<T>(name: string, attributes: Attributes, work: () => T): T {
  const id = requestId();
  const all = id ? { ...attributes, 'broadside.request_id': id } : attributes;
  return trace.getTracer('broadside').startActiveSpan(name, { attributes: all }, (span) => {
    const fail = (error: unknown): never => {
      if (error instanceof Error) span.recordException(error);
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
      throw error;
    };
    try {
      const result = work();
      if (!(result instanceof Promise)) {
        span.end();
        return result;
      }
      return result.then((value: unknown) => {
        span.end();
        return value;
      }, fail) as T;
    } catch (error) {
      return fail(error);
    }
  });
}

/**
 * Runs `work` as a part of the trace that the operator's own proxy began. A stranger's `traceparent` counts for nothing:
 * it could join anybody's traces, or have all of them recorded.
 */
export function inTraceOf<T>(
  traceparent: string | string[] | undefined,
  trustedProxyHops: number,
  work: () => T,
): T {
  const parent = trustedProxyHops > 0 ? parentOf(traceparent) : null;
  return parent ? context.with(trace.setSpanContext(ROOT_CONTEXT, parent), work) : work();
}

/** https://www.w3.org/TR/trace-context/#traceparent-header */
function parentOf(given: string | string[] | undefined) {
  if (typeof given !== 'string') return null;
  const [, traceId = '', spanId = '', flags = ''] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(given) ?? [];
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  return isSpanContextValid(parent) ? parent : null;
}
