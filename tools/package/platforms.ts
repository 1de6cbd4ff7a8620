import type { MachineKind } from './lock-file.ts';

export type PlatformName = 'linux' | 'win' | 'mac';

/** What is made for one platform, and which prebuilt binaries belong into it. */
export interface Platform extends MachineKind {
  readonly name: PlatformName;
  /** The packages that people get. */
  readonly targets: readonly string[];
  /** Files with machine code, by their place in the app's folder; nothing else with machine code may be there. */
  readonly native: readonly string[];
}

/** What electron-builder is asked for, each with its own prebuilt binaries. */
export const platforms: Readonly<Record<PlatformName, Platform>> = {
  linux: {
    name: 'linux',
    os: 'linux',
    cpu: 'x64',
    libc: 'glibc',
    targets: ['deb', 'AppImage'],
    native: [
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
      'node_modules/@pcsc-mini/linux-x86_64-gnu/addon.node',
    ],
  },
  win: {
    name: 'win',
    os: 'win32',
    cpu: 'x64',
    libc: null,
    targets: ['nsis', 'msi'],
    native: [
      'node_modules/better-sqlite3/prebuilds/win32-x64.node',
      'node_modules/@pcsc-mini/windows-x86_64-electron/addon.node',
    ],
  },
  mac: {
    name: 'mac',
    os: 'darwin',
    cpu: 'arm64',
    libc: null,
    targets: ['dmg'],
    native: [
      'node_modules/better-sqlite3/prebuilds/darwin-arm64.node',
      'node_modules/@pcsc-mini/macos-aarch64/addon.node',
    ],
  },
};

/** The platform of that name. */
export function platformOf(name: string): Platform | null {
  return name === 'linux' || name === 'win' || name === 'mac' ? platforms[name] : null;
}
