import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';

/*
 * Read by a process before anything of its own (`NODE_OPTIONS=--import`): it kills itself before the write whose number
 * `STYRK_KILL_AT_WRITE` is, counted from 1, from its beginning or, with `STYRK_KILL_FROM_SIGNAL=1`, from SIGUSR2 on. A write is a prepared
 * statement that changes the store, the BEGIN and COMMIT around such, a step of writing a file, or the end. Without a number it says at its end how many there
 * were (`writes N`, on standard error).
 */

const at = Number(process.env.STYRK_KILL_AT_WRITE ?? 0);
let counts = process.env.STYRK_KILL_FROM_SIGNAL !== '1';
let writes = 0;
if (!counts)
  process.once('SIGUSR2', () => {
    counts = true;
  });

function count(): void {
  if (!counts) return;
  writes += 1;
  if (writes === at) process.kill(process.pid, 'SIGKILL');
}

const database = new Database(':memory:');
const statement = Object.getPrototypeOf(database.prepare('SELECT 1')) as Database.Statement;
database.close();
const { run } = statement;
let changed = false;
statement.run = function counted(this: Database.Statement, ...values: unknown[]) {
  const ends = /^(COMMIT|ROLLBACK)/i.test(this.source);
  // A transaction that changed nothing writes nothing when it ends.
  if (ends ? changed : !this.readonly) count();
  changed = !ends && (changed || !this.readonly);
  return run.apply(this, values);
};

for (const name of [
  'openSync',
  'writeSync',
  'writeFileSync',
  'fsyncSync',
  'renameSync',
  'linkSync',
  'unlinkSync',
] as const) {
  const real = fs[name] as (...words: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...words: unknown[]) => {
      // What is opened to be read changes nothing, nor does what is told to whoever started it.
      const [file, how] = words;
      const tells = name === 'writeSync' && (file === 1 || file === 2);
      if (!tells && (name !== 'openSync' || (how !== undefined && how !== 'r'))) count();
      return real(...words);
    },
  });
}
syncBuiltinESMExports();

process.on('exit', () => {
  count();
  if (at === 0) process.stderr.write(`writes ${writes}\n`);
});
