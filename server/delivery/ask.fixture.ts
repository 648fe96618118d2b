import inject, { type InjectOptions, type Response } from 'light-my-request';
import { readSettings } from '#lib/env.ts';
import { type DeliveryOptions, delivery } from './deliver.ts';

export type Seen = { url: string; headers: Record<string, unknown> };

export const settings = {
  ...readSettings({ BROADSIDE_MODE: 'test' }),
  siteUrl: 'https://magazine.example',
};

/** Asks the delivery layer with a Next that notes what it was asked for. `raw` is the address as it stands. */
export async function ask(
  { raw, ...request }: InjectOptions & { raw?: string },
  options: Partial<DeliveryOptions> = {},
): Promise<Response & { seen: Seen | undefined }> {
  const seen: Seen[] = [];
  const answer = delivery({
    settings,
    next: () => (asked, response) => {
      seen.push({ url: asked.url ?? '', headers: asked.headers });
      response.end('from Next');
    },
    health: async () => ({ status: 'ok', database: 'ok', worker: 'ok' }),
    mailbox: null,
    formTargets: [],
    ...options,
  });
  const response = await inject(
    (asked, reply) => {
      if (raw !== undefined) asked.url = raw;
      return answer(asked, reply);
    },
    { method: 'GET', url: '/', ...request },
  );
  return Object.assign(response, { seen: seen[0] });
}
