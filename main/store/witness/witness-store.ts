import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { mlDsaPublicKey } from '../../crypto/ml-dsa.ts';
import type { RandomSource } from '../../crypto/random.ts';
import { deriveKey, publicKeyOfSeed } from '../../crypto/sealing.ts';
import { parseCheckpoint } from '../../records/log/checkpoint.ts';
import { cosign } from '../../records/log/cosignature.ts';
import { formatNote, type NoteSignature, parseNote, signatureLine } from '../../records/log/note.ts';
import { formatVerifierKey, parseVerifierKey, type VerifierKey, verifierKey } from '../../records/log/note-keys.ts';
import type { CosignatureType } from '../../records/log/signature-types.ts';
import { judgeAddCheckpoint, type Seen } from '../../records/log/witness.ts';
import { Failure } from '../../result/failure.ts';
import { SecretBytes } from '../../result/secret-bytes.ts';
import { guarded } from '../database-failure.ts';
import { makeKeyFile, readKeyFile } from '../key-file.ts';

/** What goes back over HTTP (C2SP tlog-witness, add-checkpoint). */
export interface WitnessAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** What the log signed here and now against what was seen of it before. */
  readonly conflict?: WitnessConflict;
}

/** A log signed a state of so many records that does not continue the so many that were seen of it. */
export interface WitnessConflict {
  readonly origin: string;
  readonly size: number;
  readonly seen: number;
}

/** A witness: the logs that it watches, what it saw last of each, and its keys. */
export interface WitnessStore {
  readonly name: string;
  /** Its keys as text, the older kind first. */
  readonly keys: readonly string[];
  /** The keys of the logs that it watches, as text. */
  readonly logs: () => readonly string[];
  /** Watches a log by its key. Throws `log.malformed`. */
  readonly watch: (key: string) => void;
  /** Answers one request. What it cosigns is on the disk before this returns; `at` is the time in seconds since 1970. */
  readonly answer: (body: string, at: number) => WitnessAnswer;
  /** The newest checkpoint that it cosigned of a log, with its own signatures; null where there is none. */
  readonly cosigned: (origin: string) => string | null;
  /** Checkpoints that a log signed and that did not continue what was seen: the evidence of two histories, oldest first. */
  readonly conflicts: () => readonly { readonly at: number; readonly note: string }[];
  readonly close: () => void;
}

const schema = `
CREATE TABLE IF NOT EXISTS witness (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), name TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS logs (key TEXT PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS cosigned (origin TEXT PRIMARY KEY, note TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS conflicts (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, note TEXT NOT NULL UNIQUE) STRICT;
`;
/** So many conflicts are kept: whoever has a log's key can make more, and one proves what there is to prove. */
const mostConflicts = 1000;
const text = 'text/plain; charset=utf-8';

/**
 * Opens a witness's folder, and makes it with a fresh key where it is given a name and not there yet. Throws `witness.no-name`
 * (a new one without a name, or another name than it has), `log.malformed`, `storage.*`.
 */
export function openWitness(options: {
  readonly directory: string;
  readonly name: string | null;
  readonly random: RandomSource;
}): WitnessStore {
  const { directory } = options;
  const path = join(directory, 'witness.db');
  return guarded(path, () => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const database = new Sqlite(path);
    try {
      // Before a cosignature is given out what it says is on the disk (tlog-witness: persist before responding).
      database.pragma('journal_mode = DELETE');
      database.pragma('synchronous = EXTRA');
      database.pragma('busy_timeout = 5000');
      database.exec(schema);
      return witnessOver(database, path, nameOf(database, options.name), keysIn(directory, options.random));
    } catch (thrown) {
      database.close();
      throw thrown;
    }
  });
}

interface Seeds {
  readonly ed25519: SecretBytes;
  readonly mlDsa: SecretBytes;
}

function nameOf(database: Database, given: string | null): string {
  const find = database.prepare<[], string>('SELECT name FROM witness WHERE only_row = 1').pluck();
  const kept = find.get();
  if (kept === undefined && given !== null) {
    verifierKey(given, 'cosignature-ed25519', new Uint8Array(32));
    database.prepare('INSERT OR IGNORE INTO witness (only_row, name) VALUES (1, ?)').run(given);
  }
  const name = find.get();
  if (name === undefined || (given !== null && name !== given))
    throw new Failure('witness.no-name', { kept: name ?? null });
  return name;
}

