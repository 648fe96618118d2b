/** What a Stripe error answer says beside its HTTP status. */
export type FailureBody = {
  type: 'invalid_request_error' | 'idempotency_error' | 'api_error';
  message: string;
  code?: string;
  param?: string;
};

/** A refusal in Stripe's shape. The SDK only throws where the body has `error`, so every refusal goes through here. */
export class StripeFailure extends Error {
  readonly status: number;
  readonly body: FailureBody;

  constructor(status: number, body: FailureBody) {
    super(body.message);
    this.name = 'StripeFailure';
    this.status = status;
    this.body = body;
  }
}

/** 400 for a parameter: `param` in Stripe's bracket notation. */
export function invalid(message: string, param?: string, code?: string): StripeFailure {
  return new StripeFailure(400, {
    type: 'invalid_request_error',
    message,
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  });
}

/** Something that Stripe has and this stand-in hasn't: refused loudly, so that no code relies on silence. */
export function notServed(what: string, param?: string): StripeFailure {
  return invalid(`The stand-in does not serve ${what}. Stripe itself may.`, param);
}

/** 404 for an object in the address, 400 for one named in a parameter, as Stripe does. */
export function missingObject(label: string, id: string, param = 'id'): StripeFailure {
  return new StripeFailure(param === 'id' ? 404 : 400, {
    type: 'invalid_request_error',
    message: `No such ${label}: '${id}'`,
    code: 'resource_missing',
    param,
  });
}
