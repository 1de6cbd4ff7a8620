import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { machineClock } from '../../main/machine/clock.ts';
import { machineRandom } from '../../main/machine/random.ts';
import { resourcesIn } from '../../main/machine/resources.ts';
import { contactlessAnswerToReset } from '../../main/simulator/chip/answer-to-reset.ts';
import { createChip } from '../../main/simulator/chip/chip.ts';
import { printedPage } from '../../main/simulator/documents/printed-page.ts';
import { specimenResources } from '../../main/simulator/documents/specimen.ts';
import { issueSpecimen } from '../../main/simulator/documents/specimens.ts';
import { namedFault } from '../../main/simulator/faults/fault-catalogue.ts';
import type { IssueHooks } from '../../main/simulator/faults/fault-hooks.ts';
import type { ChipFaults } from '../../main/simulator/faults/faults.ts';
import { ForeignChip, plainBehaviour } from '../support/foreign-chip/chip.ts';
import { foreignDocument, pacePassport } from '../support/foreign-chip/documents.ts';
import { type Pcscd, startPcscd } from '../support/pcscd.ts';
import type { VpcdCardScript } from '../support/vpcd-card.ts';

/*
 * Whole readings through a real PC/SC service: a pcscd of the bench's own with a virtual reader, this checkout's simulator as the
 * chip, `styrk inspect` of a checkout as the terminal. Counted is what reached the chip.
 */

const root = resolve(import.meta.dirname, '../..');

/**
 * The chips that are read. `short-only` states no buffer sizes, and refuses extended length as well; `foreign` and `in-application`
 * are by another hand and know no short identifiers and the master file by its identifier alone; the second has its application
 * selected at power-on.
 */
export type PcscChip = 'extended' | 'short-only' | 'extended-refused' | 'foreign' | 'in-application';
export const pcscChips: readonly PcscChip[] = [
  'extended',
  'short-only',
  'extended-refused',
  'foreign',
  'in-application',
];

