// What npm leaves out without a word. A binary for one kind of machine is an optional package, and npm fails for none of those: where
// it could not be fetched, or where npm takes the machine for another kind (its C library it tells by the text of /usr/bin/ldd), `npm ci`
// ends with 0, and what needs the binary fails later, far from the cause.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The C library of this machine as npm names it; undefined where Linux is not what runs. */
function libcHere() {
  if (process.platform !== 'linux') return undefined;
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

/** Whether a value is among those that package.json lists (one or several, `!name` for all but it), as npm reads them. */
function fits(listed, value) {
  if (listed === undefined) return true;
  const list = [listed].flat();
  if (list.includes('any')) return true;
  const refused = list.filter((name) => name.startsWith('!'));
  return !refused.includes(`!${value}`) && (refused.length === list.length || list.includes(value));
}

/** The packages that the lock file has for this kind of machine alone, and that are not there. Names as npm has them. */
export function leftOut(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const libc = libcHere();
  const ofThisMachine = ({ os, cpu, libc: libcs }) =>
    (os !== undefined || cpu !== undefined) &&
    fits(os, process.platform) &&
    fits(cpu, process.arch) &&
    (libcs === undefined || (libc !== undefined && fits(libcs, libc)));
  return Object.entries(packages)
    .filter(([place, entry]) => ofThisMachine(entry) && !existsSync(join(root, place, 'package.json')))
    .map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length));
}
