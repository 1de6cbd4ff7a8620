import type { Database } from 'better-sqlite3';
import { type KeyedIndex, open } from '../../crypto/sealing.ts';
import type { Holder } from '../../holders/holder.ts';
import { toHex } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import type { SecretBytes } from '../../result/secret-bytes.ts';
import { type BaseTokens, baseTokens } from './base-tokens.ts';
import type { HolderTokenizer } from './holder-tokens.ts';
import type { LayerKeys } from './layer.ts';
import type { PlacedPart } from './roster-around.ts';

/** Keys of the register, derived from the master key; whoever opened the store purges them. */
export interface HolderKeys extends LayerKeys {
  readonly sealingKey: SecretBytes;
  readonly index: KeyedIndex;
}

const utf8 = new TextEncoder();

interface Row {
  readonly idIndex: Uint8Array;
  readonly sealed: Uint8Array;
  readonly afterLayer: number;
}

/** Whom cases and small lists brought: each sealed by themselves, in the database. */
export interface BasePart extends BaseTokens, PlacedPart {
  readonly file: null;
  /** What a person is known by in the database, and what their seal is bound to. */
  readonly idIndexOf: (id: string) => Uint8Array;
}

/** The people of the database as a part of the register. */
export function basePart(
  database: Database,
  path: string,
  keys: Pick<HolderKeys, 'sealingKey' | 'index'>,
): BasePart & { readonly completeTokens: (tokenizer: HolderTokenizer) => void } {
  const tokens = baseTokens(database);
  const rowOf = database.prepare<[number], Row>(
    'SELECT id_index AS idIndex, sealed, after_layer AS afterLayer FROM holders WHERE row = ? AND row NOT IN (SELECT row FROM holders_leaving)',
  );
  // Whoever came later has a greater row, and came after no fewer layers.
  const last = database
    .prepare<[number, number], number>(
      'SELECT count(*) FROM (SELECT after_layer FROM holders ORDER BY row DESC LIMIT ?) WHERE after_layer >= ?',
    )
    .pluck();
  const opened = (row: Row): Holder | null => {
    const plain = open(keys.sealingKey.reveal(), row.sealed, contextOf(row.idIndex));
    return plain === null ? null : (JSON.parse(new TextDecoder().decode(plain)) as Holder);
  };
  return {
    ...tokens,
    file: null,
    open: (number) => {
      const row = rowOf.get(number);
      if (row === undefined) return null;
      const holder = opened(row);
      if (holder === null) throw new Failure('storage.corrupt', { path, part: 'holders' });
      // Above the layers that were there, and below those that came after.
      return { holder, place: row.afterLayer + 0.5 };
    },
    lowest: 0.5,
    above: (place, most) => last.get(most, place) ?? 0,
    idIndexOf: (id) => keys.index.of(utf8.encode(`id\0${id}`)),
    completeTokens: (tokenizer) =>
      tokens.complete(tokenizer, (number) => {
        const row = rowOf.get(number);
        return row === undefined ? null : opened(row);
      }),
  };
}

/** What the seal of a person in the database is bound to. */
export function contextOf(idIndex: Uint8Array): Uint8Array {
  return utf8.encode(`styrk/holder/1/${toHex(idIndex)}`);
}

/** A layer as a part of the register. */
export function layerPart(
  layer: {
    readonly number: number;
    readonly file: string;
    readonly open: (row: number) => { readonly holder: Holder } | null;
  } & Omit<PlacedPart, 'open' | 'file' | 'lowest' | 'above'>,
): PlacedPart {
  const open: PlacedPart['open'] = (row) => {
    const found = layer.open(row);
    return found === null ? null : { holder: found.holder, place: layer.number };
  };
  const above: PlacedPart['above'] = (place, most) => (layer.number > place ? Math.min(most, layer.people()) : 0);
  return { ...layer, open, lowest: layer.number, above };
}
