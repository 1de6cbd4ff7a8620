import type { Database } from 'better-sqlite3';
import { checkTree } from '../../records/log/check-tree.ts';
import { type Checkpoint, parseCheckpoint } from '../../records/log/checkpoint.ts';
import { rootOf } from '../../records/log/growing-tree.ts';
import { isSignedByLog, type LogKeys } from '../../records/log/log-key.ts';
import type { BrokenLeaf, LogFault, LogReport } from '../../records/log/log-report.ts';
import { formatNote, parseNote } from '../../records/log/note.ts';
import { formatVerifierKey, signersOf } from '../../records/log/note-keys.ts';
import { consistencyPath, inclusionPath, type ReadSubtree } from '../../records/log/proofs.ts';
import { formatProof, noteIn } from '../../records/log/tlog-proof.ts';
import { equal, toHex } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import { guarded } from '../database-failure.ts';
import { preparedValue } from '../prepared.ts';
import {
  entryBytes,
  type FoundCheckpoint,
  forgetFinding,
  leavesInOrder,
  peaksOf,
  readCheckpoint,
  readCosigned,
  readFindings,
  subtreeHash,
  type WitnessFinding,
  writeCosigned,
  writeFinding,
} from './log-rows.ts';

/** How a log signs: by the station's own key alone, or by ML-DSA-44 beside it. */
export type LogSigning = 'ed25519' | 'ml-dsa-44';

/** What others ask of the log. */
export interface RecordsLog {
  /** Its first line in every checkpoint, which names the log. */
  readonly origin: string;
  /** The key that its checkpoints are checked with, as text (C2SP signed-note): the station's own. */
  readonly verifierKey: string;
  /** All keys with which it signs, or did, as texts: the station's own first, then those of ML-DSA-44, the newest first. */
  readonly verifierKeys: () => readonly string[];
  /** How the newest checkpoint is signed. Fails as `newest`, and with `log.signature-wrong`. */
  readonly signedBy: () => readonly LogSigning[];
  /** The newest checkpoint as it was signed, and how many records it covers. Fails with `log.missing`. */
  readonly newest: () => FoundCheckpoint;
  /** The root of the first so many leaves. Fails with `log.root-wrong` where there are not so many. */
  readonly rootAt: (size: number) => Uint8Array;
  /** The `.tlog-proof` of a record by its number or id, erased or not, under the checkpoint that most witnesses cosigned. Fails with `log.missing`, `log.root-wrong`, `record.not-found`. */
  readonly receipt: (record: number | string) => Receipt;
  /** What shows that the log's state of `size` continues that of `old`, both of its own. Fails with `log.root-wrong`. */
  readonly consistency: (old: number, size: number) => readonly Uint8Array[];
  /**
   * Holds a checkpoint that was kept elsewhere, or a receipt with one in it, against this log: null where the log continues it. `log.foreign`: of another log,
   * or not signed by this station; `log.older`: this folder is older than what was given out; `log.forked`: another history.
   * Throws `log.malformed`.
   */
  readonly against: (note: string) => Against;
  /** What a witness cosigned last, as it was kept; null where it did not. */
  readonly cosignedBy: (witness: string) => FoundCheckpoint | null;
  /** Keeps what a witness cosigned: the station's checkpoint with the witness's lines; of an older one nothing is kept. */
  readonly keepCosigned: (witness: string, cosigned: FoundCheckpoint) => void;
  /** What witnesses found against this log; gone where the same witness has cosigned a state of as many records or more since. */
  readonly findings: () => readonly WitnessFinding[];
  readonly noteFinding: (finding: WitnessFinding) => void;
  /** Walks all leaves and holds them against the records and the newest checkpoint. */
  readonly check: () => LogReport;
}

/** The proof of one record, its hash in hex, and how many records its checkpoint covers. */
export interface Receipt {
  readonly text: string;
  readonly number: number;
  readonly hash: string;
  readonly size: number;
}

/** A kept checkpoint beside this log: how much of the log it covers, and what it shows. */
export interface Against {
  readonly size: number;
  readonly code: Extract<LogFault, 'log.foreign' | 'log.older' | 'log.forked'> | null;
}

