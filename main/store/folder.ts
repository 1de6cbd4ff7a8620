import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import type { DataKind } from '../result/data-kind.ts';
import type { StoreMarks } from './marks/store-marks.ts';

/** What the folder is, for the one who unlocks it. */
export interface Folder {
  readonly database: Database;
  readonly marks: StoreMarks;
  readonly path: string;
  readonly directory: string;
  readonly id: string;
  readonly kind: DataKind;
  readonly random: RandomSource;
}
