import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Archive, readArchive } from './asar.ts';
import { wrongFuses } from './fuses.ts';
import { trainingNeedles } from './needles.ts';
import type { OpenedPackage } from './open-package.ts';
import { orderHostFindings } from './order-host.ts';
import { cycloneDx, importedIn, productParts } from './parts.ts';
import { platforms } from './platforms.ts';
import { type AppFile, type Finding, judgeArchive, judgeFiles, judgeNativeList } from './rules.ts';
import { signatureFindings } from './signatures.ts';
import { filesOf } from './stage.ts';
import { areUpdateKeys } from './update-list.ts';

/** What was found in a package, and what was not looked at, in words. */
export interface Verification {
  readonly edition: 'ordinary' | 'training';
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

/** Judges a package that was laid open. `unsigned`: that nobody signed it is a note and no finding. */
export function verifyOpened(
  root: string,
  opened: OpenedPackage,
  { unsigned }: { readonly unsigned: boolean },
): Verification {
  const archive = readArchive(join(opened.resources, 'app.asar'));
  const beside = filesBeside(join(opened.resources, 'app.asar.unpacked'));
  const files: AppFile[] = archive.files
    .filter(({ bytes }) => bytes !== null)
    .map(({ path, bytes }) => ({ path, bytes: Buffer.from(bytes ?? []) }));
  for (const [path, bytes] of beside) files.push({ path, bytes });
  const edition = editionOf(files);
  const platform = platforms[opened.platform];
  const built = files.filter(({ path }) => path.startsWith('out/main/')).map(({ bytes }) => bytes.toString('utf8'));
  const parts = productParts(root, platform, importedIn(built));
  const packages = new Set(parts.packages.map(({ name }) => name));
  const signed = signatureFindings(opened);
  const { updateKeys } = descriptionIn(files);
  const findings: Finding[] = [
    ...judgeFiles(files, { platform, edition, packages, needles: trainingNeedles(root) }),
    ...judgeArchive(archive, beside),
    ...judgeNativeList(textOf(files, 'native-modules.json', '{}'), beside),
    ...wrongFuses(existsSync(opened.fusesIn) ? readFileSync(opened.fusesIn) : Buffer.alloc(0)).map((what) => ({
      what: `fuse: ${what}`,
      where: 'the program',
    })),
    ...integrityFindings(opened, archive),
    ...besidesFindings(opened.resources, cycloneDx(parts)),
    ...launcherFindings(opened.folder),
    ...orderHostFindings(opened.resources, platform),
    ...updateKeyFindings(updateKeys),
    ...(unsigned ? [] : signed),
  ];
  const notes = unsigned ? signed.map(({ what, where }) => `${where}: ${what}`) : [];
  if (updateKeys === undefined) notes.push('package.json: no key for updates, so the installed app proves none');
  return { edition, findings, notes };
}

function textOf(files: readonly AppFile[], path: string, otherwise: string): string {
  return files.find((file) => file.path === path)?.bytes.toString('utf8') ?? otherwise;
}

function editionOf(files: readonly AppFile[]): 'ordinary' | 'training' {
  return descriptionIn(files).edition === 'training' ? 'training' : 'ordinary';
}

function descriptionIn(files: readonly AppFile[]): { readonly edition?: unknown; readonly updateKeys?: unknown } {
  return JSON.parse(textOf(files, 'package.json', '{}')) as {
    readonly edition?: unknown;
    readonly updateKeys?: unknown;
  };
}

// By a key that is none no update is proved, which whoever packed it would hear from IT.
function updateKeyFindings(updateKeys: unknown): readonly Finding[] {
  if (updateKeys === undefined || areUpdateKeys(updateKeys)) return [];
  return [{ what: 'holds a key for updates that is none', where: 'package.json' }];
}

function filesBeside(folder: string): ReadonlyMap<string, Buffer> {
  if (!existsSync(folder)) return new Map();
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)]));
}

// Windows keeps the digest of the archive's header in a resource of the program, macOS in Info.plist; Linux has no such check.
function integrityFindings(opened: OpenedPackage, { headerDigest }: Archive): readonly Finding[] {
  if (opened.platform === 'linux') return [];
  const place = opened.platform === 'win' ? opened.program : join(opened.resources, '../Info.plist');
  const holds = existsSync(place) && readFileSync(place).toString('latin1').includes(headerDigest);
  return holds ? [] : [{ what: 'the digest of the archive is not in the program', where: 'app.asar' }];
}

function besidesFindings(resources: string, parts: string): readonly Finding[] {
  const findings: Finding[] = [];
  if (existsSync(join(resources, 'default_app.asar')))
    findings.push({ what: "Electron's own app, which loads others", where: 'default_app.asar' });
  if (!existsSync(join(resources, 'notices.txt'))) findings.push({ what: 'missing', where: 'notices.txt' });
  const list = join(resources, 'parts.cdx.json');
  if (!existsSync(list)) findings.push({ what: 'missing', where: 'parts.cdx.json' });
  else if (readFileSync(list, 'utf8') !== parts)
    findings.push({ what: 'is not what the lock file says', where: 'parts.cdx.json' });
  if (existsSync(join(resources, 'app'))) findings.push({ what: 'an app beside the archive', where: 'app/' });
  return findings;
}

// electron-builder's AppImage starts the app without its sandbox where nothing else is said.
function launcherFindings(folder: string): readonly Finding[] {
  return filesOf(folder)
    .filter((path) => path.endsWith('.desktop'))
    .filter((path) => /^Exec=.*--no-sandbox/m.test(readFileSync(join(folder, path), 'utf8')))
    .map((where) => ({ what: 'starts the app without its sandbox', where }));
}
