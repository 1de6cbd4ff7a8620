import type { FailureCode } from '../result/failure-codes.ts';
import type { RegisterAnswerWord } from '../verification/register-check.ts';
import type { CaseFacts, Verdict } from '../verification/types.ts';

/** The machine that writes records: the app's version and the station's own identifier. */
export interface RecordStation {
  readonly id: string;
  readonly appVersion: string;
}

/** What is sealed: everything that the case rested on, the verdict, and beside it what staff decided. */
export interface RecordContent extends Omit<CaseFacts, 'stationKind' | 'readAt' | 'verdict'> {
  readonly schema: 'styrk-record';
  readonly schemaVersion: 1;
  readonly station: RecordStation;
  /** Missing in records of earlier apps. */
  readonly stationKind?: CaseFacts['stationKind'];
  readonly readAt?: CaseFacts['readAt'];
  /** Without conditions in records of earlier apps. */
  readonly verdict: Omit<Verdict, 'conditions'> & Partial<Pick<Verdict, 'conditions'>>;
  /** What the police's register answered (`register.validity`); `not checked` where nobody asked, or it did not answer. */
  readonly stolenStatus: 'not checked' | RegisterAnswerWord;
}

/** A record as it lies in the chain. Hashes are SHA-256 in lower-case hex. */
export interface RecordEntry {
  /** 1 for the first record of the station, then one more each. */
  readonly number: number;
  readonly id: string;
  readonly stationId: string;
  /** When the case ended, ISO 8601 with `Z`. */
  readonly writtenAt: string;
  /** The record's own key, sealed under a key that is derived from the master key. */
  readonly wrappedKey: Uint8Array;
  /** Salt and canonical content, sealed under the record's own key. */
  readonly sealed: Uint8Array;
  /** Over `wrappedKey` and `sealed`. */
  readonly sealedHash: string;
  /** Salted commitment to the canonical content; the salt is sealed with it. */
  readonly commitment: string;
  readonly previousHash: string;
  readonly hash: string;
  /** Ed25519 by the station over `hash`. */
  readonly signature: Uint8Array;
}

/** The signed end of the chain: what shows that the newest records were cut off. */
export interface ChainHead {
  readonly stationId: string;
  readonly number: number;
  readonly hash: string;
  readonly signature: Uint8Array;
}

export type RecordFault = Extract<FailureCode, `record.${string}`>;

/** One thing wrong with the chain. Where the record itself is gone, `id` is its number: `#7`. */
export interface BrokenRecord {
  readonly id: string;
  readonly number: number;
  readonly code: RecordFault;
}

/** The answer of `records check`. */
export interface ChainReport {
  readonly records: number;
  /** How many of them were erased when they were due. */
  readonly erased: number;
  readonly intact: boolean;
  readonly broken: readonly BrokenRecord[];
}
