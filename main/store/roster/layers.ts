import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { Failure } from '../../result/failure.ts';
import { guarded } from '../database-failure.ts';
import { type Layer, type LayerKeys, openLayer } from './layer.ts';

const fileForm = /^roster-[0-9a-f]{16}\.db$/;

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

/** The layers of a folder's register. Another process may have put one in place of others: each asking looks. */
export function openLayers(database: Database, directory: string, keys: Pick<LayerKeys, 'layerKey'>): Layers {
  const listed = database.prepare<[], { number: number; file: string; people: number }>(
    'SELECT layer AS number, file, people FROM roster_layers ORDER BY layer DESC',
  );
  const opened = new Map<string, PlacedLayer>();
  const look = (): readonly PlacedLayer[] => {
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
      if (!fileForm.test(file)) throw new Failure('storage.corrupt', { path, part: 'roster_layers' });
      const layer = guarded(path, () => openLayer(path, people, () => keys.layerKey.reveal()));
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
