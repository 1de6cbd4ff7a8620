import type { Database } from 'better-sqlite3';
import { checkpointText } from '../../records/log/checkpoint.ts';
import { grow, type Peaks, rootOf } from '../../records/log/growing-tree.ts';
import { leafHash } from '../../records/log/merkle.ts';
import { formatNote } from '../../records/log/note.ts';
import { signNote, type VerifierKey } from '../../records/log/note-keys.ts';
import { equal } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import type { SecretBytes } from '../../result/secret-bytes.ts';
import { entryBytes, insertLeaf, peaksOf, writeCheckpoint } from './log-rows.ts';
import { newestOf, opened, type RecordsLog, recordsLog } from './records-log.ts';

/** Whose log it is, and with what its checkpoints are signed. */
export interface LogKeys {
  readonly verifierKey: VerifierKey;
  readonly signingKey: SecretBytes;
}

/** The log as the records' own repository writes it. */
export interface StoredLog extends RecordsLog {
  /** With what its checkpoints are checked. */
  readonly key: VerifierKey;
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

  return {
    ...recordsLog(database, path, keys.verifierKey),
    key: keys.verifierKey,
    append: (number, hash) => {
      const checkpoint = opened(newestOf(database), keys.verifierKey, known);
      const entry = entryBytes(hash);
      if (entry === null || checkpoint.size !== number - 1) throw new Failure('log.size-wrong');
      const peaks = peaksOf(database, checkpoint.size);
      if (!equal(rootOf(peaks), checkpoint.root)) throw new Failure('log.root-wrong');
      const grown = grow(peaks, checkpoint.size, leafHash(entry));
      insertLeaf(database, checkpoint.size, grown.completed);
      sign(number, grown.peaks);
    },
    sign: (size) => sign(size, peaksOf(database, size)),
  };
}
