import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MalformedArchive } from './asar.ts';
import { CannotOpen, openPackage } from './open-package.ts';
import { verifyOpened } from './verify-opened.ts';

/*
 * `npm run verify-package FILE_OR_DIR...`: what is in a package, read from the package itself. Exit status: 0 nothing was
 * found, 1 something was, 2 unusable arguments, 3 this machine cannot open it.
 */

const root = resolve(import.meta.dirname, '../..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { unsigned: { type: 'boolean' }, json: { type: 'boolean' } },
});

function verify(file: string): number {
  const made: string[] = [];
  try {
    const opened = openPackage(resolve(file), (folder) => made.push(folder));
    const { edition, findings, notes } = verifyOpened(root, opened, { unsigned: values.unsigned === true });
    if (values.json === true) say(JSON.stringify({ file, platform: opened.platform, edition, findings, notes }));
    else {
      say(`${file}: ${opened.platform}, ${edition} edition: ${findings.length === 0 ? 'nothing found' : 'FOUND'}`);
      for (const { what, where } of findings) say(`  ${where}: ${what}`);
      for (const note of notes) say(`  (${note})`);
    }
    return findings.length === 0 ? 0 : 1;
  } catch (thrown) {
    if (!(thrown instanceof CannotOpen) && !(thrown instanceof MalformedArchive)) throw thrown;
    say(`${file}: could not be looked into: ${thrown.message}`);
    return thrown instanceof CannotOpen ? 3 : 1;
  } finally {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  }
}

const missing = positionals.filter((file) => !existsSync(file));
for (const file of missing) process.stderr.write(`${file}: is not there\n`);
if (positionals.length === 0 || missing.length > 0) {
  process.stderr.write('npm run verify-package -- FILE_OR_DIR... [--unsigned] [--json]\n');
  process.exit(2);
}
process.exitCode = Math.max(...positionals.map(verify));
