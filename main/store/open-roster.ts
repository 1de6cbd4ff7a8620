import type { RandomSource } from '../crypto/random.ts';
import { keyedIndex } from '../crypto/sealing.ts';
import type { DataKind } from '../result/data-kind.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import { guarded } from './database-failure.ts';
import { openDatabase } from './open-database.ts';
import { basePart, layerPart } from './roster/base-part.ts';
import { layersThatCount, openLayers } from './roster/layers.ts';
import type { RosterAround } from './roster/roster-around.ts';

/** The keys of the register as bytes, to be handed to a thread that is to work on it: each 32 bytes long. */
export interface RosterKeys {
  readonly sealing: Uint8Array<ArrayBuffer>;
  readonly index: Uint8Array<ArrayBuffer>;
  readonly layer: Uint8Array<ArrayBuffer>;
  readonly token: Uint8Array<ArrayBuffer>;
}

const rowsAtOnce = 100;

/**
 * Opens the register of a data folder by its keys, which it takes over and overwrites in the end: for a thread that imports. Fails as
 * `openStore` does.
 */
export function openRoster(options: {
  readonly directory: string;
  readonly kind: DataKind;
  readonly random: RandomSource;
  readonly keys: RosterKeys;
}): RosterAround & Disposable {
  const { directory, keys: bytes } = options;
  const stack = new DisposableStack();
  const { database, path, marks } = openDatabase({ ...options, create: false });
  stack.defer(() => {
    marks.close();
    database.close();
  });
  const secret = (key: Uint8Array): SecretBytes => stack.use(new SecretBytes(key));
  const index = stack.use(keyedIndex(secret(bytes.index).reveal()));
  const layerKey = secret(bytes.layer);
  const tokenKey = secret(bytes.token);
  const base = basePart(database, path, { sealingKey: secret(bytes.sealing), index });
  const layers = stack.use(openLayers(database, directory, { layerKey }));
  const putAway = database.prepare<[string]>('DELETE FROM roster_layers WHERE file = ?');
  const fewer = database.prepare<[number, string]>('UPDATE roster_layers SET people = people - ? WHERE file = ?');
  const put = database.prepare<[string, number]>('INSERT INTO roster_layers (file, people) VALUES (?, ?)');
  const head = database.prepare(`UPDATE roster_head SET layers = ${layersThatCount}`);
  const leave = database.prepare<[number]>(
    'INSERT OR IGNORE INTO holders_leaving (row) SELECT row FROM holders WHERE row = ?',
  );
  const leaving = database.prepare<[number], number>('SELECT row FROM holders_leaving LIMIT ?').pluck();
  const remove = database.prepare<[number]>('DELETE FROM holders WHERE row = ?');
  const removeSome = database.transaction(() => {
    const rows = leaving.all(rowsAtOnce);
    for (const row of rows) remove.run(row);
    return rows.length;
  });
  return {
    directory,
    layerKey: () => layerKey.reveal(),
    tokenKey: () => tokenKey.reveal(),
    layers: () => guarded(path, () => layers.current()),
    parts: (without) => [
      base,
      ...layers
        .current()
        .filter(({ file }) => !without.includes(file))
        .map(layerPart),
    ],
    putInPlace: ({ file, people, folded, below, base: replaced }) =>
      guarded(path, () =>
        marks.writeAmong(['roster_head'], () => {
          for (const each of folded) putAway.run(each);
          for (const [each, count] of below) fewer.run(count, each);
          put.run(file, people);
          head.run();
          for (const row of replaced) leave.run(row);
        }),
      ),
    removeLeaving: () =>
      guarded(path, () => {
        while (removeSome.immediate() > 0);
      }),
    [Symbol.dispose]: () => stack.dispose(),
  };
}
