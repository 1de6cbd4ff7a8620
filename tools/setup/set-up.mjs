// Brings a bare machine to where the command after it can run: npm packages, Node 24 among them, and system packages.
// Plain JavaScript without packages, since it runs before there are any, on whatever Node 20 or newer is there.
// Standard output stays empty: what it has to say goes to standard error.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { leftOut } from './left-out.mjs';
import { nodeRuntime, olderThanPackages, runtimeToCome } from './node-runtime.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const purpose = process.argv[2] ?? 'styrk';

function say(text) {
  process.stderr.write(`${text}\n`);
}

// What was installed, for which machine: a changed lock file or another machine makes it stale.
function wanted() {
  const digest = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json']) digest.update(readFileSync(join(root, file)));
  return `${digest.digest('hex')} ${process.platform}-${process.arch}\n`;
}

/**
 * Runs a command to its end and answers whether it ended well. Where this process is to end, or the shell that npm started it
 * in is gone (npm signals the shell alone), the command ends with it: an installation that went on by itself would be in the
 * way of the next one.
 */
function run(command, words) {
  return new Promise((done) => {
    const shell = process.ppid;
    const child = spawn(command, words, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
    const end = (signal) => {
      clearInterval(watch);
      child.once('exit', () => process.exit(1));
      child.kill(signal);
    };
    const watch = setInterval(() => process.ppid === shell || end('SIGTERM'), 500);
    const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
    for (const signal of signals) process.once(signal, end);
    const finish = (well) => {
      clearInterval(watch);
      for (const signal of signals) process.off(signal, end);
      done(well);
    };
    child.once('error', () => finish(false));
    child.once('exit', (status) => finish(status === 0));
  });
}

async function ensureNpmPackages() {
  const stamp = join(root, 'node_modules', '.styrk-set-up');
  const stampWanted = wanted();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === stampWanted && nodeRuntime(root) !== null) return;
  const machine = `${process.platform}-${process.arch}`;
  if (!runtimeToCome()) {
    say(`There is no Node 24 for ${machine} among the packages. Put Node 24 first on the path, then try again.`);
    process.exit(1);
  }
  const tooOld = olderThanPackages(process.versions.node);
  if (tooOld !== null) {
    say(tooOld);
    process.exit(1);
  }
  say('Setting up: npm packages (once; a few minutes on a slow line)...');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // No package here needs a script of its own: binaries come ready. With scripts, npm runs node-gyp for each package that has
  // a binding.gyp, also where the package says `gypfile: false`, which the lock file does not keep (npm/cli#3341): that asks
  // for Python, make and a compiler. Electron's binary is fetched by `npm start`.
  const install = () => run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  // npm 9.2 (Debian 13's) now and then ends with "Cannot cd into" a folder of its own, where a download took long: what it has
  // by then is in its cache, and the second try succeeds.
  let installed = await install();
  const missing = installed ? leftOut(root) : [];
  if (!installed || missing.length > 0) {
    say(`npm ${installed ? `left out ${missing.join(', ')}` : 'did not end well'}: trying once more...`);
    installed = await install();
  }
  if (!installed) {
    say('npm could not install the packages. Check the network and the npm registry, then try again.');
    process.exit(1);
  }
  if (nodeRuntime(root) === null) {
    say(`npm installed no Node 24 for ${machine}. Are optional packages switched off (npm config get omit)?`);
    process.exit(1);
  }
  const still = leftOut(root);
  if (still.length > 0) {
    say(`npm left out ${still.join(', ')}. Check the network and the npm registry, then try again.`);
    process.exit(1);
  }
  writeFileSync(stamp, stampWanted);
}

await ensureNpmPackages();
if (purpose === 'start' || purpose === 'test') ensureSystemPackages(purpose, say);
