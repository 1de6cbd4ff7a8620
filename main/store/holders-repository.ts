import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { type KeyedIndex, open, seal } from '../crypto/sealing.ts';
import type { Holder } from '../holders/holder.ts';
import { numberKeys } from '../holders/search.ts';
import { toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import { guarded } from './database-failure.ts';
import { baseTokens } from './roster/base-tokens.ts';
import { HolderTokenizer } from './roster/holder-tokens.ts';
import type { LayerKeys } from './roster/layer.ts';
import type { Layers } from './roster/layers.ts';
import { Register, type RegisterPart } from './roster/register.ts';
import type { HoldersRepository } from './types.ts';

const usualLimit = 50;
const utf8 = new TextEncoder();

interface Row {
  readonly idIndex: Uint8Array;
  readonly sealed: Uint8Array;
  readonly afterLayer: number;
}

/** A holder as it goes into the tables: nothing of it is left in clear. */
interface PreparedRow {
  readonly idIndex: Uint8Array;
  readonly sealed: Uint8Array;
  readonly tokens: readonly number[];
  readonly holder: Holder;
}

/** Keys of the register, derived from the master key; whoever opened the store purges them. */
export interface HolderKeys extends LayerKeys {
  readonly sealingKey: SecretBytes;
  readonly index: KeyedIndex;
}

/**
 * The register: whom cases and small lists brought lies in the database, sealed row by row under the full keyed index of their
 * id; what a file brought lies in layers beside it. All are found by short keyed tokens (docs/roster.md tells what those reveal).
 */
export function holdersRepository(
  database: Database,
  path: string,
  { keys, layers }: { readonly keys: HolderKeys; readonly layers: Layers },
  random: RandomSource,
): HoldersRepository {
  const tokenKey = (): Uint8Array => keys.tokenKey.reveal();
  const tokenizer = new HolderTokenizer(tokenKey);
  const tokens = baseTokens(database);
  const columns = 'id_index AS idIndex, sealed, after_layer AS afterLayer';
  const rowOf = database.prepare<[number], Row>(`SELECT ${columns} FROM holders WHERE row = ?`);

  const opened = (row: Row): Holder | null => {
    const plain = open(keys.sealingKey.reveal(), row.sealed, contextOf(row.idIndex));
    return plain === null ? null : (JSON.parse(new TextDecoder().decode(plain)) as Holder);
  };

  const base: RegisterPart = {
    ...tokens,
    open: (number) => {
      const row = rowOf.get(number);
      if (row === undefined) return null;
      const holder = opened(row);
      if (holder === null) throw new Failure('storage.corrupt', { path, part: 'holders' });
      // Above the layers that were there, and below those that came after.
      return { holder, place: row.afterLayer + 0.5 };
    },
  };
  const parts = (): readonly RegisterPart[] => [
    base,
    ...layers.current().map((layer): RegisterPart => {
      const open: RegisterPart['open'] = (row) => {
        const found = layer.open(row);
        return found === null ? null : { holder: found.holder, place: layer.number };
      };
      return { ...layer, open };
    }),
  ];
  const register = new Register(parts, tokenKey);

  tokens.complete(tokenizer, (number) => {
    const row = rowOf.get(number);
    return row === undefined ? null : opened(row);
  });

  const removeRow = database.prepare<[Uint8Array]>('DELETE FROM holders WHERE id_index = ?');
  const newestLayer = database.prepare<[], number>('SELECT coalesce(max(layer), 0) FROM roster_layers').pluck();
  const insertRow = database.prepare<[Uint8Array, Uint8Array, number]>(
    'INSERT INTO holders (id_index, sealed, after_layer, tokenized) VALUES (?, ?, ?, 1)',
  );

  const idIndexOf = (id: string): Uint8Array => keys.index.of(utf8.encode(`id\0${id}`));

  const insert = ({ idIndex, sealed, holder, tokens: own }: PreparedRow): void => {
    if (holder.fromDocument !== true) {
      for (const owner of register.ofNumbers(numberKeys(holder), [base])) {
        // Whom a case took from a document the register names by its own id once it knows them.
        if (isTakenFromDocument(owner, holder)) removeRow.run(idIndexOf(owner.id));
      }
    }
    const { lastInsertRowid } = insertRow.run(idIndex, sealed, newestLayer.get() ?? 0);
    tokens.insert(lastInsertRowid, own);
  };

  return {
    importAll: (holders, lines) =>
      guarded(path, () => {
        // Tokens and seals take their time, in which others may write: the transaction begins after them.
        const made = tokenizer.of(holders);
        const rows = holders.map((holder, position): PreparedRow => {
          const idIndex = idIndexOf(holder.id);
          const plain = utf8.encode(JSON.stringify(holder));
          const sealed = seal(keys.sealingKey.reveal(), plain, contextOf(idIndex), random);
          return { idIndex, sealed, holder, tokens: made.tokens[position] ?? [] };
        });
        return database
          .transaction(() => {
            const known = new Set(holders.filter(({ id }) => register.get(id) !== null).map(({ id }) => id));
            // Those who are replaced go first, so that two of them may have swapped their numbers.
            for (const { idIndex } of rows) removeRow.run(idIndex);
            for (const row of rows) insert(row);
            tokens.insertBeginnings(made.beginnings);
            const sharing = holders.flatMap((holder, position) =>
              register.ofNumbers(numberKeys(holder)).some(({ id }) => id !== holder.id)
                ? [lines?.[position] ?? position + 1]
                : [],
            );
            return { added: rows.length - known.size, replaced: known.size, sharing };
          })
          .immediate();
      }),

    find: (query, limit = usualLimit) => guarded(path, () => register.find(query, limit)),

    get: (id) => guarded(path, () => register.get(id.normalize('NFC').trim())),

    count: () =>
      guarded(
        path,
        () =>
          database
            .prepare<[], number>(
              'SELECT (SELECT count(*) FROM holders) + (SELECT coalesce(sum(people), 0) FROM roster_layers)',
            )
            .pluck()
            .get() ?? 0,
      ),
  };
}

/** Another birth date is another person, to whom the number was given too. */
export function isTakenFromDocument(onFile: Holder, { birthDate }: Holder): boolean {
  const sameBirth = onFile.birthDate === null || birthDate === null || onFile.birthDate === birthDate;
  return onFile.fromDocument === true && sameBirth;
}

function contextOf(idIndex: Uint8Array): Uint8Array {
  return utf8.encode(`styrk/holder/1/${toHex(idIndex)}`);
}
