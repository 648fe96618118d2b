import type { DeskState } from '#components/dashboard/desk/desk.ts';
import { findWords, forgetWords, windowName } from '#components/dashboard/desk/kept.ts';
import { sendWords } from '#components/dashboard/desk/transport.ts';

/**
 * Sends the words that a crash, a closed window or a server that was away left in this browser. They become the working copy
 * if nobody wrote since, and are kept beside it otherwise. Answers `away` where the server can't be reached or doesn't know
 * who asks: try again.
 */
export async function recoverWords(
  articleId: string,
  userId: string,
  host: { onFound: () => void; onState: (part: Partial<DeskState>) => void },
): Promise<'none' | 'sent' | 'away'> {
  const window = await windowName();
  const found = await findWords(userId, articleId, window).catch(() => []);
  if (found.length === 0) return 'none';
  host.onFound();
  for (const kept of found) {
    const { snapshot, version, windowName: writer } = kept;
    // In the name of the window that wrote them, which may still hold the article; where it is gone, it leaves now.
    const leaving = writer !== window;
    const reply = await sendWords(articleId, writer, snapshot, version, { leaving }).catch(
      () => null,
    );
    if (!reply) {
      host.onState({ save: { kind: 'offline' } });
      return 'away';
    }
    if (reply.kind === 'refused') {
      host.onState({ save: { ...reply, kind: 'refused' } });
      if (reply.signedOut) return 'away';
      continue;
    }
    await forgetWords(kept).catch(() => {});
    if (reply.kind === 'aside') host.onState({ aside: reply.aside });
    else {
      const { version: at, savedAt } = reply;
      host.onState({ save: { kind: 'saved', at: new Date(savedAt), version: at } });
    }
  }
  return 'sent';
}
