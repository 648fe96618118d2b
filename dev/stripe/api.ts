import { setTimeout } from 'node:timers/promises';
import { invalid, StripeFailure } from './errors.ts';
import { render } from './expand.ts';
import { type ApiFault, ConnectionLost, faultFailure, takeFault } from './faults.ts';
import { canonical, parseForm, type Tree } from './form.ts';
import { keep, release, replayOrTake } from './idempotency.ts';
import { wholly } from './journal.ts';
import type { Answer, Route } from './route.ts';
import { routes } from './routes.ts';
import { momentOf } from './test-time.ts';
import { fallDue } from './time.ts';
import { refuseUnserved } from './unserved.ts';
import { checkAnswer, coerceParams } from './validate.ts';
import { atMoment, newId, type World } from './world.ts';

/** One call of the API, as the log keeps it. `status` is null where the connection broke. */
export type LoggedRequest = {
  at: number;
  method: string;
  path: string;
  params: unknown;
  idempotencyKey: string | null;
  requestId: string;
  status: number | null;
  replayed: boolean;
  fault: ApiFault['kind'] | null;
};

export type Api = { world: World; faults: ApiFault[]; log: LoggedRequest[]; save: () => void };

type Call = {
  method: string;
  path: string;
  tree: { [key: string]: Tree };
  key: string | null;
  requestId: string;
};

/**
 * Answers one call under /v1 as Stripe does: JSON with `request-id`, or `{ error }` with Stripe's status. Throws
 * `ConnectionLost` for the faults that break the connection, and for an answer that breaks its schema (a defect).
 */
export async function answerApi(api: Api, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const call: Call = {
    method: request.method,
    path: url.pathname,
    tree: {},
    key: request.headers.get('idempotency-key'),
    requestId: newId(api.world, 'req', 14),
  };
  const entry = logEntry(api, call);
  const body = request.method === 'POST' ? await request.text() : url.search.slice(1);
  try {
    checkHeaders(api.world, request.headers);
    call.tree = parseForm(body);
    entry.params = call.tree;
    const fault = takeFault(api.faults, call.method, call.path);
    entry.fault = fault?.kind ?? null;
    const response = await withFault(call, fault, () => once(api, call, entry, fault));
    entry.status = response.status;
    return response;
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    entry.status = error.status;
    if (error.keeps) api.save();
    return failureResponse(error, call.requestId);
  }
}

