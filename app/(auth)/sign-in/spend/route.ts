import { cookies } from 'next/headers';
import { networkAddress, textField } from '#app/request.ts';
import { consume } from '#lib/auth/limits.ts';
import { callbackAddress, linkCookie } from '#lib/auth/sign-in.ts';

/**
 * The button of the page that a mailed link leads to. A route and no action: after an action Next fetches the next page
 * itself, which would use the link up before the browser gets there.
 */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => new FormData());
  const email = textField(form, 'email');
  const next = textField(form, 'next');
  const again = (error: string) =>
    seeOther(`/sign-in?${new URLSearchParams({ email, next, error })}`);
  const counted = await consume('link tried from one network address', await networkAddress());
  if (!counted.ok) return again(counted.message);
  // Browsers keep this cookie from forms of other sites, so nobody can sign a reader in as somebody else.
  const kept = (await cookies()).get(linkCookie.name)?.value;
  if (!kept) return again('other-browser');
  return seeOther(callbackAddress({ email, mailed: textField(form, 'token'), kept, next }));
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
