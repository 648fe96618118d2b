import { say } from '../install.mjs';
import { bytes } from './bytes.ts';
import { coldStart } from './cold.ts';
import { startDatabases, stopDatabases } from './databases.ts';
import { growth } from './growth.ts';
import { lighthouse } from './lighthouse.ts';
import { office } from './office.ts';
import { type Options, readOptions } from './options.ts';
import { pages, subscriber } from './pages.ts';
import { freePorts } from './place.ts';
import { profile } from './profile.ts';
import { publishing } from './publish.ts';
import { failed, finish, machine } from './report.ts';
import { stopServers } from './servers.ts';
import { soak } from './soak.ts';

/*
 * npm run bench [-- SECTION … --rounds 5 --seconds 3 --only article,home,feed --soak MINUTES --rate 300]
 *
 * Everything runs on a fresh demo magazine with PostgreSQL as the demo has it. The server under test has the first core
 * to itself; wrk, the database and this process share the second one.
 */

type Section = { title: string; needsWrk?: boolean; run: (options: Options) => Promise<void> };

const sections: Record<string, Section> = {
  pages: { title: 'Pages for strangers', needsWrk: true, run: pages },
  subscriber: { title: 'A gated article for its readers', needsWrk: true, run: subscriber },
  profile: { title: 'What bounds a subscriber’s page', needsWrk: true, run: profile },
  publish: { title: 'After a publish', needsWrk: true, run: publishing },
  cold: { title: 'Cold start', run: coldStart },
  bytes: { title: 'Bytes over the wire', run: bytes },
  lighthouse: { title: 'Lighthouse', run: lighthouse },
  growth: { title: 'A growing archive', needsWrk: true, run: growth },
  office: { title: 'The office of a grown magazine', run: office },
  soak: { title: 'Mixed load', run: soak },
};

const options = readOptions(Object.keys(sections));
const asked = [...options.sections, ...(options.soakMinutes ? ['soak'] : [])];
const usual = Object.keys(sections).filter((name) => name !== 'soak');
let stopped = false;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopped = true;
    failed(`${signal}: stopped in the middle`);
    void stopServers();
  });
}

try {
  const { processor, cores, node, next } = machine();
  say(`\n${cores} × ${processor}, Node ${node}, Next ${next}. Making the magazine…`);
  await startDatabases();
  for (const name of asked.length > 0 ? asked : usual) {
    const section = sections[name];
    if (!section || stopped) continue;
    say(`\n— ${section.title} (${name})`);
    if (section.needsWrk && options.missing.includes('wrk')) {
      say('  Left out: it needs wrk.');
      continue;
    }
    const began = Date.now();
    try {
      await section.run(options);
    } catch (error) {
      failed(`${name}: ${error instanceof Error ? error.message : error}`);
    }
    await stopServers();
    freePorts();
    say(`  ${((Date.now() - began) / 1_000).toFixed(0)} s`);
  }
} finally {
  await stopServers();
  await stopDatabases();
}
process.exit(finish(options) ? 0 : 1);
