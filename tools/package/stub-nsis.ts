import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * electron-builder's installer for Windows, made by the makensis and 7z of the system. What electron-builder adds to makensis (plug-ins
 * that run on Windows, and a helper that asks for rights) is not in the npm registry: stubs of the same names stand for them, so that its
 * script and ours are compiled whole and packed as they would be. Such an installer does nothing where it is started.
 */

/** The plug-ins of electron-builder's script; makensis brings the others. */
const plugIns = ['UAC', 'StdUtils', 'nsProcess', 'WinShell', 'SpiderBanner', 'Nsis7z'];

/** What is used of the system. */
interface SystemTools {
  readonly makensis: string;
  readonly sevenZip: string;
  /** The folder of electron-builder's own package (`app-builder-lib`). */
  readonly builderLibrary: string;
}

/** Lays the tools out in `folder`; answers the variables by which electron-builder finds them. */
export function writeNsisTools(folder: string, { makensis, sevenZip, builderLibrary }: SystemTools): NodeJS.ProcessEnv {
  const dlls = join(folder, 'plugins/x86-unicode');
  const wine = join(folder, 'wine');
  for (const each of [dlls, join(wine, 'bin'), join(wine, 'wine-home'), join(wine, 'lib')])
    mkdirSync(each, { recursive: true });
  const called = calledFunctions(join(builderLibrary, 'templates/nsis'));
  for (const name of plugIns) writeFileSync(join(dlls, `${name}.dll`), stubLibrary(`${name}.dll`, called(name)));
  writeFileSync(join(folder, 'elevate.exe'), stubLibrary('elevate.exe', []));
  const script = (path: string, text: string): void => {
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
  };
  const ordered = join(import.meta.dirname, 'ordered-makensis.mjs');
  const inOrder = [process.execPath, ordered, makensis].map((each) => JSON.stringify(each)).join(' ');
  script(join(folder, 'makensis'), `exec ${inOrder} "$@"`);
  // Wine would run the installer, which then writes its uninstaller and nothing else: 7z takes out the same.
  script(join(wine, 'bin/wine'), `exec ${JSON.stringify(sevenZip)} e -so "$1" > "\${1%exe}__uninstaller.exe"`);
  return {
    ELECTRON_BUILDER_NSIS_DIR: folder,
    ELECTRON_BUILDER_NSIS_RESOURCES_DIR: folder,
    ELECTRON_BUILDER_WINE_TOOLSET_DIR: wine,
    ELECTRON_BUILDER_7ZIP_PATH: sevenZip,
  };
}

/** The functions of a plug-in that the scripts below a folder call. */
function calledFunctions(folder: string): (plugIn: string) => readonly string[] {
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ns[hi]$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  return (plugIn) => {
    const calls = texts.flatMap((text) => [...text.matchAll(new RegExp(`\\b${plugIn}::(\\w+)`, 'g'))]);
    return [...new Set(calls.flatMap(([, name = '']) => name))].sort();
  };
}

const sectionAt = 0x1000;
const inFileAt = 0x200;

/**
 * A library for 32-bit Windows that exports these names and has no code: one section with the export directory (PE format, 6.3).
 * Every name leads to the same place, which holds a zero.
 */
function stubLibrary(name: string, exported: readonly string[]): Buffer {
  const directory = 40;
  const addresses = directory;
  const names = addresses + 4 * exported.length;
  const ordinals = names + 4 * exported.length;
  let text = ordinals + 2 * exported.length;
  const texts = [name, ...exported].map((each) => {
    const at = text;
    text += each.length + 1;
    return { each, at };
  });
  const length = Math.ceil((text + 4) / 0x200) * 0x200;
  const section = Buffer.alloc(length);
  section.writeUInt32LE(sectionAt + (texts[0]?.at ?? 0), 12);
  section.writeUInt32LE(1, 16);
  section.writeUInt32LE(exported.length, 20);
  section.writeUInt32LE(exported.length, 24);
  section.writeUInt32LE(sectionAt + addresses, 28);
  section.writeUInt32LE(sectionAt + names, 32);
  section.writeUInt32LE(sectionAt + ordinals, 36);
  for (const { each, at } of texts) section.write(`${each}\0`, at, 'latin1');
  for (const [index, { at }] of texts.slice(1).entries()) {
    section.writeUInt32LE(sectionAt + text, addresses + 4 * index);
    section.writeUInt32LE(sectionAt + at, names + 4 * index);
    section.writeUInt16LE(index, ordinals + 2 * index);
  }
  return Buffer.concat([headers(length, exported.length === 0 ? 0 : text), section]);
}

function headers(sectionLength: number, exportLength: number): Buffer {
  const bytes = Buffer.alloc(inFileAt);
  bytes.write('MZ', 0, 'latin1');
  const pe = 0x40;
  bytes.writeUInt32LE(pe, 0x3c);
  bytes.write('PE\0\0', pe, 'latin1');
  const file = pe + 4;
  bytes.writeUInt16LE(0x014c, file); // i386
  bytes.writeUInt16LE(1, file + 2);
  bytes.writeUInt16LE(0xe0, file + 16);
  bytes.writeUInt16LE(0x2102, file + 18); // a library, runnable, of 32 bits
  const optional = file + 20;
  bytes.writeUInt16LE(0x010b, optional);
  bytes.writeUInt32LE(0x1000_0000, optional + 28);
  bytes.writeUInt32LE(sectionAt, optional + 32);
  bytes.writeUInt32LE(0x200, optional + 36);
  bytes.writeUInt16LE(5, optional + 48);
  bytes.writeUInt32LE(sectionAt + Math.ceil(sectionLength / sectionAt) * sectionAt, optional + 56);
  bytes.writeUInt32LE(inFileAt, optional + 60);
  bytes.writeUInt16LE(2, optional + 68);
  bytes.writeUInt32LE(16, optional + 92);
  bytes.writeUInt32LE(exportLength === 0 ? 0 : sectionAt, optional + 96);
  bytes.writeUInt32LE(exportLength, optional + 100);
  const section = optional + 0xe0;
  bytes.write('.edata', section, 'latin1');
  bytes.writeUInt32LE(sectionLength, section + 8);
  bytes.writeUInt32LE(sectionAt, section + 12);
  bytes.writeUInt32LE(sectionLength, section + 16);
  bytes.writeUInt32LE(inFileAt, section + 20);
  bytes.writeUInt32LE(0x4000_0040, section + 36);
  return bytes;
}
