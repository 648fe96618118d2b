import type { StagedPicture } from '#lib/media/rules.ts';
import { fail, type Result } from '#lib/result.ts';

const address = '/dashboard/media/upload';

/**
 * Sends a file to where it waits for its words. `onSent` hears how much of it is on its way, from 0 to 1. Never rejects:
 * a connection that breaks is a refusal, too, and so is an end by `signal`.
 */
export function sendFile(
  file: File,
  { onSent, signal }: { onSent: (share: number) => void; signal: AbortSignal },
): Promise<Result<StagedPicture>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const broken = () =>
      resolve(fail('broken', 'The connection broke, so this file was not sent. Try again.'));
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(answerOf(request));
    request.onerror = broken;
    request.onabort = broken;
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', address);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name || 'picture'));
    request.send(file);
  });
}

/** Gives up what was sent and isn't wanted. What this doesn't reach is swept after a day. */
export function discardSent(id: string): void {
  const parameters = new URLSearchParams({ discard: id });
  fetch(`${address}?${parameters}`, { method: 'POST', keepalive: true }).catch(() => {});
}

/** The server says why it refuses; what stands between here and there may answer with anything. */
function answerOf(request: XMLHttpRequest): Result<StagedPicture> {
  try {
    const answer: Result<StagedPicture> = JSON.parse(request.responseText);
    if (typeof answer.ok === 'boolean') return answer;
  } catch {
    // Said below.
  }
  return fail('broken', `The file could not be taken (${request.status}). Try again.`);
}
