import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { runRecordsCheck, unheard } from '../../main/house/check-workshop.ts';
import { SecretBytes } from '../../main/result/secret-bytes.ts';
import { checkRecords, type RecordsCheck } from '../../main/store/check/check-records.ts';
import { openToRead } from '../../main/store/open-database.ts';
import type { Store, UnlockedStore } from '../../main/store/types.ts';
import { computed, round } from './figures.ts';
import { madeCase } from './records-made.ts';

/*
 * The check of all records, in full and from what an earlier one remembered. Its thread is measured as the desk starts it, by the
 * clock; what a record costs is computed without it: to start the thread, which here reads its modules as they were written, takes
 * as long as hundreds of records, and is told by itself.
 */

const workerUrl = new URL('../../main/house/check-worker.ts', import.meta.url);
/** So many are checked before anything is measured: by then the runtime has compiled what it runs often. */
const warmUp = 1_000;
const batch = 500;

type Folder = UnlockedStore & { readonly store: Store };
type Remembered = { readonly size: number; readonly root: Uint8Array } | null;

/** Appends `rows` records to an empty folder, and checks them. */
export async function benchChecks(folder: Folder, rows: number) {
  const threadStart = await inThread(folder, null);
  const first = Math.min(warmUp, rows);
  appendUpTo(folder, 0, first);
  await here(folder, null);
  await here(folder, rememberedOf(folder, first));
  appendUpTo(folder, first, rows);
  return {
    threadStart: { seconds: threadStart.seconds, computedMillis: threadStart.computedMillis },
    full: { ...(await here(folder, null)), inThread: told(await inThread(folder, null)) },
    fromKept: await fromKept(folder, rememberedOf(folder, rows)),
  };
}

async function fromKept(folder: Folder, remembered: Remembered) {
  return { ...(await here(folder, remembered)), inThread: told(await inThread(folder, remembered)) };
}

function appendUpTo({ records, atOnce }: Folder, done: number, rows: number): void {
  for (let from = done + 1; from <= rows; from += batch)
    atOnce(() => {
      for (let number = from; number < Math.min(from + batch, rows + 1); number++)
        records.append(madeCase(number), '1.0.0');
    });
}

function rememberedOf({ log }: Folder, size: number): Remembered {
  return { size, root: log.rootAt(size) };
}

/** What is computed for a record, on this thread and on the runtime's that verify signatures. */
async function here(folder: Folder, remembered: Remembered) {
  const { keys, sealingKey: bytes } = folder.checkKeys();
  using sealingKey = new SecretBytes(bytes);
  const database = openToRead(folder.store.path);
  try {
    const before = computed();
    const found = await checkRecords(database, { ...keys, sealingKey }, { remembered, progress: () => undefined });
    const each = (computed() - before) / found.chain.records;
    const { records, rested } = whole(found);
    return { records, rested, computedMicrosEach: round(each * 1000), perComputedSecond: Math.round(1000 / each) };
  } finally {
    database.close();
  }
}

async function inThread(folder: Folder, remembered: Remembered) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const [began, before] = [performance.now(), computed()];
  delay.enable();
  const work = { path: folder.store.path, ...folder.checkKeys(), remembered };
  const found = await runRecordsCheck(workerUrl, work, unheard);
  delay.disable();
  const seconds = (performance.now() - began) / 1000;
  return {
    records: whole(found).records,
    seconds: round(seconds),
    computedMillis: round(computed() - before),
    eventLoopDelayP99Millis: round(delay.percentile(99) / 1e6 - 5),
  };
}

function told({ records, ...measured }: Awaited<ReturnType<typeof inThread>>) {
  return { ...measured, perSecond: Math.round(records / measured.seconds) };
}

function whole({ chain, log, rested }: RecordsCheck) {
  if (!chain.intact || !log.intact) throw new Error('what was just written is not whole');
  return { records: chain.records, rested };
}