/** The Stripe-shaped 404 for an address that nobody serves. */
export function unknownRoute(method: string, path: string): Response {
  const failure = new StripeFailure(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code.`,
  });
  return failureResponse(failure, 'req_unknown');
}

async function withFault(
  call: Call,
  fault: ApiFault | null,
  work: () => Promise<Response>,
): Promise<Response> {
  switch (fault?.kind) {
    case undefined:
    case 'slow':
      return work();
    case '429':
    case '500':
    case '409':
      return failureResponse(faultFailure(fault.kind), call.requestId);
    case 'network':
      throw new ConnectionLost();
    case 'answer_lost':
      await work();
      throw new ConnectionLost();
  }
}

/** The work behind its idempotency key: done once, replayed for the same parameters. */
async function once(
  api: Api,
  call: Call,
  entry: LoggedRequest,
  fault: ApiFault | null,
): Promise<Response> {
  const key = call.method === 'POST' ? call.key : null;
  if (key === null) {
    await slowness(fault);
    const body = perform(api, call);
    if (call.method !== 'GET') api.save();
    return jsonResponse(200, body, call.requestId);
  }
  const fingerprint = `${call.method} ${call.path} ${canonical(call.tree)}`;
  const kept = replayOrTake(api.world, key, fingerprint);
  if (kept) {
    entry.replayed = true;
    return jsonResponse(kept.status, kept.body, kept.requestId, true);
  }
  try {
    await slowness(fault);
    const body = perform(api, call);
    keep(api.world, key, { status: 200, body, requestId: call.requestId });
    api.save();
    return jsonResponse(200, body, call.requestId);
  } catch (error) {
    release(api.world, key);
    throw error;
  }
}

async function slowness(fault: ApiFault | null): Promise<void> {
  if (fault?.kind === 'slow') await setTimeout(fault.milliseconds ?? 500);
}

function perform(api: Api, call: Call): string {
  const { world } = api;
  const [route, id] = routeOf(call);
  const params = coerceParams<{ expand?: string[] }>(route.params, call.tree);
  refuseUnserved(route.params, params);
  fallDue(world);
  const work = () => {
    const answer = route.run(world, params as never, id, call.path);
    const rendered = renderAnswer(world, answer, params.expand ?? []);
    checkAnswer(rendered);
    return JSON.stringify(rendered, null, 2);
  };
  world.cause = { id: call.requestId, idempotency_key: call.key };
  try {
    const moment = momentOf(world, params, id);
    // A refused call leaves nothing behind, as in Stripe: no half-made prices, no events.
    return atMoment(world, moment, () => (call.method === 'GET' ? work() : wholly(world, work)));
  } finally {
    world.cause = null;
  }
}

function renderAnswer(world: World, answer: Answer, expand: string[]): unknown {
  if (answer.object !== 'list') return render(world, answer, expand);
  const inner = expand.map((path) => {
    if (!path.startsWith('data.'))
      throw invalid(`This property cannot be expanded (${path}).`, 'expand');
    return path.slice('data.'.length);
  });
  return { ...answer, data: (answer.data as unknown[]).map((item) => render(world, item, inner)) };
}

function routeOf(call: Call): [Route, string] {
  for (const route of byArea.get(`${call.method} ${areaOf(call.path)}`) ?? []) {
    const match = route.path.exec(call.path);
    if (match) return [route, decodeURIComponent(match[1] ?? '')];
  }
  throw new StripeFailure(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${call.method}: ${call.path}).`,
  });
}

/** Routes by method and first part of the path, so that a call looks at few of them. */
const byArea = Map.groupBy(routes, (route) => `${route.method} ${route.area}`);

function areaOf(path: string): string {
  return path.split('/')[2] ?? '';
}

function checkHeaders(world: World, headers: Headers): void {
  const authorization = headers.get('authorization') ?? '';
  const basic = /^Basic (.+)$/.exec(authorization)?.[1];
  const key = basic
    ? Buffer.from(basic, 'base64').toString('utf8').split(':')[0]
    : /^Bearer (.+)$/.exec(authorization)?.[1];
  if (!key) throw unauthorized('You did not provide an API key.');
  if (/^(sk|rk)_live_/.test(key)) {
    throw unauthorized(
      'This is a stand-in: it refuses live keys. Never send a live key anywhere but to Stripe.',
    );
  }
  if (!/^(sk|rk)_test_\w+$/.test(key))
    throw unauthorized('Invalid API Key provided: expected sk_test_….');
  const version = headers.get('stripe-version');
  if (version !== null && version !== world.apiVersion) {
    throw invalid(`The stand-in speaks Stripe version ${world.apiVersion}, not ${version}.`);
  }
}

function unauthorized(message: string): StripeFailure {
  return new StripeFailure(401, { type: 'invalid_request_error', message });
}

function failureResponse(failure: StripeFailure, requestId: string): Response {
  return jsonResponse(failure.status, JSON.stringify({ error: failure.body }, null, 2), requestId);
}

function jsonResponse(status: number, body: string, requestId: string, replayed = false): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': 'application/json',
      'request-id': requestId,
      ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
    },
  });
}

function logEntry(api: Api, call: Call): LoggedRequest {
  const entry: LoggedRequest = {
    at: api.world.wall(),
    method: call.method,
    path: call.path,
    params: {},
    idempotencyKey: call.key,
    requestId: call.requestId,
    status: null,
    replayed: false,
    fault: null,
  };
  api.log.push(entry);
  if (api.log.length > 1000) api.log.shift();
  return entry;
}
