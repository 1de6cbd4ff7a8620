import type { AccessKey } from '../chip/access-key.ts';
import type { CardTransport } from '../chip/card-transport.ts';
import type { ExtendedLengthUse } from '../chip/read-file.ts';
import type { LengthStep } from '../chip/read-lengths.ts';
import type { RandomSource } from '../crypto/random.ts';
import type { OptionalGroup } from '../document/optional-groups.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { StationTime, TrustLookup } from '../trust/types.ts';
import type { InspectionProgress, ResumeState } from './types.ts';

/**
 * What whoever lays a document down asks for. It is sent whole from there to the chip: only who makes the order and the step
 * that heeds it know its parts.
 */
export interface InspectionOrder {
  /** Null where nobody gave one: a chip that asks for it is then not opened. */
  readonly accessKey: AccessKey | null;
  /** The day for which expiry and validity are judged, where a person states one; today by the station's clock without. */
  readonly at?: PlainDate;
  /** Groups that the policy wants beside those that every inspection reads; none where it is left out. */
  readonly dataGroups?: readonly OptionalGroup[];
  /** `resume` of an inspection that broke off; used only where the same chip comes back. */
  readonly resume?: ResumeState | null;
  /**
   * The hash of the order that the person is to confirm, 32 bytes in hex: a chip with active authentication signs for it. Left
   * out where there is none.
   */
  readonly orderHash?: string;
}

/** The order with what is known of station and reader: plain values, which cross to the worker as they stand. */
export interface InspectionRequest extends InspectionOrder {
  readonly at: PlainDate;
  /** The limits of the station's lists, and what its clock is measured by; the standard limits where it is left out. */
  readonly time?: StationTime;
  readonly extendedLength: ExtendedLengthUse;
  /** What the card answered to its reset, in hex; left out where the reader's binding does not know it. */
  readonly answerToReset?: string;
  /** The step on which the ladder of lengths begins: the first unless something is known of the reader. */
  readonly lengthStep?: LengthStep;
}

/** What hears of an inspection while it goes on. */
export interface InspectionEars {
  readonly onProgress: (progress: InspectionProgress) => void;
  /** Sees raw APDUs, where a person asked for a trace. */
  readonly trace?: (direction: 'command' | 'response', apdu: Uint8Array) => void;
}

/** What an inspection is given: everything it needs, and nothing that it could reach by itself. */
export interface InspectionInput extends InspectionRequest, InspectionEars {
  readonly transport: CardTransport;
  readonly trust: TrustLookup;
  readonly random: RandomSource;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
}
