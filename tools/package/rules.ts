import { createHash } from 'node:crypto';
import type { Archive } from './asar.ts';
import { machineCodeOf } from './machine-code.ts';
import { type Needle, needleIn } from './needles.ts';
import type { Platform } from './platforms.ts';

/** One thing that must not be in a package, or that is missing. */
export interface Finding {
  readonly what: string;
  readonly where: string;
}

/** What the app's folder is compared with. */
export interface Expected {
  readonly platform: Platform;
  readonly edition: 'ordinary' | 'training';
  /** Packages that may be part of the product, by name. */
  readonly packages: ReadonlySet<string>;
  readonly needles: readonly Needle[];
}

export interface AppFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Judges every file of the app: those in the archive and those beside it (`app.asar.unpacked`). */
export function judgeFiles(files: readonly AppFile[], expected: Expected): readonly Finding[] {
  const findings = files.flatMap((file) => [...placeFindings(file, expected), ...contentFindings(file, expected)]);
  const there = new Set(files.map(({ path }) => path));
  for (const path of [...expected.platform.native, 'package.json', 'native-modules.json', 'out/main/index.js'])
    if (!there.has(path)) findings.push({ what: 'missing', where: path });
  return [...findings, ...importFindings(files, there)];
}

const sources = /\.(tsx?|cts|mts|map|flow|cc|cpp|c|h|hpp|gyp|gypi|sh|md|markdown)$/i;
const licences = /(^|\/)(licen[cs]e|notice)[^/]*$/i;
// A key is its words and what stands between them: a library that reads keys has the words alone.
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\[nr]|\s)*[A-Za-z0-9+/]{32}/;
const tests = /(^|\/)(tests?|__tests__|specs?|examples?|coverage)\/|\.(test|spec)\.[cm]?[jt]sx?$/i;

function placeFindings({ path }: AppFile, { edition, packages }: Expected): readonly Finding[] {
  const found: string[] = [];
  if (path.endsWith('.map')) found.push('source map');
  else if (sources.test(path) && !licences.test(path)) found.push('source or documentation');
  if (tests.test(path)) found.push('test');
  const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  if (name !== undefined && !packages.has(name)) found.push(`package ${name}, which is no part of the product`);
  const known = /^(out\/(main|preload|renderer)|resources|node_modules)\/|^(package|native-modules)\.json$/;
  if (!known.test(path)) found.push('unexpected file');
  if (edition === 'ordinary' && /^(resources\/specimens|out\/main\/training)\//.test(path)) found.push('training data');
  return found.map((what) => ({ what, where: path }));
}

function contentFindings({ path, bytes }: AppFile, { edition, needles, platform }: Expected): readonly Finding[] {
  const found: string[] = [];
  const code = machineCodeOf(bytes);
  if (code !== null) {
    if (code.os !== platform.os || code.cpu !== platform.cpu) found.push(`machine code for ${code.os} on ${code.cpu}`);
    else if (!platform.native.includes(path)) found.push('machine code that is not listed');
  }
  // In code the last lines name a map; the text stands elsewhere in tools that read them.
  if (
    /\.(js|cjs|mjs|css)$/.test(path) &&
    /[#@] ?sourceMappingURL=(?!.*\n.*\S)/.test(bytes.toString('latin1').slice(-4096))
  )
    found.push('names a source map');
  if (privateKey.test(bytes.toString('latin1'))) found.push('private key');
  if (edition === 'ordinary') {
    const needle = needleIn(bytes, needles);
    if (needle !== null) found.push(needle.what);
  }
  return found.map((what) => ({ what, where: path }));
}

// What an ordinary product leaves out may be asked for while it runs, but nothing may need it to start.
function importFindings(files: readonly AppFile[], there: ReadonlySet<string>): readonly Finding[] {
  const built = files.filter(({ path }) => /^out\/main\/.*\.js$/.test(path));
  return built.flatMap(({ path, bytes }) => {
    const needed = [
      ...bytes.toString('utf8').matchAll(/^(?:import\s*|(?:import|export)\b[^'"()\n]*?\bfrom\s*)['"](\.[^'"]+)['"]/gm),
    ];
    return needed
      .map(([, specifier = '']) => new URL(specifier, `file:///${path}`).pathname.slice(1))
      .filter((target) => !there.has(target))
      .map((target) => ({ what: `imports ${target}, which is not there`, where: path }));
  });
}

/** Compares what the archive says of its files with the files: their digests, and those beside it. */
export function judgeArchive(archive: Archive, beside: ReadonlyMap<string, Buffer>): readonly Finding[] {
  const findings: Finding[] = [];
  const named = new Set<string>();
  for (const { path, bytes, digest } of archive.files) {
    const content = bytes ?? beside.get(path) ?? null;
    if (bytes === null) named.add(path);
    if (content === null) findings.push({ what: 'is named by the archive and not there', where: path });
    else if (digest === null) findings.push({ what: 'has no digest in the archive', where: path });
    else if (sha256(content) !== digest) findings.push({ what: 'is not what the archive says', where: path });
  }
  for (const path of beside.keys())
    if (!named.has(path)) findings.push({ what: 'lies beside the archive, which does not name it', where: path });
  return findings;
}

/** Compares the list by which the app judges its native modules at start with the modules themselves. */
export function judgeNativeList(text: string, beside: ReadonlyMap<string, Buffer>): readonly Finding[] {
  const listed = JSON.parse(text) as Readonly<Record<string, string>>;
  const modules = [...beside].filter(([path]) => path.endsWith('.node'));
  return [
    ...modules
      .filter(([path, bytes]) => listed[path] !== sha256(bytes))
      .map(([where]) => ({ what: 'is not what native-modules.json says', where })),
    ...Object.keys(listed)
      .filter((path) => !beside.has(path))
      .map((where) => ({ what: 'is named by native-modules.json and does not lie beside the archive', where })),
  ];
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
