import { env, loadEnvFile, SettingsError } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { start } from './boot.ts';
import { BootError } from './boot-error.ts';

/*
 * The process: starts everything, stops it all on SIGTERM or Ctrl-C, and says in one line what is wrong where it can't.
 */

const patience = 30_000;

try {
  loadEnvFile();
  const running = await start();
  const { mode, siteUrl } = env();
  if (mode === 'demo' || mode === 'development') {
    process.stdout.write(`Ready: ${siteUrl} (mails: ${siteUrl}/dev/mailbox)\n`);
  }
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    setTimeout(
      () => fail(new BootError('Stopping took too long; ended in the middle.')),
      patience,
    ).unref();
    await running.stop();
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log().info(`${signal}: finishing what is under way`);
      stop(0).catch(fail);
    });
  }
  running.broken.then((why) => {
    log().fatal(why);
    process.stderr.write(`Broadside stops: ${why}\n`);
    stop(1).catch(fail);
  }, fail);
} catch (error) {
  fail(error);
}

function fail(error: unknown): never {
  const known = error instanceof BootError || error instanceof SettingsError;
  const text = error instanceof Error ? (known ? error.message : error.stack) : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(error instanceof BootError ? error.exitCode : 1);
}
