import { writeSync } from 'node:fs';
import { openFolder } from '../../main/house/folder.ts';
import { runRosterImport } from '../../main/house/roster-workshop.ts';
import { machineClock } from '../../main/machine/clock.ts';

/*
 * Imports the register that its first argument names into the training folder of the second, in runs of so few postings as the third
 * says, and tells each stage and how far it is; ends itself as soon as that part (from 0 to 1, the fifth) of the stage of the fourth,
 * or a later stage, is told: by SIGKILL, or where the sixth says SIGSTOP so that somebody may look at what lies about before they
 * kill it. Written at once: what was told stays told when the process is killed.
 */
const [path = '', directory = '', runPostings = '', killAt, killPart = '0', signal = 'SIGKILL'] = process.argv.slice(2);
const stages = ['looking', 'taking', 'indexing'];
const killFrom = killAt === undefined ? stages.length : stages.indexOf(killAt);
const store = await openFolder({ directory, kind: 'training', clock: machineClock });
const { rosterKeys } = await store.unlock({ kind: 'key-file', path: null });
const order = {
  path,
  today: machineClock.today(),
  mapping: [],
  encoding: null,
  partial: false,
  rejects: null,
  dryRun: false,
};
const report = await runRosterImport(
  new URL('../../main/house/roster-worker.ts', import.meta.url),
  { directory, kind: 'training', keys: rosterKeys() },
  { ...order, runPostings: Number(runPostings) },
  {
    signal: new AbortController().signal,
    onProgress: ({ stage, part }) => {
      writeSync(1, `${stage} ${part}\n`);
      const reached = stages.indexOf(stage) - killFrom;
      if (reached < 0 || (reached === 0 && part < Number(killPart))) return;
      writeSync(1, 'killed\n');
      process.kill(process.pid, signal === 'SIGSTOP' ? signal : 'SIGKILL');
    },
  },
);
store.close();
writeSync(1, `ended ${JSON.stringify({ read: report.read, resumed: report.resumed })}\n`);
