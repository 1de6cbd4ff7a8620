import type { RandomSource } from '../crypto/random.ts';
import type { Outbox, OutboxPart } from '../store/outbox.ts';
import type { Station } from '../store/types.ts';
import { type BatchSealing, sealFor } from './sealed-for-headquarters.ts';
import { type ColumnType, type SqlValue, sqlArray } from './sql-arrays.ts';

/** A row on its way: its number, the digest by which it is known, and every column of its table but the station. */
export interface Row {
  readonly number: number;
  readonly digest: string;
  readonly values: readonly SqlValue[];
}

/** How a part lies in headquarters' database. */
interface PartTable {
  readonly table: string;
  /** The column by which a row is known. */
  readonly digest: string;
  /** Name and type of each, in the order of `Row.values`. */
  readonly columns: readonly (readonly [name: string, type: ColumnType])[];
  /** Whether what was said under a number may be said otherwise later, beside it: a restored station erases again. */
  readonly isSaidAgain: boolean;
}

const typed = (type: ColumnType, ...names: readonly string[]) => names.map((name) => [name, type] as const);
const sealColumns = typed('bytea', 'ephemeral', 'ephemeral_signature');
export const partTables: Readonly<Record<OutboxPart, PartTable>> = {
  records: {
    table: 'styrk.records',
    digest: 'hash',
    isSaidAgain: false,
    columns: [
      ...typed('bigint', 'number'),
      ...typed('text', 'hash', 'id', 'written_at'),
      ...typed('bytea', 'wrapped_key', 'sealed'),
      ...typed('text', 'sealed_hash', 'commitment', 'previous_hash'),
      ...typed('bytea', 'signature', 'key_seal'),
      ...sealColumns,
    ],
  },
  checkpoints: {
    table: 'styrk.checkpoints',
    digest: 'digest',
    isSaidAgain: false,
    columns: [...typed('bigint', 'number'), ...typed('text', 'digest', 'content')],
  },
  answers: {
    table: 'styrk.answers',
    digest: 'digest',
    isSaidAgain: false,
    columns: [...typed('bigint', 'number'), ...typed('text', 'digest'), ...typed('bytea', 'sealed'), ...sealColumns],
  },
  erasures: {
    table: 'styrk.erasures',
    digest: 'digest',
    isSaidAgain: true,
    columns: [
      ...typed('bigint', 'number'),
      ...typed('text', 'digest'),
      ...typed('bigint', 'record'),
      ...typed('text', 'content'),
      ...typed('bytea', 'signature'),
    ],
  },
};

/** What makes rows of what waits. */
export interface RowsGround {
  readonly outbox: Outbox;
  readonly station: Pick<Station, 'id' | 'sign'>;
  /** Headquarters' X25519 key, 32 bytes. */
  readonly sealingKey: Uint8Array;
  readonly random: RandomSource;
}

/** Makes rows, all under one agreement with headquarters. Disposing of it wipes what could open them here. */
export interface RowMaking extends Disposable {
  /** The rows after this number, in order, at most so many; sealed anew each time. Fails as the outbox does. */
  readonly after: (part: OutboxPart, after: number, limit: number) => readonly Row[];
}

const bytes = (value: Uint8Array): Buffer => Buffer.from(value.buffer, value.byteOffset, value.length);

/** Begins rows for headquarters; the agreement is made with the first that is sealed. */
export function makingRows({ outbox, station, sealingKey, random }: RowsGround): RowMaking {
  // What lies beside every seal is the same for all rows.
  let begun: { readonly sealing: BatchSealing; readonly head: readonly [Buffer, Buffer] } | null = null;
  const begin = () => {
    if (begun === null) {
      const sealing = sealFor(sealingKey, station, random);
      begun = { sealing, head: [bytes(sealing.head.ephemeral), bytes(sealing.head.signature)] };
    }
    return begun;
  };
  const checkpoints = (after: number, limit: number): readonly Row[] =>
    outbox
      .texts('checkpoints', after, limit)
      .map(({ number, digest, text }) => ({ number, digest, values: [number, digest, text] }));
  const answers = (after: number, limit: number): readonly Row[] =>
    outbox.texts('answers', after, limit).map(({ number, digest, text }) => {
      // Of an erased one its place and digest go: the next ones follow it.
      const plain = text === null ? null : new TextEncoder().encode(text);
      const place = { part: 'answers', station: station.id, number, digest } as const;
      const { sealing, head } = begin();
      const sealed = plain === null ? new Uint8Array() : sealing.seal(place, plain);
      return { number, digest, values: [number, digest, bytes(sealed), ...head] };
    });
  const records = (after: number, limit: number): readonly Row[] =>
    outbox.records(after, limit).map(({ entry, key }) => {
      const { number, hash } = entry;
      using recordKey = key;
      const place = { part: 'records', station: station.id, number, digest: hash } as const;
      const { sealing, head } = begin();
      const keySeal = recordKey === null ? null : bytes(sealing.seal(place, recordKey.reveal()));
      const { id, writtenAt, sealedHash, commitment, previousHash } = entry;
      const [wrappedKey, sealed, signature] = [bytes(entry.wrappedKey), bytes(entry.sealed), bytes(entry.signature)];
      const chained = [
        number,
        hash,
        id,
        writtenAt,
        wrappedKey,
        sealed,
        sealedHash,
        commitment,
        previousHash,
        signature,
      ];
      return { number, digest: hash, values: [...chained, keySeal, ...head] };
    });
  // Who empties a row at headquarters goes by the station's own word alone.
  const erasures = (after: number, limit: number): readonly Row[] =>
    outbox.texts('erasures', after, limit).map(({ number, digest, text }) => {
      const notice = text ?? '';
      const { record } = JSON.parse(notice) as { readonly record: number };
      const signature = bytes(station.sign(new TextEncoder().encode(notice)));
      return { number, digest, values: [number, digest, record, notice, signature] };
    });
  const made = { records, checkpoints, answers, erasures };
  return {
    after: (part, after, limit) => made[part](after, limit),
    [Symbol.dispose]: () => begun?.sealing[Symbol.dispose](),
  };
}

/** One statement that adds any number of rows, in their order, and passes over those that are there. Its values: `columnsOfRows`. */
export function insertOf(part: OutboxPart): string {
  const { table, digest, columns, isSaidAgain } = partTables[part];
  const names = columns.map(([name]) => name).join(', ');
  const key = isSaidAgain ? `station, number, ${digest}` : 'station, number';
  const arrays = columns.map(([, type], index) => `$${index + 2}::${type}[]`).join(', ');
  return `INSERT INTO ${table} (station, ${names}) SELECT $1::text, added.* FROM unnest(${arrays}) AS added ON CONFLICT (${key}) DO NOTHING`;
}

/** The values of that statement: the station, then each column of these rows. */
export function insertedValues(part: OutboxPart, station: string, rows: readonly Row[]): readonly unknown[] {
  const columns = partTables[part].columns.map(([, type], index) =>
    sqlArray(
      type,
      rows.map(({ values }) => values[index] ?? null),
    ),
  );
  return [station, ...columns];
}