function keysIn(directory: string, random: RandomSource): Seeds {
  const file = join(directory, 'witness.key');
  makeKeyFile(file, random);
  using root = readKeyFile(file);
  const seed = (kind: string): SecretBytes => new SecretBytes(deriveKey(root.reveal(), `styrk/witness/${kind}/1`));
  return { ed25519: seed('ed25519'), mlDsa: seed('ml-dsa-44') };
}

function witnessOver(database: Database, path: string, name: string, seeds: Seeds): WitnessStore {
  const cosigners: readonly {
    readonly key: VerifierKey;
    readonly type: CosignatureType;
    readonly seed: SecretBytes;
  }[] = [
    {
      key: verifierKey(name, 'cosignature-ed25519', publicKeyOfSeed(seeds.ed25519.reveal())),
      type: 'cosignature-ed25519',
      seed: seeds.ed25519,
    },
    {
      key: verifierKey(name, 'cosignature-ml-dsa-44', mlDsaPublicKey(seeds.mlDsa.reveal())),
      type: 'cosignature-ml-dsa-44',
      seed: seeds.mlDsa,
    },
  ];
  const logs = (): readonly string[] => database.prepare<[], string>('SELECT key FROM logs ORDER BY key').pluck().all();
  const cosigned = (origin: string): string | null =>
    database.prepare<[string], string>('SELECT note FROM cosigned WHERE origin = ?').pluck().get(origin) ?? null;
  const seen = (origin: string): Seen | null => {
    const note = cosigned(origin);
    return note === null ? null : parseCheckpoint(parseNote(note).text);
  };

  const answered = (body: string, at: number): WitnessAnswer => {
    const judged = judgeAddCheckpoint(body, logs().map(parseVerifierKey), seen);
    if ('conflict' in judged) {
      keepConflict(database, body, at);
      const { origin, size } = judged.conflict;
      const conflict = { origin, size, seen: seen(origin)?.size ?? 0 };
      return { status: judged.status, type: text, body: '', conflict };
    }
    if (judged.status !== 200)
      return 'size' in judged ? ofSize(judged.size) : { status: judged.status, type: text, body: '' };
    const { note, checkpoint } = judged;
    const lines: readonly NoteSignature[] = cosigners.map(({ key, type, seed }) => ({
      name,
      keyId: key.keyId,
      signature: cosign({ name, type }, seed.reveal(), note.text, at),
    }));
    const own = note.signatures.filter((line) => line.name === checkpoint.origin);
    database
      .prepare(
        'INSERT INTO cosigned (origin, note) VALUES (?, ?) ON CONFLICT (origin) DO UPDATE SET note = excluded.note',
      )
      .run(checkpoint.origin, formatNote({ text: note.text, signatures: [...own, ...lines] }));
    return { status: 200, type: text, body: lines.map(signatureLine).join('') };
  };

  return {
    name,
    keys: cosigners.map(({ key }) => formatVerifierKey(key)),
    logs: () => guarded(path, logs),
    watch: (key) =>
      guarded(path, () => {
        database.prepare('INSERT OR IGNORE INTO logs (key) VALUES (?)').run(formatVerifierKey(parseVerifierKey(key)));
      }),
    // One transaction from the look at what was seen to what is kept: of two requests the later sees the earlier (tlog-witness).
    answer: (body, at) => guarded(path, () => database.transaction(() => answered(body, at)).immediate()),
    cosigned: (origin) => guarded(path, () => cosigned(origin)),
    conflicts: () =>
      guarded(path, () =>
        database.prepare<[], { at: number; note: string }>('SELECT at, note FROM conflicts ORDER BY id').all(),
      ),
    close: () => {
      seeds.ed25519.purge();
      seeds.mlDsa.purge();
      database.close();
    },
  };
}

function ofSize(size: number): WitnessAnswer {
  return { status: 409, type: 'text/x.tlog.size', body: `${size}\n` };
}

function keepConflict(database: Database, body: string, at: number): void {
  const note = body.slice(body.indexOf('\n\n') + 2);
  const kept = database.prepare<[], number>('SELECT count(*) FROM conflicts').pluck().get() ?? 0;
  if (kept < mostConflicts) database.prepare('INSERT OR IGNORE INTO conflicts (at, note) VALUES (?, ?)').run(at, note);
}
