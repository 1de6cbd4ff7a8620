import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { lookAtFile } from '../holders/import/look-at-file.ts';
import type { RowReading } from '../holders/import/read-rows.ts';
import { splitRows } from '../holders/import/row-splitter.ts';
import { heldFile, type InputFile, openInputFile } from '../machine/input-file.ts';
import { machineRandom } from '../machine/random.ts';
import { Failure } from '../result/failure.ts';
import type { openRoster } from '../store/open-roster.ts';
import { blockRows, type SealedBlock } from '../store/roster/layer.ts';
import { type BlocksKept, RosterStage } from '../store/roster/stage.ts';
import type { PieceDone, RosterOrder, RosterProgress, RosterReport } from './roster-messages.ts';
import { blocksPerJob } from './roster-piece-schema.ts';
import { RosterPool } from './roster-pool.ts';
import { writeRejects } from './roster-rejects.ts';

/** Each takes some 40 MB, whatever the size of the file: with four of them an import took more than it may (docs/benchmarks.md). */
const mostThreads = 2;
const usualRowBytes = 60;
const progressMillis = 250;

interface Surroundings {
  readonly workerUrl: URL;
  /** Asks it to end; what was kept is found again by the next import of the same file. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RosterProgress) => void;
}

type Roster = ReturnType<typeof openRoster>;

/**
 * Takes a register's file as a new layer: looks at the whole file, has pieces of it read and sealed by other threads, keeps them
 * run by run, makes the index and puts the layer in place. Memory does not grow with the file. Fails with
 * `holder.import-malformed` (line and reason of the first bad row, and how many there are), `holder.import-running`,
 * `holder.import-cancelled`, `input.unreadable`, and as the storage does: with `storage.corrupt` for a layer that it takes in.
 */
export async function importRoster(roster: Roster, order: RosterOrder, around: Surroundings): Promise<RosterReport> {
  const file = order.content === undefined ? openInputFile(order.path) : heldFile(order.content);
  try {
    const looked = await lookAtFile(file, order, (bytes) =>
      around.onProgress({ stage: 'looking', part: bytes / file.bytes, people: 0, perSecond: 0, secondsLeft: null }),
    );
    const { digest, reading } = looked;
    const of = JSON.stringify([digest, reading, order.partial]);
    const stage = new RosterStage(roster, {
      // A trial leaves alone what an import may go on with.
      name: order.dryRun ? 'trial' : 'staging',
      of,
      random: machineRandom,
      ...(order.runPostings === null ? {} : { runPostings: order.runPostings }),
    });
    return await staged({ roster, order, around, file, stage, reading, start: looked.start });
  } finally {
    file.close();
  }
}

interface Staged {
  readonly roster: Roster;
  readonly order: RosterOrder;
  readonly around: Surroundings;
  readonly file: InputFile;
  readonly stage: RosterStage;
  readonly reading: RowReading;
  /** Where the rows begin, after the header. */
  readonly start: { readonly offset: number; readonly line: number };
}

async function staged(work: Staged): Promise<RosterReport> {
  const { roster, order, around, stage, reading } = work;
  let left = false;
  try {
    stage.chooseFolded(Math.floor(work.file.bytes / usualRowBytes));
    const threads = Math.max(1, Math.min(mostThreads, availableParallelism() - 1));
    const pool = new RosterPool(around.workerUrl, threads, {
      role: 'seal',
      layer: new Uint8Array(roster.layerKey()),
      token: new Uint8Array(roster.tokenKey()),
      reading,
      file: stage.state.file,
    });
    try {
      await foldLayers(work, pool);
      await takeRows(work, pool);
    } finally {
      await pool.close();
    }
    stage.flush();
    refuseFaulty(work);
    const from = performance.now();
    const indexed = stage.index((part) => {
      heed(around.signal);
      const seconds = (performance.now() - from) / 1000;
      const secondsLeft = part > 0 ? (seconds / part) * (1 - part) : null;
      around.onProgress({ stage: 'indexing', part, people: stage.state.people, perSecond: 0, secondsLeft });
    });
    refuseFaulty(work);
    const report = reportOf(work, indexed);
    if (order.rejects !== null) await writeRejects(order.rejects, work.file, work, () => stage.faults());
    left = true;
    if (order.dryRun) stage.discard();
    else stage.activate(indexed);
    return report;
  } catch (thrown) {
    if (!left) {
      // What one bad row refuses nobody goes on with.
      if (order.dryRun || (thrown instanceof Failure && thrown.code === 'holder.import-malformed')) stage.discard();
      else stage.leave();
    }
    throw thrown;
  }
}

function heed(signal: AbortSignal): void {
  if (signal.aborted) throw new Failure('holder.import-cancelled');
}

function refuseFaulty({ stage, order }: Staged): void {
  if (order.partial || order.dryRun) return;
  const faults = stage.notes().filter(({ kind }) => kind === 'fault');
  const [first] = faults
    .flatMap(({ note, lines }) => lines.slice(0, 1).map((line) => ({ line, reason: note })))
    .sort((a, b) => a.line - b.line);
  if (first === undefined) return;
  const rows = faults.reduce((sum, { count }) => sum + count, 0);
  throw new Failure('holder.import-malformed', rows === 1 ? first : { ...first, rows });
}

function reportOf(
  { stage, order, reading }: Staged,
  indexed: { readonly people: number; readonly replaced: number },
): RosterReport {
  const notes = stage.notes();
  const rejected = notes.filter(({ kind }) => kind === 'fault').reduce((sum, { count }) => sum + count, 0);
  const read = stage.ofFile + rejected - (notes.find(({ note }) => note === 'id-twice')?.count ?? 0);
  return {
    read,
    added: read - rejected - indexed.replaced,
    replaced: indexed.replaced,
    rejected,
    encoding: reading.encoding,
    unused: reading.columns.unused,
    notes,
    resumed: stage.resumed,
    taken: !order.dryRun,
  };
}

/**
 * Hands pieces to the threads, a few at a time, and takes them back in order. Each is given its blocks beforehand, as many as all of
 * its people need: what is sealed is bound to them.
 */
async function inOrder<Piece>(
  pieces: AsyncIterable<Piece> | Iterable<Piece>,
  { room, first, mostPeople }: { room: number; first: number; mostPeople: (piece: Piece) => number },
  begin: (piece: Piece, first: number) => Promise<PieceDone>,
  end: (piece: Piece, done: PieceDone, place: BlocksKept) => void,
): Promise<void> {
  const begun: { readonly piece: Piece; readonly place: BlocksKept; readonly done: Promise<PieceDone> }[] = [];
  const takeOne = async (): Promise<void> => {
    const next = begun.shift();
    if (next !== undefined) end(next.piece, await next.done, next.place);
  };
  let block = first;
  for await (const piece of pieces) {
    const place = { first: block, count: Math.ceil(mostPeople(piece) / blockRows) };
    block += place.count;
    const done = begin(piece, place.first);
    done.catch(() => undefined);
    begun.push({ piece, place, done });
    if (begun.length >= room) await takeOne();
  }
  while (begun.length > 0) await takeOne();
}

// Whoever is in a layer that this one takes in goes the same way as the rows of the file, and before them.
async function foldLayers({ stage, roster, around }: Staged, pool: RosterPool): Promise<void> {
  if (stage.state.offset > 0) return;
  const { folded, fold } = stage.state;
  for (const [layer, file] of folded.entries()) {
    if (layer < fold.layer) continue;
    const source = roster.layers().find((one) => one.file === file);
    if (source === undefined) throw new Failure('storage.corrupt', { part: 'roster_layers' });
    const first = layer === fold.layer ? fold.block : 0;
    await inOrder(
      source.blocks(first, blocksPerJob),
      { room: pool.room, first: stage.state.block, mostPeople: ({ blocks }) => mostIn(blocks) },
      ({ blocks }, at) => pool.do({ type: 'blocks', first: at, from: file, blocks }),
      ({ next }, { piece }, place) => {
        heed(around.signal);
        stage.addFolded(piece, place, next === null ? { layer: layer + 1, block: 0 } : { layer, block: next });
      },
    );
  }
}

// How many people blocks hold, or a few more: the last may not be full.
function mostIn(blocks: readonly SealedBlock[]): number {
  let people = blocks.length * blockRows;
  for (const { gone } of blocks) for (let bits = gone; bits !== 0; bits &= bits - 1) people--;
  return people;
}

async function takeRows({ stage, order, around, file, reading, start }: Staged, pool: RosterPool): Promise<void> {
  const from = stage.state.offset === 0 ? start : { offset: stage.state.offset, line: stage.state.line };
  const began = performance.now();
  const before = stage.state.people;
  let told = began;
  await inOrder(
    splitRows(file.chunks(from.offset), from, reading.format),
    { room: pool.room, first: stage.state.block, mostPeople: ({ rows }) => rows },
    ({ bytes, line }, first) => pool.do({ type: 'rows', first, bytes: new Uint8Array(bytes), line }),
    ({ end, endLine, tooLong }, { piece, faults, remarks }, place) => {
      heed(around.signal);
      stage.addRows(
        piece,
        place,
        [
          ...tooLong.map((line) => ({ line, kind: 'fault', note: 'row-too-long' }) as const),
          ...faults.map(({ line, note }) => ({ line, kind: 'fault', note }) as const),
          ...remarks.map(({ line, note }) => ({ line, kind: 'remark', note }) as const),
        ],
        { offset: end, line: endLine },
      );
      const now = performance.now();
      // Of small runs each piece is told: what is told is kept.
      if (order.runPostings === null && now - told < progressMillis && end < file.bytes) return;
      told = now;
      const seconds = (now - began) / 1000;
      const bytesPerSecond = (end - from.offset) / seconds;
      around.onProgress({
        stage: 'taking',
        part: end / file.bytes,
        people: stage.state.people,
        perSecond: Math.round((stage.state.people - before) / seconds),
        secondsLeft: Math.round((file.bytes - end) / bytesPerSecond),
      });
    },
  );
}
