import { NextRequest } from 'next/server';
import { handlers } from '#lib/auth/sign-in.ts';
import { env } from '#lib/env.ts';

/**
 * The sign-in library's own routes; the one in use is the callback. It answers with addresses made from the request's,
 * which behind a proxy isn't the site's. Nothing is posted to it: signing in and out are ours.
 */
export function GET(request: NextRequest): Promise<Response> {
  const { pathname, search } = request.nextUrl;
  return handlers.GET(new NextRequest(env().siteUrl + pathname + search, request));
}
