import { handlers } from '#lib/auth/sign-in.ts';

export const { GET, POST } = handlers;