/** What one reading was to the chip. */
export interface PcscFigures {
  /** Command APDUs that reached the chip, those of a reading that was begun again included. */
  readonly exchanges: number;
  /** How many came before the first MSE:Set AT, which is how EF.CardAccess was found and read. */
  readonly beforePace: number;
  /** How many of them opened the chip or proved its key: MSE, GENERAL, MUTUAL, INTERNAL AUTHENTICATE, GET CHALLENGE. */
  readonly ofProtocols: number;
  readonly selects: number;
  /** READ BINARY. */
  readonly reads: number;
  /** Null of a peer, which does not tell. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly exchanges: number }>> | null;
}

interface LaidChip {
  readonly script: VpcdCardScript;
  readonly mrz: readonly string[];
}

const selectedByIdentifier = { shortIdentifiers: 'unknown', masterFileBy: '3F00' } as const;

function laidChip(kind: PcscChip): LaidChip {
  const today = machineClock.today();
  if (kind === 'foreign' || kind === 'in-application') {
    const atPowerOn = kind === 'foreign' ? 'MF' : 'application';
    const document = foreignDocument(pacePassport, today);
    const chip = new ForeignChip(document, { ...plainBehaviour, ...selectedByIdentifier, atPowerOn }, machineRandom);
    return {
      mrz: printedPage(pacePassport, today).lines,
      script: { answer: (command) => chip.answer(command), onPower: () => chip.reset() },
    };
  }
  const { issue = [], ...faults } = faultsOf(kind);
  const resources = specimenResources(resourcesIn(join(root, 'resources')));
  const specimen = issueSpecimen('se-passport', today, resources, issue);
  const chip = createChip(specimen, { random: machineRandom, faults });
  return {
    mrz: specimen.mrz,
    script: { atr: chip.atr, answer: (command) => chip.transmit(command) ?? 'leave', onPower: () => chip.reset() },
  };
}

const withoutExtendedLength: IssueHooks = {
  file: (name, contents) => (name === 'EF.ATR/INFO' ? null : contents),
  profile: (profile) => ({ ...profile, extendedLength: null, answerToReset: contactlessAnswerToReset(null) }),
};

function faultsOf(kind: 'extended' | 'short-only' | 'extended-refused'): ChipFaults {
  if (kind === 'extended') return {};
  if (kind === 'short-only') return { shortLengthOnly: true, issue: [withoutExtendedLength] };
  // What chips in the field do: a bare status word, and the secure channel is gone (9303-11 §9.8.5).
  const { issue } = namedFault('extended-drops-session') ?? {};
  if (issue === undefined) throw new Error('no such fault');
  return { issue: [issue] };
}

/** A service of the bench's own, or what this machine lacks for it. */
export async function serviceOrMissing(): Promise<Pcscd | { readonly missing: string }> {
  try {
    return await startPcscd();
  } catch (thrown) {
    return { missing: `no PC/SC service: ${thrown instanceof Error ? thrown.message : String(thrown)}` };
  }
}

/** Reads one chip by `styrk inspect` of the checkout. */
export async function readThroughPcsc(pcscd: Pcscd, checkout: string, kind: PcscChip): Promise<PcscFigures> {
  const data = mkdtempSync(join(tmpdir(), 'styrk-bench-pcsc-'));
  try {
    return await readBy(pcscd, kind, ({ mrz }) => ({
      words: [
        process.execPath,
        join(checkout, 'tools/run.mjs'),
        'main/cli.ts',
        ...['inspect', '--training', '--reader', pcscd.readerNames[0] ?? ''],
        ...['--mrz', mrz.join('\n'), '--data', data, '--json'],
      ],
      filesIn: (answer) => (JSON.parse(answer) as { reading: { files: PcscFigures['files'] } }).reading.files,
    }));
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/**
 * Reads one chip by another program, which is run by the shell with the lines of the photo page, its number, birth date and expiry
 * in its environment: MRZ, NUMBER, BIRTH, EXPIRY (the last two YYMMDD). It ends with 0 once the card is read.
 */
export function readByPeer(pcscd: Pcscd, peer: string, kind: PcscChip): Promise<PcscFigures> {
  return readBy(pcscd, kind, () => ({ words: ['/bin/sh', '-c', peer], filesIn: () => null }));
}

interface Terminal {
  readonly words: readonly string[];
  readonly filesIn: (answer: string) => PcscFigures['files'];
}

async function readBy(pcscd: Pcscd, kind: PcscChip, terminalFor: (chip: LaidChip) => Terminal): Promise<PcscFigures> {
  const laid = laidChip(kind);
  const card = await pcscd.connectCard(laid.script);
  try {
    const { words, filesIn } = terminalFor(laid);
    const [command = '', ...rest] = words;
    const child = spawn(command, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...pcscd.env, ...pageOf(laid.mrz) },
    });
    const [answer, said, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    // 1: read, and not accepted, as an issuer that an earlier build does not know.
    if (status !== 0 && status !== 1) throw new Error(`${words.slice(0, 3).join(' ')} ended with ${status}: ${said}`);
    return figuresOf(card.commands, filesIn(answer));
  } finally {
    await card.leave();
  }
}

function pageOf(mrz: readonly string[]) {
  const [, second = ''] = mrz;
  return {
    MRZ: mrz.join('\n'),
    NUMBER: second.slice(0, 9).replaceAll('<', ''),
    BIRTH: second.slice(13, 19),
    EXPIRY: second.slice(21, 27),
  };
}

const protocolCommands: ReadonlySet<number | undefined> = new Set([0x22, 0x86, 0x82, 0x84, 0x88]);
const readCommands: ReadonlySet<number | undefined> = new Set([0xb0, 0xb1]);

function figuresOf(commands: readonly Uint8Array[], files: PcscFigures['files']): PcscFigures {
  const count = (fits: (instruction: number | undefined) => boolean): number =>
    commands.filter(([, instruction]) => fits(instruction)).length;
  return {
    exchanges: commands.length,
    beforePace: commands.findIndex(([, instruction]) => instruction === 0x22),
    ofProtocols: count((instruction) => protocolCommands.has(instruction)),
    selects: count((instruction) => instruction === 0xa4),
    reads: count((instruction) => readCommands.has(instruction)),
    files,
  };
}

/** `npm run -s bench -- pcsc`: each chip once, or what the machine lacks. */
export async function benchPcsc(): Promise<Readonly<Record<string, PcscFigures>> | { readonly missing: string }> {
  const pcscd = await serviceOrMissing();
  if ('missing' in pcscd) return pcscd;
  try {
    const figures: Record<string, PcscFigures> = {};
    for (const kind of pcscChips) figures[kind] = await readThroughPcsc(pcscd, root, kind);
    return figures;
  } finally {
    await pcscd.stop();
  }
}
