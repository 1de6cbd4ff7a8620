import type { Database } from 'better-sqlite3';
import { checkTree } from '../../records/log/check-tree.ts';
import { type Checkpoint, checkpointText, parseCheckpoint } from '../../records/log/checkpoint.ts';
import { grow, type Peaks, rootOfPeaks } from '../../records/log/growing-tree.ts';
import type { BrokenLeaf, LogReport } from '../../records/log/log-report.ts';
import { emptyRoot, leafHash } from '../../records/log/merkle.ts';
import { formatNote, parseNote } from '../../records/log/note.ts';
import { formatVerifierKey, signersOf, signNote, type VerifierKey } from '../../records/log/note-keys.ts';
import { equal } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import type { SecretBytes } from '../../result/secret-bytes.ts';
import { guarded } from '../database-failure.ts';
import {
  entryBytes,
  type FoundCheckpoint,
  insertLeaf,
  leavesInOrder,
  peaksOf,
  readCheckpoint,
  writeCheckpoint,
} from './log-rows.ts';

/** Whose log it is, and with what its checkpoints are signed. */
export interface LogKeys {
  readonly verifierKey: VerifierKey;
  readonly signingKey: SecretBytes;
}

/** What others ask of the log. */
export interface RecordsLog {
  /** Its first line in every checkpoint, which names the log. */
  readonly origin: string;
  /** The key that its checkpoints are checked with, as text (C2SP signed-note). */
  readonly verifierKey: string;
  /** The newest checkpoint as it was signed, and how many records it covers. Fails with `log.missing`. */
  readonly newest: () => FoundCheckpoint;
  /** The root of the first so many leaves. Fails with `log.root-wrong` where there are not so many. */
  readonly rootAt: (size: number) => Uint8Array;
  /** Walks all leaves and holds them against the records and the newest checkpoint. */
  readonly check: () => LogReport;
}

/** The log as the records' own repository writes it. */
export interface StoredLog extends RecordsLog {
  /** The next leaf and its checkpoint; in the record's own transaction. Fails with `log.missing`, `log.signature-wrong`, `log.size-wrong`, `log.root-wrong`. */
  readonly append: (number: number, hash: string) => void;
  /** Signs what the leaves come to as the first checkpoint of this log; in a transaction. */
  readonly sign: (size: number) => void;
}

/**
 * The log over the records of a folder (RFC 6962, C2SP tlog-checkpoint). What it signs grows out of the checkpoint that it
 * signed before: hashes that others touched are not built upon.
 */
export function storedLog(database: Database, path: string, keys: LogKeys): StoredLog {
  const origin = keys.verifierKey.name;
  // The last one that this connection signed or checked itself.
  let known: string | null = null;

  const sign = (size: number, peaks: Peaks): void => {
    const text = checkpointText({ origin, size, root: rootOf(peaks) });
    const signature = signNote(keys.verifierKey, keys.signingKey.reveal(), text);
    const note = formatNote({ text, signatures: [signature] });
    writeCheckpoint(database, { size, note });
    known = note;
  };

  const newest = (): FoundCheckpoint => {
    const found = readCheckpoint(database);
    if (found === null) throw new Failure('log.missing');
    return found;
  };

  return {
    origin,
    verifierKey: formatVerifierKey(keys.verifierKey),
    newest: () => guarded(path, newest),
    append: (number, hash) => {
      const found = newest();
      const checkpoint = opened(found, keys.verifierKey, known);
      const entry = entryBytes(hash);
      if (entry === null || checkpoint.size !== number - 1) throw new Failure('log.size-wrong');
      const peaks = peaksOf(database, checkpoint.size);
      if (!equal(rootOf(peaks), checkpoint.root)) throw new Failure('log.root-wrong');
      const grown = grow(peaks, checkpoint.size, leafHash(entry));
      insertLeaf(database, checkpoint.size, grown.completed);
      sign(number, grown.peaks);
    },
    sign: (size) => sign(size, peaksOf(database, size)),
    rootAt: (size) => guarded(path, () => rootOf(peaksOf(database, size))),
    check: () => guarded(path, () => database.transaction(() => checkLog(database, keys.verifierKey))()),
  };
}

function rootOf(peaks: Peaks): Uint8Array {
  return peaks.length === 0 ? emptyRoot() : rootOfPeaks(peaks);
}

// Fails with `log.signature-wrong` for what this station's key did not sign.
function opened(found: FoundCheckpoint, key: VerifierKey, known: string | null): Checkpoint {
  const note = parseNote(found.note);
  if (found.note !== known && signersOf(note, [key]).length === 0) throw new Failure('log.signature-wrong');
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== key.name) throw new Failure('log.signature-wrong');
  if (checkpoint.size !== found.size) throw new Failure('log.size-wrong');
  return checkpoint;
}

function checkLog(database: Database, key: VerifierKey): LogReport {
  const report = (size: number | null, broken: readonly BrokenLeaf[]): LogReport => ({
    size,
    intact: broken.length === 0,
    broken,
  });
  const found = readCheckpoint(database);
  if (found === null) return report(null, [{ number: null, code: 'log.missing' }]);
  let checkpoint: Checkpoint;
  try {
    checkpoint = opened(found, key, null);
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    const code = thrown.code === 'log.size-wrong' ? 'log.size-wrong' : 'log.signature-wrong';
    return report(null, [{ number: null, code }]);
  }
  const head = database.prepare<[], unknown>('SELECT number FROM chain_head WHERE only_row = 1').pluck().get();
  const beside: readonly BrokenLeaf[] = head === checkpoint.size ? [] : [{ number: null, code: 'log.size-wrong' }];
  const broken = checkTree(leavesInOrder(database), checkpoint);
  return report(
    checkpoint.size,
    broken.some(({ code }) => code === 'log.size-wrong') ? broken : [...broken, ...beside],
  );
}
