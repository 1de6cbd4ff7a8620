import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { Failure } from '../../result/failure.ts';
import { guarded } from '../database-failure.ts';
import { type Layer, type LayerKeys, openLayer } from './layer.ts';
import { isLayerFile } from './layer-seals.ts';

/** The layers that count, as `roster_head` names them: an SQL expression. */
export const layersThatCount =
  "(SELECT coalesce(group_concat(layer || ' ' || file, ';' ORDER BY layer), '') FROM roster_layers)";

/** A layer that counts, by its place among the others: a greater number lies above. */
export interface PlacedLayer extends Layer {
  readonly number: number;
  readonly file: string;
}

/** The layers of a folder, opened as they are asked for. */
export interface Layers extends Disposable {
  /** Those that count now, the newest first. */
  readonly current: () => readonly PlacedLayer[];
}

/** The layers of a folder's register. Another process may have put one in place of others: each asking
 * looks. Fails with `storage.corrupt` where they are not those of the marked head. */
export function openLayers(database: Database, directory: string, keys: Pick<LayerKeys, 'layerKey'>): Layers {
  const listed = database.prepare<[], { number: number; file: string; people: number }>(
    'SELECT layer AS number, file, people FROM roster_layers ORDER BY layer DESC',
  );
  const whole = database.prepare<[], number>(`SELECT layers = ${layersThatCount} FROM roster_head`).pluck();
  const opened = new Map<string, PlacedLayer>();
  const look = (): readonly PlacedLayer[] => {
    // One taken away would bring the people back as they were before it.
    if (whole.get() !== 1) throw new Failure('storage.corrupt', { path: directory, part: 'roster_layers' });
    const rows = listed.all();
    for (const [file, layer] of opened) {
      if (rows.some((row) => row.file === file)) continue;
      layer.close();
      opened.delete(file);
    }
    return rows.map(({ number, file, people }) => {
      const known = opened.get(file);
      if (known !== undefined) return known;
      const path = join(directory, file);
      if (!isLayerFile(file)) throw new Failure('storage.corrupt', { path, part: 'roster_layers' });
      const layer = guarded(path, () => openLayer({ directory, file, people }, () => keys.layerKey.reveal()));
      const placed = { ...layer, number, file };
      opened.set(file, placed);
      return placed;
    });
  };
  return {
    current: () => {
      try {
        return look();
      } catch {
        // Put away since it was listed; if not, it fails again.
        return look();
      }
    },
    [Symbol.dispose]: () => {
      for (const layer of opened.values()) layer.close();
      opened.clear();
    },
  };
}
