import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fetchPackage } from './fetch-package.ts';
import type { LockedPackage } from './lock-file.ts';
import { notices } from './notices.ts';
import { cycloneDx, importedIn, type ProductParts, productParts } from './parts.ts';
import type { Platform } from './platforms.ts';

/** `ordinary` leaves the specimens, their keys and the roster out; `training` is for practice. */
export type Edition = 'ordinary' | 'training';

/** What is packed: for what, and by which keys the installed app is to prove updates (`NAME+ID+KEY`). */
export interface Product {
  readonly edition: Edition;
  readonly updateKeys: readonly string[];
}

/** The app as it is to be packed. */
export interface StagedApp {
  readonly folder: string;
  /** Beside the archive, for people: notices and the list of parts. */
  readonly besides: string;
  /** Native binaries of the platform that could not be had. */
  readonly missing: readonly string[];
}

/** Where the native modules' digests stand, which the app compares at its start (main/station/native-modules.ts). */
const nativeList = 'native-modules.json';

/** Puts together what is packed: what was built, resources, the packages that run, and nothing else. */
export function stageApp(
  root: string,
  into: string,
  platform: Platform,
  product: Product,
  say: (line: string) => void,
): StagedApp {
  const { edition } = product;
  const folder = join(into, 'app');
  const besides = join(into, 'besides');
  rmSync(into, { recursive: true, force: true });
  for (const made of [folder, besides]) mkdirSync(made, { recursive: true });
  copyFiles(join(root, 'out'), join(folder, 'out'), (path) => keptOfBuild(path, edition));
  copyFiles(join(root, 'resources'), join(folder, 'resources'), (path) => keptOfResources(path, edition));
  const built = filesOf(join(folder, 'out/main')).map((path) => readFileSync(join(folder, 'out/main', path), 'utf8'));
  const parts = productParts(root, platform, importedIn(built));
  const missing = copyPackages(root, folder, parts, platform, say);
  writeFileSync(join(folder, 'package.json'), packageFile(root, parts, product));
  writeFileSync(join(folder, nativeList), nativeDigests(folder, platform));
  writeFileSync(join(besides, 'parts.cdx.json'), cycloneDx(parts));
  writeFileSync(join(besides, 'notices.txt'), notices(root, parts));
  return { folder, besides, missing };
}

function keptOfBuild(path: string, edition: Edition): boolean {
  if (path.endsWith('.map') || path === '.built') return false;
  return edition === 'training' || !path.startsWith('main/training/');
}

function keptOfResources(path: string, edition: Edition): boolean {
  // What is written in TypeScript is in what was built.
  return !path.endsWith('.ts') && (edition === 'training' || !path.startsWith('specimens/'));
}

// Packages whose code, as it is imported, is that of their sources.
const runFromSources: ReadonlySet<string> = new Set(['restructure']);

/** Of a package: its code, its description, its licence. No sources of native code, no types, no documentation, no tools of its own. */
export function keptOfPackage(path: string, name: string): boolean {
  if (/(^|\/)\.[^/]+\//.test(path)) return false;
  if (/^src\//.test(path) && runFromSources.has(name)) return /\.[cm]?js$/.test(path);
  if (/(^|\/)(deps|src|test|tests|__tests__|example|examples|docs|benchmark)\//.test(path)) return false;
  if (/\.(test|spec)\.[cm]?js$/.test(path)) return false;
  return /\.[cm]?js$|(^|\/)package\.json$/.test(path) || /^(licen[cs]e|notice)[^/]*$/i.test(path);
}

function copyPackages(
  root: string,
  folder: string,
  parts: ProductParts,
  platform: Platform,
  say: (line: string) => void,
): readonly string[] {
  for (const part of parts.packages) {
    const from = packageFolder(root, part, platform, say);
    if (from === null) continue;
    const native = (path: string): boolean => platform.native.includes(`${part.place}/${path}`);
    copyFiles(from, join(folder, part.place), (path) => keptOfPackage(path, part.name) || native(path));
    forgetMaps(join(folder, part.place));
  }
  return platform.native.filter((path) => !existsSync(join(folder, path)));
}

// Maps are not packed, so nothing names them either.
function forgetMaps(folder: string): void {
  for (const path of filesOf(folder).filter((name) => /\.[cm]?js$/.test(name))) {
    const text = readFileSync(join(folder, path), 'utf8');
    const without = text.replace(/\n?\/\/[#@] ?sourceMappingURL=\S+\s*$/, '\n');
    if (without !== text) writeFileSync(join(folder, path), without);
  }
}

// What is installed here was compared with its digest by `npm ci`; another platform's is fetched and compared by ourselves.
function packageFolder(
  root: string,
  part: LockedPackage,
  platform: Platform,
  say: (line: string) => void,
): string | null {
  const installed = join(root, part.place);
  if (existsSync(join(installed, 'package.json'))) return installed;
  if (!platform.native.some((path) => path.startsWith(`${part.place}/`))) return null;
  return fetchPackage(root, part, say);
}

/** Copies the files of a folder that are kept, with one mode and in the order of their names. */
function copyFiles(from: string, to: string, kept: (path: string) => boolean): void {
  for (const path of filesOf(from)) {
    if (!kept(path)) continue;
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(from, path), join(to, path), { dereference: true });
  }
}

/** Every file under a folder, by its path with `/`, sorted. Nested packages have a place of their own. */
export function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !path.startsWith('node_modules/') && !path.includes('/node_modules/'))
    .sort();
}

function packageFile(root: string, { packages }: ProductParts, { edition, updateKeys }: Product): string {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, productName, version, description, license, type, main, dependencies } = own;
  const known = new Set(packages.map((part) => part.name));
  const listed = Object.entries(dependencies as Record<string, string>).filter(([dependency]) => known.has(dependency));
  const keys = updateKeys.length === 0 ? {} : { updateKeys };
  const file = { name, productName, version, description, license, type, main, edition, ...keys, author: 'Styrk' };
  return `${JSON.stringify({ ...file, dependencies: Object.fromEntries(listed) }, null, 2)}\n`;
}

function nativeDigests(folder: string, platform: Platform): string {
  const digests = platform.native
    .filter((path) => existsSync(join(folder, path)))
    .map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex'),
    ]);
  return `${JSON.stringify(Object.fromEntries(digests), null, 2)}\n`;
}

/** The path of a file of the app from the app's folder, with `/`. */
export function pathIn(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/');
}
