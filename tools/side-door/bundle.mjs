// The side door in few files: what a command reads of its sources costs more than most commands do. Plain JavaScript without
// packages, since it runs before every command; what only a few of them need of the runtime is loaded when it is needed.
import { accessSync, constants, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where bundles lie: beside the packages, which whoever can write there can change as well. */
export const bundlesOf = (root) => join(root, 'node_modules/.cache/styrk-side-door');

/** Which bundle is the one in force, and out of which files it was made. */
export const listName = 'made-of.json';

// Longer than making one takes on a slow machine: whoever had it in hand is gone.
const abandonedMillis = 5 * 60_000;

/**
 * The file to run in place of main/cli.ts: a bundle of exactly the sources as they are, made now where there is none. Null
 * where none can be had (nothing may be written here, another command is at it, it cannot be made): then the sources are run.
 */
export function bundledSideDoor(root) {
  const bundles = bundlesOf(root);
  try {
    return inForceOrNull(root, bundles) ?? (made(root, bundles) ? inForce(root, bundles) : null);
  } catch {
    return null;
  }
}

/** What is compared of a file at each start, and what of it where that differs: a copy of the checkout has other times. */
export function stateOf(path) {
  const { size, mtimeMs, ctimeMs } = statSync(path);
  return [size, mtimeMs, ctimeMs];
}

export const digestOf = (path) =>
  process.getBuiltinModule('node:crypto').createHash('sha256').update(readFileSync(path)).digest('hex');

// A list whose bundle is gone or not for this account is as good as none.
function inForceOrNull(root, bundles) {
  try {
    return inForce(root, bundles);
  } catch {
    return null;
  }
}

function inForce(root, bundles) {
  const list = readList(join(bundles, listName));
  if (list === null || list.root !== root) return null;
  let touched = false;
  for (const file of list.files) {
    try {
      const state = stateOf(file.path);
      if (state.every((value, at) => value === file.state[at])) continue;
      if (digestOf(file.path) !== file.digest) return null;
      file.state = state;
      touched = true;
    } catch {
      return null;
    }
  }
  if (touched) tryToKeep(bundles, list);
  const entry = join(bundles, list.folder, 'cli.mjs');
  accessSync(entry, constants.R_OK);
  return entry;
}

function readList(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

// Only so that the next start need not read every file again.
function tryToKeep(bundles, list) {
  try {
    keepList(bundles, list);
  } catch {}
}

/** Whole or not at all: other commands read it at any moment. */
export function keepList(bundles, list) {
  const half = join(bundles, `.${process.pid}-${listName}`);
  writeFileSync(half, JSON.stringify(list));
  renameSync(half, join(bundles, listName));
}

// One command makes it; whoever starts meanwhile does not wait.
function made(root, bundles) {
  const inHand = join(bundles, '.in-hand');
  mkdirSync(bundles, { recursive: true });
  if (!taken(inHand)) return false;
  try {
    // In a process of its own: the bundler's memory is none of the command's, nor is its end.
    const { status } = process
      .getBuiltinModule('node:child_process')
      .spawnSync(process.execPath, [join(import.meta.dirname, 'make-bundle.ts'), root], {
        stdio: 'ignore',
      });
    return status === 0;
  } finally {
    rmSync(inHand, { recursive: true, force: true });
  }
}

function taken(inHand) {
  try {
    mkdirSync(inHand);
    return true;
  } catch (thrown) {
    if (thrown.code !== 'EEXIST') throw thrown;
  }
  if (Date.now() - statSync(inHand).mtimeMs > abandonedMillis) rmSync(inHand, { recursive: true, force: true });
  return false;
}
