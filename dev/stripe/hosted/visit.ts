import type { Form } from './form-input.ts';

/** A request for a hosted page, its body read. */
export type Visit = {
  method: string;
  form: Form;
  query: URLSearchParams;
  /** At the bank's page of 3-D Secure, below the page itself. */
  atBank: boolean;
};
