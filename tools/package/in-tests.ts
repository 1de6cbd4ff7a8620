import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fuseSentinel } from './fuses.ts';
import { writeOrderHost } from './order-host.ts';
import { cycloneDx, importedIn, productParts } from './parts.ts';
import { platforms } from './platforms.ts';

/* A package as `verify-package` reads it, in small: for tests, which plant in it what must be found. */

export const root = resolve(import.meta.dirname, '../..');

export type Files = Map<string, Uint8Array>;

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The start of a library for Linux on x64, on ARM64, and of one for Windows on x64. */
export const elfX64 = Uint8Array.from(
  Buffer.from('7f454c460201010000000000000000000300 3e00'.replaceAll(' ', ''), 'hex'),
);
export const elfArm64 = Uint8Array.from(Buffer.from('7f454c460201010000000000000000000300b700', 'hex'));
export function peX64(): Uint8Array {
  const bytes = Buffer.alloc(256);
  bytes.write('MZ', 0);
  bytes.writeUInt32LE(128, 60);
  bytes.write('PE\0\0', 128, 'latin1');
  bytes.writeUInt16LE(0x8664, 132);
  return bytes;
}

/** The wire of fuses as a product must have it. */
export const goodWire = '010011000';

/** What an ordinary product for Linux holds at the least. */
export function goodFiles(): Files {
  const files: Files = new Map([
    ['package.json', bytesOf('{"name":"styrk","edition":"ordinary"}')],
    [
      'out/main/index.js',
      bytesOf(
        "import { a } from './chunks/a.js';\nimport 'valibot';\nimport 'better-sqlite3';\nawait import('pcsc-mini');\na();\n",
      ),
    ],
    ['out/main/chunks/a.js', bytesOf("export const a = () => import('../training/training.js');\n")],
    ['resources/policies/document.json', bytesOf('{}')],
    ['node_modules/valibot/package.json', bytesOf('{}')],
  ]);
  for (const path of platforms.linux.native) files.set(path, elfX64);
  return files;
}

/** Writes the package's folder for Linux: the archive, what lies beside it, the program. */
export function writePackage(folder: string, files: Files, wire = goodWire): void {
  const put = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  if (!files.has('native-modules.json')) {
    const listed = platforms.linux.native.map((path) => [path, sha256(files.get(path) ?? new Uint8Array())]);
    files.set('native-modules.json', bytesOf(JSON.stringify(Object.fromEntries(listed))));
  }
  const unpacked = (path: string): boolean => path.endsWith('.node');
  for (const [path, bytes] of files) if (unpacked(path)) put(`resources/app.asar.unpacked/${path}`, bytes);
  put('resources/app.asar', archiveOf(files, unpacked));
  const built = [...files].filter(([path]) => path.startsWith('out/main/'));
  const used = importedIn(built.map(([, bytes]) => new TextDecoder().decode(bytes)));
  put('resources/parts.cdx.json', cycloneDx(productParts(root, platforms.linux, used)));
  put('resources/notices.txt', 'notices');
  writeOrderHost(join(folder, 'resources'), platforms.linux, ['abcdefghijklmnop'.repeat(2)]);
  put('styrk', Buffer.concat([elfX64, Buffer.from(`${fuseSentinel}\x01\x09${wire}`, 'latin1')]));
}

interface Entry {
  files?: Record<string, Entry>;
  [name: string]: unknown;
}

/** An archive by another hand than electron-builder's. */
export function archiveOf(files: Files, unpacked: (path: string) => boolean): Buffer {
  const top: Entry = { files: {} };
  const bodies: Uint8Array[] = [];
  let offset = 0;
  for (const [path, bytes] of files) {
    const steps = path.split('/');
    const name = steps.pop() ?? '';
    let at = top;
    for (const step of steps) {
      at.files ??= {};
      at.files[step] ??= { files: {} };
      at = at.files[step];
    }
    at.files ??= {};
    const place = unpacked(path) ? { unpacked: true } : { offset: String(offset) };
    at.files[name] = { size: bytes.length, ...place, integrity: { algorithm: 'SHA256', hash: sha256(bytes) } };
    if (unpacked(path)) continue;
    bodies.push(bytes);
    offset += bytes.length;
  }
  const header = Buffer.from(JSON.stringify(top));
  const padded = Math.ceil(header.length / 4) * 4;
  const start = Buffer.alloc(16 + padded);
  start.writeUInt32LE(4, 0);
  start.writeUInt32LE(padded + 8, 4);
  start.writeUInt32LE(padded + 4, 8);
  start.writeUInt32LE(header.length, 12);
  header.copy(start, 16);
  return Buffer.concat([start, ...bodies]);
}

/** The private half of the first issuing key of the specimens. */
export function aSpecimenKey(): string {
  const { keys } = JSON.parse(readFileSync(join(root, 'resources/specimens/issuer-keys.json'), 'utf8')) as {
    keys: Record<string, { privateKey?: string }>;
  };
  return Object.values(keys).find(({ privateKey }) => privateKey !== undefined)?.privateKey ?? '';
}
