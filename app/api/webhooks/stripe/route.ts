import { receiveWebhook } from '#lib/checkout/events.ts';

/** Stripe's events. The signature is checked on the raw text; the work is done by a job. */
export async function POST(request: Request): Promise<Response> {
  const answer = await receiveWebhook(
    await request.text(),
    request.headers.get('stripe-signature'),
  );
  return Response.json({ message: answer.why }, { status: answer.status });
}
