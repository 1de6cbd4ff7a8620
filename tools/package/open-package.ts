import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlatformName } from './platforms.ts';

/** A package laid open: where the app's program, archive and resources are. */
export interface OpenedPackage {
  readonly platform: PlatformName;
  /** The folder that was laid open. */
  readonly folder: string;
  /** `resources` or `Contents/Resources`. */
  readonly resources: string;
  /** The file that holds the fuses. */
  readonly fusesIn: string;
  readonly program: string;
}

/** The system lacks what opens this kind of package. */
export class CannotOpen extends Error {}

/** Lays a package open: a folder as it is, else by the system's tools into a temporary folder that `made` is told of. */
export function openPackage(file: string, made: (folder: string) => void): OpenedPackage {
  if (statSync(file).isDirectory()) return look(file);
  const folder = mkdtempSync(join(tmpdir(), 'styrk-package-'));
  made(folder);
  if (file.endsWith('.deb')) run('dpkg-deb', ['-x', file, folder]);
  else if (file.endsWith('.AppImage')) openAppImage(file, folder);
  else if (/\.(exe|dmg)$/.test(file)) openBySevenZip(file, folder);
  else if (file.endsWith('.msi')) run('msiextract', ['-C', folder, file]);
  else throw new CannotOpen('no kind of package that is known');
  return look(folder);
}

function run(tool: string, args: readonly string[]): void {
  const { error, status, stderr } = spawnSync(tool, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (error !== undefined) throw new CannotOpen(`${tool} is not there`);
  if (status !== 0) throw new CannotOpen(`${tool} could not open it: ${stderr.trim().split('\n')[0] ?? ''}`);
}

// The file system's image stands behind the runtime that mounts it. Its magic may stand in the runtime too, so each place is tried.
function openAppImage(file: string, folder: string): void {
  const bytes = readFileSync(file);
  for (let at = bytes.indexOf('hsqs'); at !== -1; at = bytes.indexOf('hsqs', at + 1)) {
    const { error, status } = spawnSync(
      'unsquashfs',
      ['-q', '-n', '-o', String(at), '-d', join(folder, 'app'), '-f', file],
      {
        stdio: 'ignore',
      },
    );
    if (error !== undefined) throw new CannotOpen('unsquashfs is not there');
    if (status === 0) return;
  }
  throw new CannotOpen('no file system was found in it');
}

function openBySevenZip(file: string, folder: string): void {
  run('7z', ['x', '-y', `-o${folder}`, file]);
  const inner = find(folder, (path) => /app-(64|arm64)\.7z$/.test(path));
  if (inner !== null) run('7z', ['x', '-y', `-o${join(folder, 'app')}`, inner]);
}

function find(folder: string, wanted: (path: string) => boolean): string | null {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const found = paths.sort().find((path) => wanted(path.replaceAll('\\', '/')));
  return found === undefined ? null : join(folder, found);
}

function look(folder: string): OpenedPackage {
  const archive = find(folder, (path) => /(^|\/)app\.asar$/.test(path));
  if (archive === null) throw new CannotOpen('there is no app.asar in it');
  const resources = join(archive, '..');
  const above = join(resources, '..');
  const frameworks = join(above, 'Frameworks/Electron Framework.framework');
  if (existsSync(frameworks)) {
    const fusesIn = find(frameworks, (path) => /(^|\/)Electron Framework$/.test(path)) ?? frameworks;
    return { platform: 'mac', folder, resources, fusesIn, program: find(join(above, 'MacOS'), () => true) ?? above };
  }
  const windows = find(above, (path) => /^[^/]*\.exe$/.test(path) && !/uninstall/i.test(path));
  if (windows !== null) return { platform: 'win', folder, resources, fusesIn: windows, program: windows };
  const program = join(above, 'styrk');
  return { platform: 'linux', folder, resources, fusesIn: program, program };
}
