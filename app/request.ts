import { headers } from 'next/headers';

/** The network address of whoever sends this request, as the delivery layer found it; `unknown` without one. */
export async function networkAddress(): Promise<string> {
  return (await headers()).get('x-broadside-address') ?? 'unknown';
}

/** By what the delivery layer lets this page's scripts run; none where it takes them out. */
export async function scriptNonce(): Promise<string | undefined> {
  const policy = (await headers()).get('content-security-policy');
  return /'nonce-([^']+)'/.exec(policy ?? '')?.[1];
}

/** A text field of a form; `''` where it is missing or a file. Nulls, which PostgreSQL takes in no text, are dropped. */
export function textField(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.replaceAll('\0', '') : '';
}

/** One value of a query parameter; `''` where it is missing, the first where it stands there twice. */
export function queryValue(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
