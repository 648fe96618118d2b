import { textField } from '#app/request.ts';
import { exportLog } from '#lib/audit/export.ts';
import { auditFilter, exportFormats } from '#lib/audit/input.ts';
import { currentActor } from '#lib/auth/session.ts';
import { clock } from '#lib/clock.ts';
import { log } from '#lib/log.ts';
import { findTimeZone } from '#lib/publication/queries.ts';

const types = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson; charset=utf-8' };

/** The log as a file. It is on its way while it is read, however long it is. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => new FormData());
  const format = exportFormats.find((known) => known === textField(form, 'format'));
  if (!format) return answer(400, 'Choose a format: csv or jsonl.');
  const given = ['who', 'action', 'kind', 'subject', 'from', 'to'] as const;
  const filter = auditFilter(await findTimeZone()).parse(
    Object.fromEntries(given.map((name) => [name, textField(form, name) || undefined])),
  );
  const exported = await exportLog(await currentActor(), filter, format);
  if (!exported.ok) return answer(403, exported.message);
  const day = clock.now().toISOString().slice(0, 10);
  return new Response(streamOf(exported.value), {
    headers: {
      'content-type': types[format],
      'content-disposition': `attachment; filename="log-${day}.${format}"`,
      'cache-control': 'no-store',
    },
  });
}

function answer(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** Reads a piece when the last one was taken. A file that breaks off half way is broken off, never ended as if whole. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        log().error({ err: error }, 'The export of the log broke off');
        controller.error(error);
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
