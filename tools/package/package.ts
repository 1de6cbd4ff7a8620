import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installedBeside } from '../setup/installed-beside.ts';
import { orderHostConfig, writeOrderHost } from './order-host.ts';
import { type Platform, platformOf, platforms } from './platforms.ts';
import { type Edition, filesOf, stageApp } from './stage.ts';
import { builderAt, writeAppImageTools, writeStubElectron } from './stub-electron.ts';
import { writeNsisTools } from './stub-nsis.ts';
import { areUpdateKeys } from './update-list.ts';

/*
 * `npm run package [-- --platform NAME]... [--edition training] [--extension ID]... [--update-key KEY]... [--stub] [--twice]`: builds
 * the app and packs it by electron-builder into dist/. `--stub` packs a stub of Electron's distribution where the real one cannot be had: what is in
 * the packages can be looked at, the app in them cannot be started. `--extension` names an extension of the bank that may start the
 * program of native messaging, `--update-key` a key by which the installed app proves updates (`npm run sign-update` prints it). `--twice` does all of it again and compares the bytes.
 * Exit status: 0 everything was made, 1 something failed, 2 unusable arguments, 3 this machine lacks what a package needs.
 */

const root = resolve(import.meta.dirname, '../..');
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const node = process.execPath;

interface Made {
  readonly platform: Platform;
  readonly target: string;
  /** Null: not made, for the reason given. */
  readonly folder: string | null;
  readonly reason: string;
}

function arguments_(): {
  platforms: Platform[];
  edition: Edition;
  extension: string[];
  updateKeys: string[];
  stub: boolean;
  twice: boolean;
} {
  const { values } = parseArgs({
    options: {
      platform: { type: 'string', multiple: true },
      edition: { type: 'string', default: 'ordinary' },
      extension: { type: 'string', multiple: true, default: [] },
      'update-key': { type: 'string', multiple: true, default: [] },
      stub: { type: 'boolean', default: false },
      twice: { type: 'boolean', default: false },
    },
  });
  const named = (values.platform ?? Object.keys(platforms)).map(platformOf);
  const { edition, extension, 'update-key': updateKeys } = values;
  const keysFit = updateKeys.length === 0 || areUpdateKeys(updateKeys);
  const isId = (id: string): boolean => /^[a-p]{32}$/.test(id);
  const editionFits = edition === 'ordinary' || edition === 'training';
  if (!editionFits || named.includes(null) || !extension.every(isId) || !keysFit) {
    say(
      'npm run package -- [--platform linux|win|mac]... [--edition ordinary|training] [--extension ID]... [--update-key KEY]... [--stub] [--twice]',
    );
    process.exit(2);
  }
  return { ...values, edition, updateKeys, platforms: named.filter((platform) => platform !== null) };
}

function buildApp(): void {
  say('Building the app...');
  rmSync(join(root, 'out'), { recursive: true, force: true });
  const cli = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const built = spawnSync(node, [cli, 'build'], { cwd: root, encoding: 'utf8' });
  if (built.status === 0) return;
  say(`${built.stdout}${built.stderr}\nThe build failed.`);
  process.exit(1);
}

function where(tool: string): string | null {
  const found = spawnSync(process.platform === 'win32' ? 'where' : 'which', [tool], { encoding: 'utf8' });
  return found.status === 0 ? (found.stdout.split('\n')[0] ?? '').trim() : null;
}

/** Why a target cannot be made on this machine, null where it can. */
function lacking(target: string, stub: boolean): string | null {
  if (target === 'deb') return where('dpkg-deb') === null ? 'dpkg-deb is not there' : null;
  if (target === 'AppImage')
    return stub && where('mksquashfs') === null ? 'mksquashfs is not there (apt install squashfs-tools)' : null;
  if (target === 'dmg')
    return process.platform === 'darwin' ? null : 'it needs macOS (hdiutil); Debian has no program that makes one';
  if (process.platform === 'win32') return null;
  if (target === 'msi')
    return "it needs Windows, or Wine with electron-builder's WiX, which is not in the npm registry; Debian's wixl has none of its dialogs";
  if (process.env.ELECTRON_BUILDER_NSIS_DIR !== undefined || !stub) return null;
  const missing = ['makensis', '7z'].filter((tool) => where(tool) === null);
  return missing.length === 0
    ? null
    : `${missing.join(' and ')} not there (apt install nsis p7zip-full), nor electron-builder's bundle (ELECTRON_BUILDER_NSIS_DIR)`;
}

