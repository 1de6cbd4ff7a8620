import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/*
 * Takes the place of `fpm`, which electron-builder fetches from outside the npm registry: the same arguments, made into a
 * Debian package by `dpkg-deb`, with one time for every file, so that the same content gives the same bytes.
 */

/** What electron-builder says of a package, by fpm's option names; those that may be given twice as lists. */
interface Request {
  readonly single: ReadonlyMap<string, string>;
  readonly depends: readonly string[];
  readonly recommends: readonly string[];
  /** From, to: a folder's content (`FROM/=TO`) or a file. */
  readonly content: readonly (readonly [string, string])[];
}

function parsedRequest(args: readonly string[]): Request {
  const single = new Map<string, string>();
  const depends: string[] = [];
  const recommends: string[] = [];
  const content: (readonly [string, string])[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--force' || arg === '--debug') continue;
    const value = args[index + 1] ?? '';
    if (!arg.startsWith('-')) {
      const cut = arg.lastIndexOf('=');
      content.push([arg.slice(0, cut), arg.slice(cut + 1)]);
      continue;
    }
    index += 1;
    if (arg === '-d') depends.push(value);
    else if (arg === '--deb-recommends') recommends.push(value);
    else single.set(arg.replace(/^-+/, ''), value);
  }
  return { single, depends, recommends, content };
}

function build({ single, depends, recommends, content }: Request, tree: string): string {
  const given = (name: string): string => {
    const value = single.get(name);
    if (value === undefined) throw new Error(`--${name} was not given`);
    return value;
  };
  for (const [from, to] of content) {
    const target = join(tree, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true });
  }
  const files = filesBelow(tree);
  const size = files.reduce((sum, path) => sum + Math.ceil(statSync(join(tree, path)).size / 1024), 0);
  const [synopsis = '', ...long] = given('description').trim().split('\n');
  const control = {
    Package: given('name'),
    Version: given('version'),
    Architecture: given('architecture'),
    Maintainer: given('maintainer'),
    'Installed-Size': String(size),
    Depends: depends.join(', '),
    Recommends: recommends.join(', '),
    Section: single.get('category') ?? 'default',
    Priority: given('deb-priority'),
    Homepage: given('url'),
    Description: [synopsis.trim(), ...long.map((line) => ` ${line.trim()}`)].join('\n'),
  };
  const lines = Object.entries(control).filter(([, value]) => value !== '');
  const folder = join(tree, 'DEBIAN');
  mkdirSync(folder);
  writeFileSync(join(folder, 'control'), `${lines.map(([name, value]) => `${name}: ${value}`).join('\n')}\n`);
  const digests = files.map(
    (path) =>
      `${createHash('md5')
        .update(readFileSync(join(tree, path)))
        .digest('hex')}  ${path}\n`,
  );
  writeFileSync(join(folder, 'md5sums'), digests.join(''));
  cpSync(given('after-install'), join(folder, 'postinst'));
  writeFileSync(join(folder, 'postrm'), removalScript(readFileSync(given('after-remove'), 'utf8')));
  for (const name of ['config', 'templates']) cpSync(join(debian, name), join(folder, name));
  for (const name of ['preinst', 'prerm'] as const)
    writeFileSync(join(folder, name), guardScript(name, given('version')));
  return given('package');
}

const debian = join(import.meta.dirname, 'debian');

/** electron-builder's script with the choice of data around it: asked before all else, done at the end. */
export function removalScript(own: string): string {
  const [shell = '', ...rest] = own.trimEnd().split('\n');
  const part = (name: string): string => readFileSync(join(debian, name), 'utf8');
  return `${shell}\n${part('postrm-begin.sh')}${rest.join('\n')}\n${part('erase-data.sh')}`;
}

/** The scripts by which the package of a version refuses to replace a newer one, and to be replaced by an older one. */
export function guardScript(name: 'preinst' | 'prerm', version: string): string {
  return readFileSync(join(debian, name), 'utf8').replace('@VERSION@', version);
}

function filesBelow(tree: string): readonly string[] {
  return readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(tree.length + 1))
    .sort();
}

// What the umask of whoever packs would decide otherwise.
function settle(tree: string, time: number): void {
  for (const entry of readdirSync(tree, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    const runs =
      entry.isDirectory() ||
      (statSync(path).mode & 0o100) !== 0 ||
      /DEBIAN\/(preinst|postinst|prerm|postrm|config)$/.test(path);
    chmodSync(path, runs ? 0o755 : 0o644);
    lutimesSync(path, time, time);
  }
  chmodSync(tree, 0o755);
  lutimesSync(tree, time, time);
}

if (import.meta.main) {
  const time = Number(process.env.SOURCE_DATE_EPOCH ?? '0');
  const tree = mkdtempSync(join(tmpdir(), 'styrk-deb-'));
  try {
    const file = build(parsedRequest(process.argv.slice(2)), tree);
    settle(tree, time);
    const { status } = spawnSync('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', tree, file], {
      stdio: 'inherit',
    });
    process.exitCode = status ?? 1;
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}
