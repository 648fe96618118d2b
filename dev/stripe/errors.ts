/** What a Stripe error answer says beside its HTTP status. */
export type FailureBody = {
  type: 'invalid_request_error' | 'idempotency_error' | 'api_error' | 'card_error';
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
};

/** A refusal in Stripe's shape. The SDK only throws where the body has `error`, so every refusal goes through here. */
export class StripeFailure extends Error {
  readonly status: number;
  readonly body: FailureBody;
  /** Whether what the call did before stays done, as after a try to pay that the bank refused. */
  readonly keeps: boolean;

  constructor(status: number, body: FailureBody, keeps = false) {
    super(body.message);
    this.name = 'StripeFailure';
    this.status = status;
    this.body = body;
    this.keeps = keeps;
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

/** 402: the bank said no to a card. `keeps` says whether the try stays on record. */
export function cardRefused(
  decline: { code: string; reason?: string; message: string },
  keeps = false,
): StripeFailure {
  const { code, reason, message } = decline;
  const because = reason === undefined ? {} : { decline_code: reason };
  return new StripeFailure(402, { type: 'card_error', message, code, ...because }, keeps);
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
