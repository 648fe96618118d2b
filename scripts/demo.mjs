import { spawn } from 'node:child_process';
import { buildIfChanged } from './build.mjs';
import { environment, install, root, say } from './install.mjs';

install();
buildIfChanged();
say('Starting the demo…');
const server = spawn('node', ['server/main.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: environment({
    BROADSIDE_MODE: 'demo',
    NODE_ENV: 'production',
    LOG_LEVEL: process.env.LOG_LEVEL || 'warn',
  }),
});
// The server stops by itself, cleanly; this process only waits for it. Ctrl-C reaches both, a plain kill only this one.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => server.kill('SIGTERM'));
server.on('exit', (code) => process.exit(code ?? 1));