/** The log over the records of a folder, as it is read by who holds no secret of it. */
export function recordsLog(database: Database, path: string, keysNow: () => LogKeys): RecordsLog {
  const { own } = keysNow();
  const origin = own.name;
  const read: ReadSubtree = (place) => subtreeHash(database, place);
  const whole = <Answer>(act: () => Answer): Answer => guarded(path, () => database.transaction(act)());

  const newest = (): FoundCheckpoint => newestOf(database);

  const bestFor = (number: number): FoundCheckpoint => {
    const covering = readCosigned(database).filter(({ size }) => size >= number);
    const bySize = [...Map.groupBy(covering, ({ size }) => size)].sort(([a, some], [b, others]) => {
      return others.length - some.length || b - a;
    });
    const [best] = bySize;
    if (best === undefined) return newest();
    const notes = best[1].map(({ note }) => parseNote(note));
    const text = notes[0]?.text ?? '';
    const lines = notes.flatMap(({ signatures }) => signatures).map((line) => [JSON.stringify(line), line] as const);
    return { size: best[0], note: formatNote({ text, signatures: [...new Map(lines).values()] }) };
  };

  const receiptOf = (record: number | string): Receipt => {
    const column = typeof record === 'number' ? 'number' : 'id';
    const found = database
      .prepare<[number | string], { number: number; hash: unknown }>(
        `SELECT number, hash FROM records WHERE ${column} = ?`,
      )
      .get(record);
    const entry = entryBytes(found?.hash);
    const number = found?.number ?? 0;
    if (entry === null || number > newest().size) throw new Failure('record.not-found', { id: String(record) });
    const { size, note } = bestFor(number);
    const text = formatProof({ index: number - 1, path: inclusionPath(number - 1, size, read), note, extra: entry });
    return { text, number, hash: toHex(entry), size };
  };

  const againstKept = (text: string): Against => {
    const note = parseNote(noteIn(text));
    const { origin: of, size, root } = parseCheckpoint(note.text);
    if (of !== origin || !isSignedByLog(note, keysNow())) return { size, code: 'log.foreign' };
    if (size > newest().size) return { size, code: 'log.older' };
    return { size, code: equal(rootOf(peaksOf(database, size)), root) ? null : 'log.forked' };
  };

  return {
    origin,
    verifierKey: formatVerifierKey(own),
    verifierKeys: () => guarded(path, () => [own, ...keysNow().beside].map(formatVerifierKey)),
    signedBy: () => guarded(path, () => signingOf(newest(), keysNow())),
    newest: () => guarded(path, newest),
    rootAt: (size) => guarded(path, () => rootOf(peaksOf(database, size))),
    receipt: (record) => whole(() => receiptOf(record)),
    consistency: (old, size) => whole(() => consistencyPath(old, size, read)),
    against: (note) => whole(() => againstKept(note)),
    cosignedBy: (witness) =>
      guarded(path, () => readCosigned(database).find((each) => each.witness === witness) ?? null),
    keepCosigned: (witness, cosigned) =>
      whole(() => {
        writeCosigned(database, { witness, ...cosigned });
        forgetFinding(database, witness, cosigned.size);
      }),
    findings: () => guarded(path, () => readFindings(database)),
    noteFinding: (finding) => guarded(path, () => writeFinding(database, finding)),
    check: () => whole(() => checkLog(database, keysNow())),
  };
}

function signingOf(found: FoundCheckpoint, keys: LogKeys): readonly LogSigning[] {
  opened(found, keys);
  const isBeside = signersOf(parseNote(found.note), keys.beside).length > 0;
  return isBeside ? ['ed25519', 'ml-dsa-44'] : ['ed25519'];
}

/** The newest checkpoint. Fails with `log.missing`. */
export function newestOf(database: Database): FoundCheckpoint {
  const found = readCheckpoint(database);
  if (found === null) throw new Failure('log.missing');
  return found;
}

/** A checkpoint as it was kept, proved. Fails with `log.signature-wrong`, `log.size-wrong`. */
export function opened(found: FoundCheckpoint, keys: LogKeys): Checkpoint {
  const note = parseNote(found.note);
  if (!isSignedByLog(note, keys)) throw new Failure('log.signature-wrong');
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== keys.own.name) throw new Failure('log.signature-wrong');
  if (checkpoint.size !== found.size) throw new Failure('log.size-wrong');
  return checkpoint;
}

/** The newest checkpoint and the chain's head as they stand at one moment: what a walk over the log goes by. */
export interface LogState {
  /** Null where there is none, or none that the station signed: `fault` says so. */
  readonly checkpoint: Checkpoint | null;
  readonly fault: LogFault | null;
  /** The number of the chain's newest record by its head; null where that is gone. */
  readonly head: unknown;
}

/** In a transaction. */
export function readLogState(database: Database, keys: LogKeys): LogState {
  const head = preparedValue<[]>(database, 'SELECT number FROM chain_head WHERE only_row = 1').get();
  const found = readCheckpoint(database);
  if (found === null) return { checkpoint: null, fault: 'log.missing', head };
  try {
    return { checkpoint: opened(found, keys), fault: null, head };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    const fault = thrown.code === 'log.size-wrong' ? 'log.size-wrong' : 'log.signature-wrong';
    return { checkpoint: null, fault, head };
  }
}

/** What a walk over all leaves found, with what the checkpoint and the head say of each other. `walk` is asked where there is a checkpoint. */
export function logReport(
  { checkpoint, fault, head }: LogState,
  walked: (checkpoint: Checkpoint) => readonly BrokenLeaf[],
): LogReport {
  if (checkpoint === null)
    return { size: null, intact: false, broken: [{ number: null, code: fault ?? 'log.missing' }] };
  const broken = walked(checkpoint);
  const isNamed = head === checkpoint.size || broken.some(({ code }) => code === 'log.size-wrong');
  const all: readonly BrokenLeaf[] = isNamed ? broken : [...broken, { number: null, code: 'log.size-wrong' }];
  return { size: checkpoint.size, intact: all.length === 0, broken: all };
}

function checkLog(database: Database, keys: LogKeys): LogReport {
  return logReport(readLogState(database, keys), (checkpoint) => checkTree(leavesInOrder(database), checkpoint));
}
