import type { RandomSource } from '../crypto/random.ts';
import type { Outbox, OutboxPart } from '../store/outbox.ts';
import type { Station } from '../store/types.ts';
import { sealFor } from './sealed-for-headquarters.ts';

/** A value of a row as it goes to PostgreSQL. */
type Value = string | number | Buffer | null;

/** A row on its way: its number, the digest by which it is known, and every column of its table but the station. */
export interface Row {
  readonly number: number;
  readonly digest: string;
  readonly values: readonly Value[];
}

/** How a part lies in headquarters' database. */
interface PartTable {
  readonly table: string;
  /** The column by which a row is known. */
  readonly digest: string;
  /** In the order of `Row.values`. */
  readonly columns: readonly string[];
}

const sealColumns = ['ephemeral', 'ephemeral_signature'];
export const partTables: Readonly<Record<OutboxPart, PartTable>> = {
  records: {
    table: 'styrk.records',
    digest: 'hash',
    columns: [
      ...['number', 'hash', 'id', 'written_at', 'wrapped_key', 'sealed', 'sealed_hash', 'commitment', 'previous_hash'],
      ...['signature', 'key_seal', ...sealColumns],
    ],
  },
  checkpoints: { table: 'styrk.checkpoints', digest: 'digest', columns: ['number', 'digest', 'content'] },
  answers: { table: 'styrk.answers', digest: 'digest', columns: ['number', 'digest', 'sealed', ...sealColumns] },
};

/** What makes rows of what waits. */
export interface RowsGround {
  readonly outbox: Outbox;
  readonly station: Pick<Station, 'id' | 'sign'>;
  /** Headquarters' X25519 key, 32 bytes. */
  readonly sealingKey: Uint8Array;
  readonly random: RandomSource;
}

const bytes = (value: Uint8Array): Buffer => Buffer.from(value.buffer, value.byteOffset, value.length);

/** The rows after this number, in order, at most so many; sealed anew each time. Fails as the outbox does. */
export function rowsAfter(part: OutboxPart, after: number, limit: number, ground: RowsGround): readonly Row[] {
  const { outbox, station, sealingKey, random } = ground;
  if (part === 'checkpoints')
    return outbox
      .texts(part, after, limit)
      .map(({ number, digest, text }) => ({ number, digest, values: [number, digest, text] }));
  using sealing = sealFor(sealingKey, station, random);
  const head = [bytes(sealing.head.ephemeral), bytes(sealing.head.signature)];
  const place = { station: station.id, part } as const;
  if (part === 'answers')
    return outbox.texts(part, after, limit).map(({ number, digest, text }) => {
      // Of an erased one its place and digest go: the next ones follow it.
      const plain = text === null ? null : new TextEncoder().encode(text);
      const sealed = plain === null ? new Uint8Array() : sealing.seal({ ...place, part, number, digest }, plain);
      return { number, digest, values: [number, digest, bytes(sealed), ...head] };
    });
  return outbox.records(after, limit).map(({ entry, key }) => {
    const { number, hash } = entry;
    using recordKey = key;
    const sealed =
      recordKey === null ? null : sealing.seal({ ...place, part, number, digest: hash }, recordKey.reveal());
    return {
      number,
      digest: hash,
      values: [
        ...[number, hash, entry.id, entry.writtenAt, bytes(entry.wrappedKey), bytes(entry.sealed), entry.sealedHash],
        ...[entry.commitment, entry.previousHash, bytes(entry.signature), sealed === null ? null : bytes(sealed)],
        ...head,
      ],
    };
  });
}

/** One statement that adds so many rows, and passes over those that are there. Its values: the station, then each row's. */
export function insertOf(part: OutboxPart, rows: number): string {
  const { table, columns } = partTables[part];
  let next = 2;
  const places = Array.from({ length: rows }, () => `($1, ${columns.map(() => `$${next++}`).join(', ')})`);
  return `INSERT INTO ${table} (station, ${columns.join(', ')}) VALUES ${places.join(', ')} ON CONFLICT (station, number) DO NOTHING`;
}
