import type { RowNote, RowReading } from '../holders/import/read-rows.ts';
import type { DataKind } from '../result/data-kind.ts';
import type { FailureFields, PlainFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { RosterKeys } from '../store/open-roster.ts';
import type { SealedBlock } from '../store/roster/layer.ts';
import type { SealedPiece } from '../store/roster/seal-piece.ts';
import type { NotedLines } from '../store/roster/stage-notes.ts';

/** How a register's file is to be taken. */
export interface RosterChoice {
  /** Names of columns for fields that go by others: field to column. */
  readonly mapping: readonly (readonly [field: string, column: string])[];
  /** Told instead of found out. */
  readonly encoding: RowReading['encoding'] | null;
  /** Rows that are not good are left out; without it one of them refuses the file. */
  readonly partial: boolean;
  /** Where the rows that are left out are written, as they stood; null for nowhere. */
  readonly rejects: string | null;
  /** Everything is read, and nothing is taken. */
  readonly dryRun: boolean;
}

export interface RosterOrder extends RosterChoice {
  readonly path: string;
  /** The file itself, where it came from headquarters and lies nowhere: `path` is empty then. */
  readonly content?: Uint8Array<ArrayBuffer>;
  readonly today: PlainDate;
  /** After so many postings a run is kept; null for the usual. Tests kill between small ones. */
  readonly runPostings: number | null;
}

/** What the importing thread is started with. */
export interface RosterWork {
  readonly role: 'import';
  readonly directory: string;
  readonly kind: DataKind;
  readonly keys: RosterKeys;
  readonly order: RosterOrder;
}

/** What a sealing thread is started with: several work for one that imports. */
export interface SealingWork {
  readonly role: 'seal';
  readonly layer: Uint8Array<ArrayBuffer>;
  readonly token: Uint8Array<ArrayBuffer>;
  readonly reading: RowReading;
  /** The file of the layer that is made. */
  readonly file: string;
}

/** One piece for a sealing thread, which becomes the layer's blocks from `first` on. */
export type SealingJob =
  | { readonly type: 'rows'; readonly first: number; readonly bytes: Uint8Array<ArrayBuffer>; readonly line: number }
  | {
      readonly type: 'blocks';
      readonly first: number;
      /** The layer that they come from. */
      readonly from: string;
      readonly blocks: readonly SealedBlock[];
    };

/** A piece that a thread has read and sealed. */
export interface PieceDone {
  readonly piece: SealedPiece;
  readonly faults: readonly RowNote[];
  readonly remarks: readonly RowNote[];
}

/** A piece of which nothing came, and why: people of a layer that is taken in do not open. */
export interface PieceFailed {
  readonly failure: PlainFailure;
}

export interface RosterProgress {
  readonly stage: 'looking' | 'taking' | 'indexing';
  /** From 0 to 1, of this stage. */
  readonly part: number;
  readonly people: number;
  readonly perSecond: number;
  readonly secondsLeft: number | null;
}

/** How an import ended. */
export interface RosterReport {
  readonly read: number;
  readonly added: number;
  readonly replaced: number;
  /** Rows that were left out. */
  readonly rejected: number;
  readonly encoding: RowReading['encoding'];
  /** Names of columns that hold nothing known. */
  readonly unused: readonly string[];
  /** What is told of lines: those left out, odd ones, and those of which somebody else has the number. */
  readonly notes: readonly NotedLines[];
  /** It went on where an earlier try had ended. */
  readonly resumed: boolean;
  readonly taken: boolean;
}

/** What the importing thread tells. All but `progress` end its work. */
export type RosterMessage =
  | { readonly type: 'progress'; readonly progress: RosterProgress }
  | { readonly type: 'ended'; readonly report: RosterReport }
  | { readonly type: 'failure'; readonly code: FailureCode; readonly fields: FailureFields };
