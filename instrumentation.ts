import type { Instrumentation } from 'next';

/** What goes wrong while Next renders or runs an action: a line of the log with the id of the request. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  // Next compiles this file for its edge runtime, too, where there is no log; it leaves such a branch out.
  // biome-ignore lint/style/noProcessEnv: the compiler sets it, it is no setting.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { log } = await import('#lib/log.ts');
  const { method, path } = request;
  const { routePath: route, routeType } = context;
  const asked = { method, path: path.split('?')[0], route };
  log().error({ err: error, ...asked }, `The ${routeType} of ${route} failed`);
};
