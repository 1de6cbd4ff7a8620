import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { computed } from '../figures.ts';
import { madeCase, rawRecords, sealedBytes } from '../records-made.ts';
import { CheckoutProcess, type Checkouts } from './checkout.ts';
import { millis, notAtSize, ownRow, type SpeedRow } from './row.ts';

const goal = { timesRaw: 2.5, fullPerSecond: 4_000, keptPerSecond: 50_000 } as const;
/** So many are checked where nothing else is said. */
export const recordsChecked = 4_000;
/** Each record is signed, the head of the chain, and the log's checkpoint. */
const signaturesOfAppend = 3;
const warmUp = 100;
const appended = 300;
const block = 20;
/** How often all records are checked after the first check, which only warms. */
const checks = 3;

/** A record appended beside raw SQLite with the same bytes, and so many records checked: processor time of both checkouts in turn. */
export async function recordRows({ here, there }: Checkouts, wanted: number): Promise<readonly SpeedRow[]> {
  const rows = Math.max(wanted, warmUp + appended);
  await using ours = new CheckoutProcess(here);
  await using theirs = there === null ? null : new CheckoutProcess(there);
  const processes = theirs === null ? [ours] : [ours, theirs];
  const append = await appendedInTurn(processes);
  for (const each of processes) await fill(each, warmUp + appended, rows);
  const [full, kept] = await checkedInTurn(processes, rows);
  const [appendHere, appendThere] = append.each;
  const perSecond = (took: number | undefined): string => `${Math.round((rows / (took ?? Number.NaN)) * 1_000)}/s`;
  const times = (took: number | undefined): string =>
    `${((took ?? Number.NaN) / append.raw).toFixed(1)} times raw (${millis(took ?? Number.NaN)})`;
  const [fullHere = Number.NaN, fullThere] = full;
  const [keptHere = Number.NaN] = kept;
  const signature = signatureMillis();
  const signed = signature.signed * signaturesOfAppend;
  const atSize = (row: SpeedRow): SpeedRow => (rows < recordsChecked ? notAtSize(row, `${rows} records`) : row);
  return [
    ownRow({
      what: 'a record appended',
      now: times(appendHere),
      there: theirs && times(appendThere),
      goal: `at most ${goal.timesRaw} times raw`,
      met: (appendHere ?? Number.NaN) / append.raw <= goal.timesRaw,
      floor: `raw and the ${signaturesOfAppend} signatures of the runtime's library alone are ${((append.raw + signed) / append.raw).toFixed(1)} times raw (${millis(append.raw)} and ${millis(signed)}); the rest seals, hashes and writes the log`,
    }),
    atSize(
      ownRow({
        what: `the chain of ${rows} records checked in full`,
        now: perSecond(fullHere),
        there: theirs && perSecond(fullThere),
        goal: `at least ${goal.fullPerSecond}/s`,
        met: (rows / fullHere) * 1_000 >= goal.fullPerSecond,
        floor: `${micros(fullHere / rows)} for each, of which the runtime's library verifies one signature in ${micros(signature.verified)}; both seals are hashed and opened`,
      }),
    ),
    atSize(
      ownRow({
        what: `the chain of ${rows} records checked from what was remembered`,
        now: perSecond(keptHere),
        there: theirs && 'remembers nothing',
        goal: `at least ${goal.keptPerSecond}/s`,
        met: (rows / keptHere) * 1_000 >= goal.keptPerSecond,
        floor: `${micros(keptHere / rows)} for each: its row is read and its leaf hashed`,
      }),
    ),
  ];
}

const signatures = 1_000;
const signedBytes = 200;
const micros = (took: number): string => `${(took * 1_000).toFixed(0)} µs`;

/** Milliseconds of processor time for one Ed25519 signature by the runtime's library, made and verified. */
function signatureMillis(): { readonly signed: number; readonly verified: number } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const message = new Uint8Array(signedBytes);
  const each = (act: () => void): number => {
    const begun = computed();
    for (let done = 0; done < signatures; done++) act();
    return (computed() - begun) / signatures;
  };
  const one = sign(null, message, privateKey);
  return {
    signed: each(() => sign(null, message, privateKey)),
    verified: each(() => verify(null, message, publicKey, one)),
  };
}

/** Milliseconds of processor time for one record: of each process, and of raw SQLite. */
async function appendedInTurn(processes: readonly CheckoutProcess[]) {
  const directory = mkdtempSync(join(tmpdir(), 'styrk-bench-raw-'));
  const raw = rawRecords(directory);
  try {
    const bytes = await sealedBytes(join(directory, 'sealed'));
    const sums = { raw: 0, each: processes.map(() => 0) };
    for (let from = 0; from < warmUp + appended; from += block) {
      const counts = from >= warmUp;
      for (const [index, process] of processes.entries()) {
        const took = await process.act('append', casesFrom(from, block));
        if (counts) sums.each[index] = (sums.each[index] ?? 0) + took;
      }
      const begun = computed();
      for (let number = from; number < from + block; number++) raw.append(number + 1, bytes);
      if (counts) sums.raw += computed() - begun;
    }
    return { raw: sums.raw / appended, each: sums.each.map((sum) => sum / appended) };
  } finally {
    raw.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

const fillAtOnce = 200;

async function fill(process: CheckoutProcess, done: number, rows: number): Promise<void> {
  for (let from = done; from < rows; from += fillAtOnce)
    await process.act('fill', casesFrom(from, Math.min(fillAtOnce, rows - from)));
}

function casesFrom(from: number, count: number): readonly CaseFacts[] {
  return Array.from({ length: count }, (_, index) => madeCase(1 + from + index));
}

/** Milliseconds of processor time for one check of all: of each process the quickest, in full and from what it remembers. */
async function checkedInTurn(processes: readonly CheckoutProcess[], rows: number) {
  const [full, kept] = [processes.map(() => Number.POSITIVE_INFINITY), processes.map(() => Number.POSITIVE_INFINITY)];
  const quickest = (values: number[], index: number, took: number): void => {
    values[index] = Math.min(values[index] ?? Number.POSITIVE_INFINITY, took);
  };
  for (let check = 0; check <= checks; check++)
    for (const [index, process] of processes.entries()) {
      quickest(full, index, await process.act('checkAll'));
      quickest(kept, index, (await process.act('checkFrom', rows)) ?? Number.POSITIVE_INFINITY);
    }
  return [full, kept] as const;
}