async function pack(platform: Platform, output: string, builder: string): Promise<readonly Made[]> {
  const work = mkdtempSync(join(tmpdir(), `styrk-${platform.name}-`));
  try {
    const { folder, besides, missing } = stageApp(root, join(work, 'staged'), platform, given, say);
    writeOrderHost(besides, platform, given.extension);
    for (const path of missing) say(`${platform.name}: ${path} could not be had; verify-package will say so`);
    if (missing.length > 0 && !given.stub)
      return [{ platform, target: 'all', folder: null, reason: 'its native modules could not be had' }];
    const env: NodeJS.ProcessEnv = { ...process.env, SOURCE_DATE_EPOCH: commitTime(), NODE_PATH: '' };
    const version = (
      JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { devDependencies: { electron: string } }
    ).devDependencies.electron;
    const settings = [`-c.electronVersion=${version}`, `-c.directories.output=${output}`];
    if (given.stub) {
      const electron = join(work, 'electron');
      await writeStubElectron(electron, { platform, version, root, builder: builderAt(builder) });
      settings.push(`-c.electronDist=${electron}`, '-c.mac.identity=null');
    }
    const squashfs = where('mksquashfs');
    if (platform.name === 'linux') {
      env.CUSTOM_FPM_PATH = launcher(work, 'fpm', join(root, 'tools/package/deb-packer.ts'));
      if (given.stub && squashfs !== null) {
        writeAppImageTools(join(work, 'appimage'), squashfs);
        env.APPIMAGE_TOOLS_PATH = join(work, 'appimage');
      }
    }
    const makensis = where('makensis');
    const sevenZip = where('7z');
    const ownNsis = process.env.ELECTRON_BUILDER_NSIS_DIR === undefined && process.platform !== 'win32';
    if (platform.name === 'win' && given.stub && ownNsis && makensis !== null && sevenZip !== null) {
      const builderLibrary = join(builder, 'node_modules/app-builder-lib');
      Object.assign(env, writeNsisTools(join(work, 'nsis'), { makensis, sevenZip, builderLibrary }));
    }
    const possible = platform.targets.map((target) => ({ target, reason: lacking(target, given.stub) }));
    const targets = possible.filter(({ reason }) => reason === null).map(({ target }) => target);
    const ran = spawnSync(
      node,
      [
        join(builder, 'node_modules/electron-builder/cli.js'),
        `--${platform.name}`,
        ...(targets.length === 0 ? ['dir'] : targets),
        `--${platform.cpu}`,
        ...['--projectDir', folder, '--config', writtenConfig(work, besides), '--publish', 'never', ...settings],
      ],
      { cwd: folder, env, encoding: 'utf8' },
    );
    if (ran.status !== 0) say(`${ran.stdout}${ran.stderr}`);
    const reason = ran.status === 0 ? '' : 'electron-builder failed (above)';
    const done = ran.status === 0 ? output : null;
    return [
      { platform, target: 'dir', folder: done, reason },
      ...possible.map((each) => ({
        platform,
        target: each.target,
        folder: each.reason === null ? done : null,
        reason: each.reason ?? reason,
      })),
    ];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

// The configuration of the repository, with what lies beside the archive.
function writtenConfig(work: string, besides: string): string {
  const file = join(work, 'electron-builder.yml');
  const extra = filesOf(besides).map((name) => `  - from: ${JSON.stringify(join(besides, name))}\n    to: ${name}\n`);
  const own = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
  const hook = JSON.stringify(join(root, 'tools/package/after-extract.mjs'));
  const { deb, nsis } = orderHostConfig(besides);
  const installer = join(work, 'installer.nsh');
  writeFileSync(installer, `${nsis}!include ${JSON.stringify(join(root, 'tools/package/installer.nsh'))}\n`);
  const config = own
    .replace('AFTER_EXTRACT', hook)
    .replace(/^deb:\n/m, `deb:\n${deb}`)
    .replace(/^nsis:\n/m, `nsis:\n  include: ${JSON.stringify(installer)}\n`);
  writeFileSync(file, `${config}extraResources:\n${extra.join('')}`);
  return file;
}

function launcher(work: string, name: string, script: string): string {
  const file = join(work, name);
  writeFileSync(file, `#!/bin/sh\nexec ${JSON.stringify(node)} ${JSON.stringify(script)} "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

function commitTime(): string {
  const { stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  return /^\d+/.exec(stdout ?? '')?.[0] ?? '0';
}

/** SHA-256 of what people get, and of the archives, by path. */
function digests(output: string): ReadonlyMap<string, string> {
  const kept = filesOf(output).filter(
    (path) => /\.(deb|AppImage|exe|msi|dmg)$/.test(path) || path.endsWith('/app.asar'),
  );
  return new Map(
    kept.map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(output, path)))
        .digest('hex'),
    ]),
  );
}

async function packAll(output: string, builder: string): Promise<readonly Made[]> {
  buildApp();
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const made: Made[] = [];
  for (const platform of given.platforms) {
    say(`Packing for ${platform.name}...`);
    made.push(...(await pack(platform, join(output, platform.name), builder)));
  }
  return made;
}

const given = arguments_();
const output = join(root, 'dist', given.edition);
const builder = installedBeside(
  root,
  {
    described: 'tools/package/builder',
    kept: 'styrk-builder',
    proof: 'node_modules/electron-builder/cli.js',
    title: 'electron-builder',
  },
  say,
);
if (builder === null) {
  say('electron-builder could not be fetched by npm: nothing was packed.');
  process.exit(3);
}
const made = await packAll(output, builder);
let same = true;
if (given.twice) {
  const first = digests(output);
  await packAll(output, builder);
  const second = digests(output);
  for (const [path, digest] of first) {
    const equal = second.get(path) === digest;
    same &&= equal;
    process.stdout.write(`${equal ? 'same bytes' : 'OTHER BYTES'}  ${path}\n`);
  }
}
for (const { platform, target, folder, reason } of made)
  process.stdout.write(`${platform.name} ${target}: ${folder === null ? `NOT made: ${reason}` : `in ${folder}`}\n`);
if (given.updateKeys.length === 0)
  process.stdout.write(
    'Packed with no key for updates: an app that is installed from it proves none (--update-key).\n',
  );
if (given.stub) process.stdout.write('Packed with a stub of Electron: nothing of it can be started.\n');
if (!existsSync(output) || made.some(({ reason }) => reason.startsWith('electron-builder failed')) || !same)
  process.exit(1);
if (made.some(({ folder }) => folder === null)) process.exit(3);
