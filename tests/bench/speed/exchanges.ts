import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pcscd } from '../../support/pcscd.ts';
import { type PcscChip, type PcscFigures, readByPeer, readThroughPcsc, serviceOrMissing } from '../pcsc.ts';
import type { Checkouts } from './checkout.ts';
import { ownRow, type SpeedRow, untold } from './row.ts';

const most = { exchanges: 17, ofPeer: 0.9, lost: 2 } as const;
const goals = {
  exchanges: `at most ${most.exchanges}`,
  same: 'in process and through PC/SC the same',
  ofPeer: `at most ${most.ofPeer} of JMRTD`,
  lost: `at most ${most.lost} lost`,
} as const;
const what = {
  process: 'exchanges of se-passport with DG11 and DG12, extended, in process',
  service: 'the same through a PC/SC service',
  short: 'the same, a chip of short length only',
  refused: 'exchanges lost where extended length is refused',
  foreign: 'exchanges lost for EF.CardAccess of a PACE chip that knows no short identifiers',
  inApplication: 'the same, its application selected at power-on',
} as const;
/** Data in one protected answer of 256 bytes under AES. */
const shortBlock = 223;

/** `peer`: a command that reads the card that lies on the reader by another program; null without one. */
export async function exchangeRows(checkouts: Checkouts, peer: string | null): Promise<readonly SpeedRow[]> {
  const [here, there] = [inProcess(checkouts.here), checkouts.there === null ? null : inProcess(checkouts.there)];
  const pcscd = await serviceOrMissing();
  const rows = [
    ownRow({
      ...counted(what.process, here, there),
      goal: goals.exchanges,
      met: here <= most.exchanges,
      floor: 'as through a PC/SC service: the same commands',
    }),
  ];
  if ('missing' in pcscd)
    return [
      ...rows,
      untold(what.service, goals.exchanges, pcscd.missing),
      untold(what.short, goals.ofPeer, pcscd.missing),
      untold(what.refused, goals.lost, pcscd.missing),
      untold(what.foreign, goals.lost, pcscd.missing),
      untold(what.inApplication, goals.lost, pcscd.missing),
    ];
  try {
    return [...rows, ...(await throughService(pcscd, checkouts, peer, here))];
  } finally {
    await pcscd.stop();
  }
}

async function throughService(
  pcscd: Pcscd,
  { here, there }: Checkouts,
  peer: string | null,
  countedInProcess: number,
): Promise<readonly SpeedRow[]> {
  const read = async (kind: PcscChip): Promise<Both> => ({
    here: await readThroughPcsc(pcscd, here, kind),
    there: there === null ? null : await readThroughPcsc(pcscd, there, kind),
  });
  const [extended, short, refused, foreign, inApplication] = [
    await read('extended'),
    await read('short-only'),
    await read('extended-refused'),
    await read('foreign'),
    await read('in-application'),
  ];
  const lost = lostOf(refused, short);
  const all = extended.here.exchanges;
  return [
    ownRow({
      ...counted(what.service, all, extended.there?.exchanges ?? null),
      goal: `${goals.exchanges}, ${goals.same}`,
      met: all <= most.exchanges && all === countedInProcess,
      floor: extendedFloor(extended.here),
    }),
    besidePeer(short, peer === null ? null : await readByPeer(pcscd, peer, 'short-only')),
    ownRow({
      ...counted(what.refused, lost.here, lost.there),
      goal: goals.lost,
      met: lost.here <= most.lost,
      floor: refusedFloor(refused.here, short.here),
    }),
    cardAccessRow(what.foreign, foreign),
    cardAccessRow(what.inApplication, inApplication),
  ];
}

interface Both {
  readonly here: PcscFigures;
  readonly there: PcscFigures | null;
}

// With short identifiers one READ BINARY brings it.
function cardAccessRow(name: string, { here, there }: Both): SpeedRow {
  const lost = here.beforePace - 1;
  return ownRow({
    ...counted(name, lost, there === null ? null : there.beforePace - 1),
    goal: goals.lost,
    met: lost <= most.lost,
    floor:
      'one try by short identifier, SELECT of the master file and of the file are the least: 3 lost; no chip tells before by which name it knows its master file',
  });
}

// Against a chip that never said that it bears more: the file in which it would say so is asked for there too.
function lostOf(refused: Both, short: Both) {
  return {
    here: refused.here.exchanges - short.here.exchanges,
    there: refused.there === null || short.there === null ? null : refused.there.exchanges - short.there.exchanges,
  };
}

function counted(name: string, here: number, there: number | null) {
  return { what: name, now: String(here), there: there === null ? null : String(there) };
}

function besidePeer(short: Both, peer: PcscFigures | null): SpeedRow {
  const { here } = short;
  const row = counted(what.short, here.exchanges, short.there?.exchanges ?? null);
  const floor = shortFloor(here);
  if (peer === null)
    return {
      ...ownRow({ ...row, goal: goals.ofPeer, met: true }),
      met: null,
      note: `no JMRTD on this machine (--peer COMMAND names it). ${floor}`,
    };
  const met = here.exchanges / peer.exchanges <= most.ofPeer;
  return ownRow({ ...row, now: `${here.exchanges}, the peer ${peer.exchanges}`, goal: goals.ofPeer, met, floor });
}

function extendedFloor({ ofProtocols, selects, reads, files }: PcscFigures): string {
  const ofFiles = Object.values(files ?? {}).reduce((sum, file) => sum + file.exchanges, 0);
  return `${ofProtocols} of the protocols, ${selects} SELECT, ${ofFiles} of ${Object.keys(files ?? {}).length} files and ${reads - ofFiles} of EF.ATR/INFO: none of them twice`;
}

function refusedFloor(refused: PcscFigures, short: PcscFigures): string {
  const more = (part: 'ofProtocols' | 'selects' | 'reads'): number => refused[part] - short[part];
  return `a bare status word ends the secure channel: ${more('ofProtocols')} of the protocols, ${more('selects')} SELECT and ${more('reads')} READ BINARY more to open it anew; only a try before the channel would cost less`;
}

// A terminal cannot ask for fewer blocks than the files that it reads have.
function shortFloor({ exchanges, ofProtocols, selects, files }: PcscFigures): string {
  const blocks = Object.values(files ?? {}).reduce((sum, { bytes }) => sum + Math.ceil(bytes / shortBlock), 0);
  const floor = ofProtocols + selects + blocks;
  const told = `Floor ${floor} of ${exchanges}: ${ofProtocols} of the protocols, ${selects} SELECT, ${blocks} blocks of ${shortBlock} bytes, which is all that fits one protected answer`;
  return exchanges === floor ? told : `${told}; the rest asks for EF.ATR/INFO`;
}

/** The exchanges that `styrk inspect` of a checkout tells for the specimen on its training reader. */
function inProcess(checkout: string): number {
  const data = mkdtempSync(join(tmpdir(), 'styrk-bench-exchanges-'));
  try {
    const words = ['inspect', '--training', '--specimen', 'se-passport', '--data', data, '--json'];
    const { stdout } = spawnSync(process.execPath, [join(checkout, 'tools/run.mjs'), 'main/cli.ts', ...words], {
      cwd: checkout,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return (JSON.parse(stdout) as { reading: { exchanges: number } }).reading.exchanges;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
