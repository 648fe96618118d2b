import { headers } from 'next/headers';

/** The network address of whoever sends this request, as the delivery layer found it; `unknown` without one. */
export async function networkAddress(): Promise<string> {
  return (await headers()).get('x-broadside-address') ?? 'unknown';
}

/** A text field of a form; `''` where it is missing or a file. */
export function textField(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** One value of a query parameter; `''` where it is missing, the first where it stands there twice. */
export function queryValue(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
