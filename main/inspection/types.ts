import type { FileName } from '../chip/files.ts';
import type { LengthReport } from '../chip/read-lengths.ts';
import type { FaceImage, Mrz, PersonalDetails } from '../document/types.ts';
import type { Check } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { InspectionStep } from '../result/inspection-steps.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { StationTime, TrustLookup } from '../trust/types.ts';
import type { InspectionEvidence } from './evidence.ts';

/** What the document says of itself and of its holder, as far as it was read. Dates and codes as the data groups say. */
export interface InspectedDocument {
  readonly type: 'passport' | 'identity-card' | 'residence-permit' | 'other';
  /** Document code as printed: `P`, `ID`. */
  readonly code: string;
  readonly issuer: string;
  readonly number: string;
  readonly expiry: PlainDate | null;
  readonly holder: {
    readonly surname: string;
    readonly givenNames: string;
    readonly personalNumber: string | null;
    readonly birthDate: PlainDate | null;
    readonly sex: 'F' | 'M' | 'X';
    readonly nationality: string;
  };
}

/** How the chip was opened. `null` fields do not apply to the protocol. */
export interface Access {
  readonly protocol: 'PACE' | 'BAC' | 'plain';
  readonly mapping: string | null;
  readonly agreement: string | null;
  readonly parameters: string | null;
  readonly cipher: string | null;
}

/** One file as it was read; `code` says why it could not be, or could not be understood. Null where all was well. */
export interface FileReport {
  readonly bytes: number;
  readonly exchanges: number;
  readonly code: FailureCode | null;
}

/** A first reading that broke off over a length, after which the chip was read afresh. */
export interface RepeatedReading {
  readonly code: FailureCode;
  /** The status word with which the chip dropped the session. */
  readonly status: string;
  /** What the first reading had cost. */
  readonly exchanges: number;
}

/** What the reading cost: exchanges are command and response together, bytes are whole APDUs. */
export interface ReadingCost {
  readonly exchanges: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly millis: number;
  readonly files: Readonly<Record<string, FileReport>>;
  /** Bytes that an earlier reading of the same chip had brought already; absent where there was none. */
  readonly bytesTakenOver?: number;
  /** The chip ended a first reading over a length, and was read afresh with shorter ones. */
  readonly repeated?: RepeatedReading;
}

/** A file, or its beginning, as an earlier reading brought it. */
export interface KeptFile {
  readonly file: FileName;
  readonly bytes: Uint8Array;
  readonly whole: boolean;
}

/**
 * What readings left that broke off because the card or the reader went, each file at most once. It is believed only as
 * far as the hashes of the next reading go.
 */
export interface ResumeState {
  readonly securityObject: Uint8Array;
  readonly files: readonly KeptFile[];
}

/** What a judgement is made by: the day, the station's time, and whom it believes. */
export interface Judging {
  readonly at: PlainDate;
  /** The standard limits, and no newest day, where it is left out. */
  readonly time?: StationTime;
  readonly trust: TrustLookup;
  /** The hash of the order that what was read must be for, in hex; left out where nobody asks for one. */
  readonly orderHash?: string;
}

/** One reading of one document. `document` is null where DG1 was not read; `mrz` and `details` are for matching only. */
export interface Inspection {
  readonly document: InspectedDocument | null;
  readonly access: Access | null;
  readonly checks: readonly Check[];
  readonly reading: ReadingCost;
  readonly mrz: Mrz | null;
  readonly details: PersonalDetails | null;
  readonly portrait: FaceImage | null;
  /** Whether the path of the security object ends in the simulator's issuers. */
  readonly specimen: boolean;
  /** What was learnt of lengths; absent where no chip was read. */
  readonly lengths?: LengthReport;
  /** Where the card or the reader went while the chip was read: what the next tap of the same chip goes on from. */
  readonly resume?: ResumeState;
  /** From which every check can be made again without the chip; absent where nothing was read at all. */
  readonly evidence?: InspectionEvidence;
}

/** What an inspection tells while it goes on. */
export type InspectionProgress =
  | { readonly type: 'step'; readonly step: InspectionStep; readonly state: 'begun' | 'ended' }
  | { readonly type: 'file'; readonly file: FileName; readonly bytesRead: number; readonly bytesTotal: number }
  /** The chip ended the reading over a length: it is read once more, from the beginning, with shorter ones. */
  | { readonly type: 'repeat'; readonly code: FailureCode }
  /** The chip is the one whose reading broke off (reading goes on), or another (it starts afresh). */
  | { readonly type: 'resume'; readonly sameChip: boolean }
  | { readonly type: 'access'; readonly access: Access }
  | { readonly type: 'check'; readonly check: Check }
  | { readonly type: 'document'; readonly document: InspectedDocument }
  | { readonly type: 'portrait'; readonly image: FaceImage };
