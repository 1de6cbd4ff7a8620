import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { seal } from '../crypto/sealing.ts';
import type { Holder } from '../holders/holder.ts';
import { type HolderQuery, numberKeys } from '../holders/search.ts';
import { Failure } from '../result/failure.ts';
import { guarded } from './database-failure.ts';
import { basePart, contextOf, type HolderKeys, layerPart } from './roster/base-part.ts';
import { tokenForm } from './roster/base-tokens.ts';
import { HolderTokenizer, tokensOfOne } from './roster/holder-tokens.ts';
import type { Layers } from './roster/layers.ts';
import { Register } from './roster/register.ts';
import type { HoldersRepository } from './types.ts';

const usualLimit = 50;
const utf8 = new TextEncoder();

/** A holder as it goes into the tables: nothing of it is left in clear. */
interface PreparedRow {
  readonly idIndex: Uint8Array;
  readonly sealed: Uint8Array;
  readonly tokens: Iterable<number>;
  readonly holder: Holder;
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
  const base = basePart(database, path, keys);
  const register = new Register(
    () => [...(base.people() === 0 ? [] : [base]), ...layers.current().map(layerPart)],
    tokenKey,
  );
  base.completeTokens(tokenizer);

  const removeRow = database.prepare<[Uint8Array]>('DELETE FROM holders WHERE id_index = ?');
  const newestLayer = database.prepare<[], number>('SELECT coalesce(max(layer), 0) FROM roster_layers').pluck();
  const insertRow = database.prepare<[Uint8Array, Uint8Array, number]>(
    `INSERT INTO holders (id_index, sealed, after_layer, tokenized) VALUES (?, ?, ?, ${tokenForm})`,
  );

  const insert = ({ idIndex, sealed, holder, tokens: own }: PreparedRow): void => {
    if (holder.fromDocument !== true) {
      for (const owner of register.ofNumbers(numberKeys(holder), [base])) {
        // Whom a case took from a document the register names by its own id once it knows them.
        if (isTakenFromDocument(owner, holder)) removeRow.run(base.idIndexOf(owner.id));
      }
    }
    const { lastInsertRowid } = insertRow.run(idIndex, sealed, newestLayer.get() ?? 0);
    base.insert(lastInsertRowid, own);
  };

  // In one transaction: of each look-up on its own the lock would cost more than the reading.
  const find = database.transaction((query: HolderQuery, limit: number, language: string) =>
    register.find(query, limit, language),
  );

  return {
    importAll: (holders, lines) =>
      guarded(path, () => {
        // Tokens and seals take their time, in which others may write: the transaction begins after them.
        const made = tokenizer.of(holders);
        const rows = holders.map((holder, position): PreparedRow => {
          const idIndex = base.idIndexOf(holder.id);
          const plain = utf8.encode(JSON.stringify(holder));
          const sealed = seal(keys.sealingKey.reveal(), plain, contextOf(idIndex), random);
          return { idIndex, sealed, holder, tokens: tokensOfOne(made, position) };
        });
        return database
          .transaction(() => {
            const known = new Set(holders.filter(({ id }) => register.get(id) !== null).map(({ id }) => id));
            // Those who are replaced go first, so that two of them may have swapped their numbers.
            for (const { idIndex } of rows) removeRow.run(idIndex);
            for (const row of rows) insert(row);
            base.insertBeginnings(made.beginnings);
            const sharing = holders.flatMap((holder, position) =>
              register.ofNumbers(numberKeys(holder)).some(({ id }) => id !== holder.id)
                ? [lines?.[position] ?? position + 1]
                : [],
            );
            return { added: rows.length - known.size, replaced: known.size, sharing };
          })
          .immediate();
      }),

    find: (query, limit = usualLimit, language = 'en') =>
      guarded(path, () => {
        try {
          return find(query, limit, language);
        } catch (thrown) {
          if (thrown instanceof Failure && thrown.code === 'holder.too-many') throw thrown;
          // A layer was put away since it was listed; if not, it fails again.
          return find(query, limit, language);
        }
      }),

    get: (id) => guarded(path, () => register.get(id.normalize('NFC').trim())),

    forgetTaken: (id) =>
      guarded(path, () => {
        if (register.get(id)?.fromDocument === true) removeRow.run(base.idIndexOf(id));
      }),

    count: () =>
      guarded(
        path,
        () =>
          database
            .prepare<[], number>(
              `SELECT (SELECT count(*) FROM holders) - (SELECT count(*) FROM holders_leaving)
                + (SELECT coalesce(sum(people), 0) FROM roster_layers)`,
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
