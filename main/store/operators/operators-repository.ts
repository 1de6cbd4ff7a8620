import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../../crypto/random.ts';
import { type KeyedIndex, open, seal } from '../../crypto/sealing.ts';
import { fromHex, toHex } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import { nameOrder } from '../../result/name-order.ts';
import type { SecretBytes } from '../../result/secret-bytes.ts';
import { plainSign } from '../../trust/lists/pins.ts';
import { guarded } from '../database-failure.ts';
import { operatorTables } from '../marks/marked-tables.ts';
import type { StoreMarks } from '../marks/store-marks.ts';
import type { Tries } from './lock-out.ts';
import type { KnownOperator, Operator } from './operator.ts';
import { beginTries, countTry, forgiveTries, readTries, stationSubject, takeBack } from './operator-tries.ts';

/** Keys of the operators, derived from the master key; whoever opened the store purges them. */
export interface OperatorKeys {
  readonly sealingKey: SecretBytes;
  readonly index: KeyedIndex;
}

/**
 * The operators of a folder. All of it fails with `trust.tampered` where others have touched their tables; what they touched
 * elsewhere keeps nobody from signing in.
 */
export interface OperatorsRepository {
  /** All that ever were, by sign as English has it. */
  list(): readonly Operator[];
  bySign(sign: string): KnownOperator | null;
  byId(id: string): KnownOperator | null;
  /** Fails with `operator.sign-taken`. Part of a recorded act. */
  add(known: KnownOperator): void;
  /** Puts what is known of them now in place of what was. Part of a recorded act, or of a change of one's own secret. */
  replace(known: KnownOperator): void;
  /** Against this operator, and at the station; null where a row is gone: nobody begins afresh by that. */
  tries(id: string): Tries | null;
  stationTries(): Tries | null;
  /** Counts a try as wrong, against the operator (null: nobody of that sign) and at the station, before anything is compared. */
  begin(id: string | null): void;
  /**
   * Brings what was counted into the database's own file, so that nobody takes it back by ending the process and deleting the log
   * beside it (`styrk.db-wal`). Fails with `storage.busy` where another process keeps it from getting there.
   */
  settle(): void;
  /** The try was right: the operator's own wrong ones are taken back at both; all at the station where `clearStation` says so. */
  succeeded(id: string, clearStation: boolean): void;
  /** Lets an operator try afresh. Part of a recorded act. */
  forgive(id: string): void;
  /** Several of these as one: nobody comes in between. */
  atOnce<Answer>(act: () => Answer): Answer;
}

interface Row {
  readonly id: string;
  readonly sealed: Uint8Array;
}

const utf8 = new TextEncoder();

/** The operators of an unlocked folder: sealed row by row, their tries counted in marked tables. */
export function operatorsRepository(
  database: Database,
  path: string,
  { keys, marks, random }: { readonly keys: OperatorKeys; readonly marks: StoreMarks; readonly random: RandomSource },
): OperatorsRepository {
  const opened = ({ id, sealed }: Row): KnownOperator => {
    const plain = open(keys.sealingKey.reveal(), sealed, contextOf(id));
    if (plain === null) throw new Failure('storage.corrupt', { path, part: 'operators' });
    return fromText(new TextDecoder().decode(plain));
  };
  const sealedOf = (known: KnownOperator): Uint8Array =>
    seal(keys.sealingKey.reveal(), utf8.encode(toText(known)), contextOf(known.operator.id), random);
  const indexOf = (sign: string): Uint8Array => keys.index.of(utf8.encode(plainSign(sign)));
  const read = <Answer>(act: () => Answer): Answer => guarded(path, () => marks.readAmong(operatorTables, act));
  const write = <Answer>(act: () => Answer): Answer => guarded(path, () => marks.writeAmong(operatorTables, act));

  const found = (where: string, value: string | Uint8Array): KnownOperator | null => {
    const row = database
      .prepare<[string | Uint8Array], Row>(`SELECT id, sealed FROM operators WHERE ${where} = ?`)
      .get(value);
    return row === undefined ? null : opened(row);
  };

  return {
    list: () =>
      read(() =>
        database
          .prepare<[], Row>('SELECT id, sealed FROM operators')
          .all()
          .map((row) => opened(row).operator)
          .sort((a, b) => nameOrder('en')(a.sign, b.sign)),
      ),
    bySign: (sign) => read(() => found('sign_index', indexOf(sign))),
    byId: (id) => read(() => found('id', id)),
    add: (known) =>
      write(() => {
        const { id, sign } = known.operator;
        if (found('sign_index', indexOf(sign)) !== null) throw new Failure('operator.sign-taken');
        database
          .prepare('INSERT INTO operators (id, sign_index, sealed) VALUES (?, ?, ?)')
          .run(id, indexOf(sign), sealedOf(known));
        beginTries(database, id);
        if (readTries(database, stationSubject) === null) beginTries(database, stationSubject);
        database
          .prepare(
            `INSERT INTO operators_state (only_row, reopened) VALUES (1, 0)
             ON CONFLICT (only_row) DO UPDATE SET reopened = 0`,
          )
          .run();
      }),
    replace: (known) =>
      write(() => {
        const { id, sign } = known.operator;
        database
          .prepare('UPDATE operators SET sign_index = ?, sealed = ? WHERE id = ?')
          .run(indexOf(sign), sealedOf(known), id);
      }),
    tries: (id) => read(() => readTries(database, id)),
    stationTries: () => read(() => readTries(database, stationSubject)),
    begin: (id) =>
      write(() => {
        if (id !== null) countTry(database, id);
        countTry(database, stationSubject);
      }),
    settle: () =>
      guarded(path, () => {
        // https://sqlite.org/pragma.html#pragma_wal_checkpoint: `log` frames in all, so many of them in the file.
        const [told] = database.pragma('wal_checkpoint(FULL)') as readonly {
          readonly busy: number;
          readonly log: number;
          readonly checkpointed: number;
        }[];
        if (told === undefined || told.busy !== 0 || told.checkpointed < told.log)
          throw new Failure('storage.busy', { path });
      }),
    succeeded: (id, clearStation) =>
      write(() => {
        const failures = readTries(database, id)?.failures ?? 0;
        takeBack(database, id, failures);
        if (clearStation) forgiveTries(database, stationSubject);
        else takeBack(database, stationSubject, failures);
      }),
    forgive: (id) => write(() => forgiveTries(database, id)),
    atOnce: write,
  };
}

function contextOf(id: string): Uint8Array {
  return utf8.encode(`styrk/operator/1/${id}`);
}

function toText({ operator, verifier, resets = 0, issued }: KnownOperator): string {
  const { salt, costs, hash } = verifier;
  return JSON.stringify({ operator, verifier: { costs, salt: toHex(salt), hash: toHex(hash) }, resets, issued });
}

// Sealed by us under the master key: nobody else has written it.
function fromText(text: string): KnownOperator {
  const { operator, verifier, resets, issued } = JSON.parse(text);
  const read = { ...verifier, salt: fromHex(verifier.salt), hash: fromHex(verifier.hash) };
  return { operator, verifier: read, resets: resets ?? 0, ...(issued === undefined ? {} : { issued }) };
}
