import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fuseNames, fuseSentinel } from './fuses.ts';
import type { Platform } from './platforms.ts';

/*
 * A stub of Electron's distribution: the files that electron-builder looks for, none of which runs. Packages made with it show
 * what is packed and how; the app in them cannot be started.
 */

interface Builder {
  readonly require: NodeJS.Require;
}

/** Where electron-builder is installed: its own packages make the stub's archive and Windows resources. */
export function builderAt(folder: string): Builder {
  return { require: createRequire(join(folder, 'node_modules/app-builder-lib/package.json')) };
}

// As Electron ships it: a known text, the version of the wire, its length, and one character a fuse (all that is risky is on).
const wire = Buffer.concat([
  Buffer.from(fuseSentinel, 'latin1'),
  Buffer.from([1, fuseNames.length]),
  Buffer.from('101000111', 'latin1'),
]);

/** Writes a stub distribution into `folder`. */
export async function writeStubElectron(
  folder: string,
  {
    platform,
    version,
    root,
    builder,
  }: {
    readonly platform: Platform;
    readonly version: string;
    readonly root: string;
    readonly builder: Builder;
  },
): Promise<void> {
  const put = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode: 0o755 });
  };
  put('version', version);
  put('LICENSE', 'A stub of Electron.\n');
  put('LICENSES.chromium.html', '<p>A stub of Electron.</p>\n');
  if (platform.name === 'mac') return writeMacApp(put, builder);
  await writeArchive(join(folder, 'resources/default_app.asar'), builder);
  for (const language of ['en-US', 'sv']) put(`locales/${language}.pak`, 'stub');
  if (platform.name === 'linux') {
    put('electron', Buffer.concat([readFileSync('/bin/true'), wire]));
    put('chrome-sandbox', readFileSync('/bin/true'));
    return;
  }
  // A file of Windows' format with a version, which electron-builder writes its own into.
  const { NtExecutable, NtExecutableResource, Resource } = builder.require('resedit');
  const module = readFileSync(join(root, 'node_modules/better-sqlite3/prebuilds/win32-x64.node'));
  const executable = NtExecutable.from(module, { ignoreCert: true });
  const resources = NtExecutableResource.from(executable);
  const info = Resource.VersionInfo.createEmpty();
  info.setFileVersion(1, 0, 0, 0, 1033);
  info.setStringValues({ lang: 1033, codepage: 1200 }, { FileDescription: 'stub', ProductName: 'stub' });
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  put('electron.exe', Buffer.concat([Buffer.from(executable.generate()), wire]));
}

async function writeArchive(file: string, builder: Builder): Promise<void> {
  const content = join(dirname(file), '../stub-app');
  mkdirSync(content, { recursive: true });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(join(content, 'main.js'), '');
  await builder.require('@electron/asar').createPackage(content, file);
}

async function writeMacApp(put: (path: string, content: string | Uint8Array) => void, builder: Builder): Promise<void> {
  const { build } = builder.require('plist');
  const app = 'Electron.app/Contents';
  const plist = (name: string): string =>
    build({ CFBundleExecutable: name, CFBundleName: name, CFBundleIdentifier: 'stub', CFBundlePackageType: 'APPL' });
  // The header of a Mach-O file for ARM64, and nothing in it.
  const machO = Buffer.from('cffaedfe0c000001', 'hex');
  put(`${app}/Info.plist`, plist('Electron'));
  put(`${app}/MacOS/Electron`, machO);
  put(`${app}/Resources/electron.icns`, 'stub');
  put(`${app}/Frameworks/Electron Framework.framework/Electron Framework`, Buffer.concat([machO, wire]));
  for (const suffix of ['', ' (GPU)', ' (Plugin)', ' (Renderer)']) {
    const name = `Electron Helper${suffix}`;
    put(`${app}/Frameworks/${name}.app/Contents/Info.plist`, plist(name));
    put(`${app}/Frameworks/${name}.app/Contents/MacOS/${name}`, machO);
  }
}

/** A stub of the runtime that mounts an AppImage, with the other tools that electron-builder asks for, from the system. */
export function writeAppImageTools(folder: string, mksquashfs: string): void {
  mkdirSync(join(folder, 'runtimes'), { recursive: true });
  mkdirSync(join(folder, 'lib/x64'), { recursive: true });
  const note = '#!/bin/sh\necho "A stub of an AppImage: it cannot be started." >&2\nexit 3\n';
  writeFileSync(join(folder, 'runtimes/runtime-x64'), note.padEnd(4096, '#'));
  copyFileSync(mksquashfs, join(folder, 'mksquashfs'));
  writeFileSync(join(folder, 'desktop-file-validate'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
}
