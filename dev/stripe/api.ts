import { invalid, StripeFailure } from './errors.ts';
import { render } from './expand.ts';
import { type ApiFault, ConnectionLost, faultFailure, takeFault } from './faults.ts';
import { canonical, parseForm, type Tree } from './form.ts';
import { expireOverdue } from './objects/sessions.ts';
import { type Answer, type Route, routes } from './routes.ts';
import { checkAnswer, coerceParams } from './validate.ts';
import { type KeptAnswer, newId, type World } from './world.ts';

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
  const body = request.method === 'GET' ? url.search.slice(1) : await request.text();
  try {
    checkHeaders(api.world, request.headers);
    call.tree = parseForm(body);
    entry.params = call.tree;
    const fault = takeFault(api.faults, call.method, call.path);
    entry.fault = fault?.kind ?? null;
    const response = await withFault(api, call, fault, () => once(api, call, entry, fault));
    entry.status = response.status;
    return response;
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    entry.status = error.status;
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
  api: Api,
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
    case 'answer_lost': {
      await work();
      api.save();
      throw new ConnectionLost();
    }
  }
}

/** The work behind its idempotency key: replayed for the same parameters, refused for others or while it runs. */
async function once(
  api: Api,
  call: Call,
  entry: LoggedRequest,
  fault: ApiFault | null,
): Promise<Response> {
  const wait = async () => {
    if (fault?.kind !== 'slow') return;
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, fault.milliseconds ?? 500);
    await promise;
  };
  if (call.key === null || call.method !== 'POST') {
    await wait();
    return jsonResponse(200, perform(api, call), call.requestId);
  }
  const fingerprint = `${call.method} ${call.path} ${canonical(call.tree)}`;
  const kept = new Map(Object.entries(api.world.state.idempotency)).get(call.key);
  if (kept && api.world.now() - kept.at < 24 * 3600) {
    if (kept.fingerprint !== fingerprint) throw keyConflict(call.key);
    if (!kept.answer) throw keyInUse(call.key);
    entry.replayed = true;
    return jsonResponse(kept.answer.status, kept.answer.body, kept.answer.requestId, true);
  }
  keep(api, call.key, { fingerprint, at: api.world.now(), answer: null });
  try {
    await wait();
    const body = perform(api, call);
    const answer = { status: 200, body, requestId: call.requestId };
    keep(api, call.key, { fingerprint, at: api.world.now(), answer });
    return jsonResponse(200, body, call.requestId);
  } catch (error) {
    delete api.world.state.idempotency[call.key];
    throw error;
  }
}

function keep(api: Api, key: string, kept: KeptAnswer): void {
  api.world.state.idempotency[key] = kept;
  if (kept.answer) api.save();
}

function perform(api: Api, call: Call): string {
  const { world } = api;
  const [route, id] = routeOf(call);
  const params = coerceParams<{ expand?: string[] }>(route.params, call.tree);
  const before = call.method === 'GET' ? world.state : structuredClone(world.state);
  world.cause = { id: call.requestId, idempotency_key: call.key };
  try {
    expireOverdue(world);
    const answer = route.run(world, params as never, id, call.path);
    const rendered = renderAnswer(world, answer, params.expand ?? []);
    checkAnswer(rendered);
    if (call.method !== 'GET' && call.key === null) api.save();
    return JSON.stringify(rendered, null, 2);
  } catch (error) {
    // A refused call leaves nothing behind, as in Stripe: no half-made prices, no events.
    world.state = before;
    throw error;
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
  for (const route of routes) {
    const match = route.method === call.method ? route.path.exec(call.path) : null;
    if (match) return [route, decodeURIComponent(match[1] ?? '')];
  }
  throw new StripeFailure(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${call.method}: ${call.path}).`,
  });
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

function keyConflict(key: string): StripeFailure {
  return new StripeFailure(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}

function keyInUse(key: string): StripeFailure {
  return new StripeFailure(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Stripe-Key ${key}.`,
  });
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
    at: api.world.now(),
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
