import { execFileSync } from 'node:child_process';
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../result/failure.ts';
import { readStrictJson } from '../result/strict-json.ts';
import { policyValues } from './registry-output.ts';

/** What an administrator of many machines set on this one, as it lies there, and where. */
export interface ManagedSource {
  readonly place: string;
  readonly values: unknown;
}

/** Where each platform keeps it. */
const managedPlaces = {
  linux: '/etc/styrk/managed.json',
  darwin: '/Library/Managed Preferences/se.styrk.desk.plist',
  win32: 'HKLM\\SOFTWARE\\Policies\\Styrk',
} as const;

/** How the system is asked; tests stand in for tools and owners that they do not have. */
export interface ManagedSurroundings {
  readonly platform: NodeJS.Platform;
  readonly place: string;
  /** Who alone may write it, by the system's number; null where the system has none. */
  readonly owner: number | null;
  readonly run: (program: string, given: readonly string[]) => Uint8Array;
}

const longestSettings = 64 * 1024;
const patienceMillis = 10_000;

/** The system as it is. On another platform than the three nothing is managed. */
export function managedSurroundings(): ManagedSurroundings | null {
  const { platform } = process;
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32') return null;
  return { platform, place: managedPlaces[platform], owner: platform === 'win32' ? null : 0, run: runTool };
}

/**
 * What is managed on this machine; null where nothing is. Fails with `settings.unusable` (`path`, `reason`) where it cannot be
 * read, others than the system's administrator may write it, or it is no object: a station that is managed never goes by its own
 * settings because somebody broke a file.
 */
export function managedSource(around: ManagedSurroundings): ManagedSource | null {
  const { platform, place } = around;
  if (platform === 'win32') {
    const values = policyValues((given) => around.run(registryTool(), given), place);
    return values === null ? null : { place, values };
  }
  const bytes = readOwned(place, around.owner ?? 0);
  if (bytes === null) return null;
  const json = platform === 'darwin' ? around.run('/usr/bin/plutil', ['-convert', 'json', '-o', '-', place]) : bytes;
  const read = readStrictJson(json);
  if ('refused' in read) throw unusable(place, read.refused);
  return { place, values: platform === 'darwin' ? withoutEnvelope(read.value) : read.value };
}

// What macOS itself writes into it of the profile that it comes from.
function withoutEnvelope(values: unknown): unknown {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return values;
  return Object.fromEntries(Object.entries(values).filter(([name]) => !/^Payload[A-Z]/.test(name)));
}

/** `settings.unusable`. */
export function unusable(path: string, reason: string, setting?: string): Failure {
  return new Failure('settings.unusable', { path, reason, ...(setting === undefined ? {} : { setting }) });
}

// What is checked is what is read: one open file. Whoever may write its folder may put another one in its place.
function readOwned(path: string, owner: number): Uint8Array | null {
  let descriptor: number;
  try {
    // A pipe in its place would wait for a writer.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (thrown) {
    const code = String((thrown as { code?: unknown }).code);
    if (code === 'ENOENT') return null;
    throw unusable(path, code);
  }
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw unusable(path, 'not a file');
    for (const { uid, mode } of [status, statSync(dirname(path))])
      if (uid !== owner || (mode & 0o022) !== 0) throw unusable(path, 'others may write it');
    if (status.size > longestSettings) throw unusable(path, 'too large');
    const bytes = new Uint8Array(status.size);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

// By its whole path: the first `reg` of a PATH could be anybody's.
function registryTool(): string {
  return `${process.env.SystemRoot ?? 'C:\\Windows'}\\System32\\reg.exe`;
}

function runTool(program: string, given: readonly string[]): Uint8Array {
  try {
    return new Uint8Array(
      execFileSync(program, [...given], {
        timeout: patienceMillis,
        maxBuffer: longestSettings,
        stdio: ['ignore', 'pipe', 'ignore'],
        windowsHide: true,
      }),
    );
  } catch (thrown) {
    throw new Failure('settings.unusable', { path: program, reason: 'the tool of the system failed' }, thrown);
  }
}
