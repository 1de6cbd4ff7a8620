import { execFileSync } from 'node:child_process';
import { release } from 'node:os';
import { join } from 'node:path';
import { readInputFile } from './input-file.ts';

/*
 * What this machine has of PC/SC besides the service's answers: versions, drivers, and whom polkit lets in. What cannot be learnt is
 * null, and told as not known.
 */

/** Whether polkit lets this process do something; `unknown` where nobody could be asked. */
type Leave = 'allowed' | 'refused' | 'unknown';

/** polkit's actions of pcsc-lite: to speak to the service, and to connect to a card. */
type PolkitAction = 'access_pcsc' | 'access_card';

/** The service and its driver for readers of the CCID class. */
export interface PcscService {
  /** The service as it is installed: pcsc-lite's own word, or the system that it is part of. */
  readonly version: string | null;
  /** What its driver says of itself, and where it lies. */
  readonly driver: { readonly version: string | null; readonly place: string } | null;
  /** `not-asked`: the service was built without polkit. `unknown`: whether it was is not known. Null: the system has none. */
  readonly polkit: Readonly<Record<PolkitAction, Leave>> | 'not-asked' | 'unknown' | null;
}

/** How the system is asked; tests stand in for tools and files that they do not have. */
export interface PcscSurroundings {
  readonly platform: NodeJS.Platform;
  /** Runs a program by its whole path. `status` null: it could not be run, or not to its end. */
  readonly run: (
    program: string,
    given: readonly string[],
  ) => { readonly status: number | null; readonly text: string };
  /** A file's text; null where it cannot be read. */
  readonly read: (path: string) => string | null;
}

/** By its whole path: the first of that name on a PATH could be anybody's. */
const daemon = '/usr/sbin/pcscd';
const asksPolkit = '/usr/bin/pkcheck';
const patienceMillis = 3_000;
/** In bytes. */
const longestAnswer = 64 * 1024;
const largestDescription = 1024 * 1024;
const usualDrivers = '/usr/lib/pcsc/drivers';
const driversOfMacOs = '/usr/libexec/SmartCardServices/drivers';

/** The system as it is. */
export function pcscSurroundings(): PcscSurroundings {
  return { platform: process.platform, run: runTool, read: readText };
}

/** What is known of PC/SC on this machine. Never fails. */
export function pcscService(around: PcscSurroundings = pcscSurroundings()): PcscService {
  if (around.platform === 'win32') return { version: `of Windows ${release()}`, driver: null, polkit: null };
  if (around.platform === 'darwin')
    return { version: `of macOS (Darwin ${release()})`, driver: driverIn(driversOfMacOs, around), polkit: null };
  const { status, text } = around.run(daemon, ['--version']);
  const version = status === 0 ? (/^pcsc-lite version ([\w.-]{1,32}?)\.?$/m.exec(text)?.[1] ?? null) : null;
  const features = /^Enabled features: (.*)$/m.exec(text)?.[1]?.split(' ') ?? null;
  const drivers = features?.find((each) => each.startsWith('usbdropdir='))?.slice('usbdropdir='.length);
  return {
    version: version === null ? null : `pcsc-lite ${version}`,
    driver: driverIn(drivers ?? usualDrivers, around),
    polkit: status !== 0 || features === null ? 'unknown' : features.includes('polkit') ? leaves(around) : 'not-asked',
  };
}

function driverIn(folder: string, { read }: PcscSurroundings): PcscService['driver'] {
  const place = join(folder, 'ifd-ccid.bundle');
  const description = read(join(place, 'Contents/Info.plist'));
  if (description === null) return null;
  const named = /<key>CFBundleShortVersionString<\/key>\s*<string>([\w.+-]{1,32})<\/string>/.exec(description);
  return { version: named?.[1] ?? null, place };
}

// pkcheck(1): 0 authorized; 1, 2 and 3 not, for want of rights, of somebody who could be asked, or of an answer; else it could not tell.
function leaves({ run }: PcscSurroundings): PcscService['polkit'] {
  const leaveFor = (action: PolkitAction): Leave => {
    const of = ['--action-id', `org.debian.pcsc-lite.${action}`, '--process', String(process.pid)];
    const { status } = run(asksPolkit, of);
    if (status === 0) return 'allowed';
    return status !== null && status <= 3 ? 'refused' : 'unknown';
  };
  return { access_pcsc: leaveFor('access_pcsc'), access_card: leaveFor('access_card') };
}

function runTool(program: string, given: readonly string[]): { status: number | null; text: string } {
  try {
    const text = execFileSync(program, [...given], {
      timeout: patienceMillis,
      maxBuffer: longestAnswer,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    });
    return { status: 0, text };
  } catch (thrown) {
    const { status } = thrown as { readonly status?: unknown };
    return { status: typeof status === 'number' ? status : null, text: '' };
  }
}

function readText(path: string): string | null {
  try {
    return new TextDecoder().decode(readInputFile(path, largestDescription));
  } catch {
    return null;
  }
}
