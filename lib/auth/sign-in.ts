import { AsyncLocalStorage } from 'node:async_hooks';
import { DrizzleAdapter } from '@auth/drizzle-adapter';
import NextAuth, { type NextAuthConfig } from 'next-auth';
import type { Adapter } from 'next-auth/adapters';
import type { EmailConfig } from 'next-auth/providers/email';
import { db } from '#db/client.ts';
import { accounts, sessions, users, verificationTokens } from '#db/schema/users.ts';
import { claimByEmail } from '#lib/entitlements/commands.ts';
import { env } from '#lib/env.ts';
import { sendMail } from '#lib/gateways/mail/send.ts';
import { newToken } from '#lib/ids.ts';
import { log } from '#lib/log.ts';
import { findPublication } from '#lib/publication/queries.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { normaliseEmail } from '#lib/users/rules.ts';
import { consume } from './limits.ts';
import { signInMail } from './mails.ts';
import {
  isSpentLink,
  linkMinutes,
  mailedHalf,
  safeNext,
  signInInput,
  wholeToken,
} from './rules.ts';

/** The half of the token that stays in the browser, and where the reader wants to go, for the link being made. */
const asking = new AsyncLocalStorage<{ kept: string; next: string }>();

const byMail: EmailConfig = {
  id: 'email',
  type: 'email',
  name: 'E-mail',
  maxAge: linkMinutes * 60,
  generateVerificationToken: () => {
    const request = asking.getStore();
    if (!request) throw new Error('A sign-in link is only made by askForLink');
    return wholeToken(newToken(), request.kept);
  },
  async sendVerificationRequest({ identifier, token }) {
    const query = new URLSearchParams({
      token: mailedHalf(token),
      email: identifier,
      next: safeNext(asking.getStore()?.next),
    });
    const { name } = await findPublication();
    await sendMail(signInMail(identifier, `${env().siteUrl}/sign-in/confirm?${query}`, name));
  },
};

const secure = () => env().siteUrl.startsWith('https:');

// Made at each call, since a build has no settings and no database.
const library = NextAuth(
  (request): NextAuthConfig => ({
    adapter: adapter(request?.headers.get('x-broadside-agent') || null),
    providers: [byMail],
    session: { strategy: 'database', maxAge: 60 * 60 * 24 * 60, updateAge: 60 * 60 * 24 },
    secret: env().authSecret,
    trustHost: true,
    useSecureCookies: secure(),
    pages: { signIn: '/sign-in', verifyRequest: '/sign-in/check', error: '/sign-in' },
    callbacks: {
      redirect: ({ url }) => {
        const { siteUrl } = env();
        return siteUrl + safeNext(url.startsWith(siteUrl) ? url.slice(siteUrl.length) : url);
      },
      // The row stays here: what is answered, a page's script can ask for.
      session: ({ session, user }) => {
        const asked = lookingUp.getStore();
        if (asked) asked.found = { session, user } as unknown as Found;
        return { expires: session.expires, user: { email: user.email } };
      },
    },
    events: {
      // What was bought without an account belongs to whoever proves the address.
      signIn: async ({ user }) => {
        const { id, email } = user;
        if (id && email) await db().transaction((tx) => claimByEmail(tx, id, email));
      },
    },
    logger: {
      // That a link has been used or is too old is said to the reader; all else is for the operator.
      error: (error) => {
        const asked = lookingUp.getStore();
        if (asked) asked.failure = error;
        else if (!isSpentLink(error)) log().error({ err: error }, 'Signing in failed');
      },
      warn: () => {},
    },
  }),
);

export const { handlers, signOut } = library;

type Found = { session: typeof sessions.$inferSelect; user: typeof users.$inferSelect };

const lookingUp = new AsyncLocalStorage<{ failure: Error | null; found: Found | null }>();

/**
 * The session that this request's cookie names, and its user; `null` for a stranger. Throws what the library would
 * answer with nothing, so that nobody is taken for a stranger where it fails.
 */
export async function lookUp(): Promise<Found | null> {
  const asked: { failure: Error | null; found: Found | null } = { failure: null, found: null };
  await lookingUp.run(asked, () => library.auth());
  if (asked.failure) throw asked.failure;
  return asked.found;
}

/** The library's way into the database. A new session remembers the browser that it was begun in. */
function adapter(userAgent: string | null): Adapter {
  const made = DrizzleAdapter(db(), {
    usersTable: users,
    accountsTable: accounts,
    sessionsTable: sessions,
    verificationTokensTable: verificationTokens,
  });
  return {
    ...made,
    createSession: async (session) => {
      const begun = { ...session, userAgent: userAgent?.slice(0, 400) ?? null };
      await db().insert(sessions).values(begun);
      return session;
    },
  };
}

/** The cookie that keeps the browser's half of a token, in seconds. */
export const linkCookie = { name: 'broadside-sign-in', maxAge: linkMinutes * 60 };

/**
 * Mails a sign-in link to an address, whether or not there is an account for it: the answer is the same, and the first
 * sign-in makes the account. `address` is the network address that asks. Answers the half of the token that the caller
 * puts into `linkCookie`. Refuses what is no address, and too many tries.
 */
export async function askForLink(request: {
  email: string;
  next: string;
  address: string;
}): Promise<Result<{ kept: string }, 'invalid' | 'too_many' | 'not_sent'>> {
  const parsed = signInInput.safeParse({ email: request.email });
  if (!parsed.success) {
    const message = parsed.error.issues[0]?.message ?? 'Please write an e-mail address.';
    return fail('invalid', message, { email: message });
  }
  const email = normaliseEmail(parsed.data.email);
  for (const [limit, key] of [
    ['sign-in from one network address', request.address],
    ['sign-in to one address', email],
  ] as const) {
    const counted = await consume(limit, key);
    if (!counted.ok) return counted;
  }
  const kept = newToken();
  const sent = await asking.run({ kept, next: request.next }, () =>
    library.signIn('email', { email, redirect: false, redirectTo: safeNext(request.next) }),
  );
  if (new URL(sent, env().siteUrl).searchParams.has('error')) {
    return fail('not_sent', 'The mail could not be sent just now. Please try again in a moment.');
  }
  return ok({ kept });
}

/** The address under which the two halves of a token are turned into a session. */
export function callbackAddress(request: {
  email: string;
  mailed: string;
  kept: string;
  next: string;
}): string {
  const query = new URLSearchParams({
    token: wholeToken(request.mailed, request.kept),
    email: request.email,
    callbackUrl: safeNext(request.next),
  });
  return `/api/auth/callback/email?${query}`;
}
