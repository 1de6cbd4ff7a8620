import type { Database } from 'better-sqlite3';
import { mlDsaPublicKey } from '../../crypto/ml-dsa.ts';
import { checkpointText } from '../../records/log/checkpoint.ts';
import { cosign } from '../../records/log/cosignature.ts';
import { grow, type Peaks, rootOf } from '../../records/log/growing-tree.ts';
import type { LogKeys } from '../../records/log/log-key.ts';
import { leafHash } from '../../records/log/merkle.ts';
import { formatNote, type NoteSignature } from '../../records/log/note.ts';
import { signNote, verifierKey } from '../../records/log/note-keys.ts';
import { equal } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import type { SecretBytes } from '../../result/secret-bytes.ts';
import { preparedValue } from '../prepared.ts';
import { entryBytes, insertLeaf, peaksOf, writeCheckpoint } from './log-rows.ts';
import { currentSigner, followSigner, readSigners } from './log-signers.ts';
import { type LogSigning, newestOf, opened, type RecordsLog, recordsLog } from './records-log.ts';

/** Whose log it is, and with what its checkpoints are signed. */
export interface LogSecrets {
  /** As they stand now: another may begin while the folder is open. */
  readonly keysNow: () => LogKeys;
  readonly signingKey: SecretBytes;
  /** The seed of the key by ML-DSA-44 of this number; whoever asked purges it. */
  readonly mlDsaSeed: (generation: number) => SecretBytes;
}

/** The log as the records' own repository writes it. */
export interface StoredLog extends RecordsLog {
  /** With what its checkpoints are checked. */
  readonly keysNow: () => LogKeys;
  /** The next leaf and its checkpoint; in the record's own transaction. Fails with `log.missing`, `log.signature-wrong`, `log.size-wrong`, `log.root-wrong`. */
  readonly append: (number: number, hash: string) => void;
  /** Signs what the leaves come to as the first checkpoint of this log; in a transaction. */
  readonly sign: (size: number) => void;
  /**
   * From the newest checkpoint on, which is signed anew, the log signs so; where it signs by ML-DSA-44 already, by a new key. Part of
   * a recorded act. Fails as `append` does.
   */
  readonly signBy: (signing: LogSigning) => void;
}

/**
 * The log over the records of a folder (RFC 6962, C2SP tlog-checkpoint). What it signs grows out of the checkpoint that it
 * signed before: hashes that others touched are not built upon.
 */
export function storedLog(database: Database, path: string, secrets: LogSecrets): StoredLog {
  const { keysNow, signingKey, mlDsaSeed } = secrets;
  const { own } = keysNow();
  const origin = own.name;
  // The last one that this connection signed itself, and what it was made of.
  let known: { readonly note: string; readonly size: number; readonly peaks: Peaks; readonly version: number } | null =
    null;
  // Changes where another connection writes, and by nothing that this one does.
  const versionNow = (): number => preparedValue<[], number>(database, 'PRAGMA data_version').get() ?? 0;

  // The log is its own cosigner, under its own name (tlog-checkpoint, Signatures). It says nothing of when: the time is 0.
  const lineBeside = (text: string): readonly NoteSignature[] => {
    const signer = currentSigner(database);
    if (signer === null) return [];
    const type = 'cosignature-ml-dsa-44';
    const { keyId } = verifierKey(origin, type, signer.publicKey);
    using seed = mlDsaSeed(signer.generation);
    return [{ name: origin, keyId, signature: cosign({ name: origin, type }, seed.reveal(), text, 0) }];
  };

  const sign = (size: number, peaks: Peaks): void => {
    const text = checkpointText({ origin, size, root: rootOf(peaks) });
    const note = formatNote({ text, signatures: [signNote(own, signingKey.reveal(), text), ...lineBeside(text)] });
    writeCheckpoint(database, { size, note });
    known = { note, size, peaks, version: versionNow() };
  };

  // The peaks of what was signed last.
  const peaksSigned = (expected: number | null = null): { readonly size: number; readonly peaks: Peaks } => {
    // Nobody wrote since: what was signed last stands there as it was. What this connection itself took back left another head.
    if (known !== null && known.size === expected && known.version === versionNow()) return known;
    const newest = newestOf(database);
    // Its root is that of these peaks: what lies in the leaves is held against them, and need not be hashed again.
    const own = known?.note === newest.note && known.size === newest.size ? known : null;
    const { size, root } = own === null ? opened(newest, keysNow()) : { size: own.size, root: null };
    if (expected !== null && size !== expected) throw new Failure('log.size-wrong');
    const peaks = peaksOf(database, size);
    const isWhole = root === null ? areSame(peaks, own?.peaks ?? []) : equal(rootOf(peaks), root);
    if (!isWhole) throw new Failure('log.root-wrong');
    return { size, peaks };
  };

  return {
    ...recordsLog(database, path, keysNow),
    keysNow,
    append: (number, hash) => {
      const { size, peaks } = peaksSigned(number - 1);
      const entry = entryBytes(hash);
      if (entry === null) throw new Failure('log.size-wrong');
      const grown = grow(peaks, size, leafHash(entry));
      insertLeaf(database, size, grown.completed);
      sign(number, grown.peaks);
    },
    sign: (size) => sign(size, peaksOf(database, size)),
    signBy: (signing) => {
      const { size, peaks } = peaksSigned();
      const generation = (readSigners(database)[0]?.generation ?? 0) + 1;
      using seed = mlDsaSeed(generation);
      const next = { generation, publicKey: mlDsaPublicKey(seed.reveal()) };
      followSigner(database, size, signing === 'ed25519' ? null : next);
      sign(size, peaks);
    },
  };
}

function areSame(one: Peaks, other: Peaks): boolean {
  return one.length === other.length && one.every((hash, index) => equal(hash, other[index] ?? new Uint8Array(0)));
}
