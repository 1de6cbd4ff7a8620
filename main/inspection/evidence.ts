import type { AccessEvidence } from '../chip/access.ts';
import type { AccessKey } from '../chip/access-key.ts';
import type { ExchangeCount } from '../chip/channel.ts';
import type { ChipAuthenticationEvidence } from '../chip/chip-authentication.ts';
import type { FileName } from '../chip/files.ts';
import type { PlainFailure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';

/** What a chip did that its files do not show. Plain values: byte strings in hex. */
export interface SavedFacts {
  /** The day for which the inspection judged. */
  readonly at: PlainDate;
  readonly accessKey: AccessKey | null;
  readonly opened: AccessEvidence | 'plain' | null;
  readonly paceFailure: PlainFailure | null;
  readonly bacFailure: PlainFailure | null;
  readonly plainExchanges: number;
  readonly count: ExchangeCount;
  readonly millis: number;
  /** What ended the reading before its end. */
  readonly end: PlainFailure | null;
  readonly exchanges: { readonly [file: string]: number };
  readonly unread: { readonly [file: string]: PlainFailure };
  readonly chipAuthentication:
    | { readonly evidence: ChipAuthenticationEvidence; readonly verifiedAnswers: number }
    | { readonly failure: PlainFailure }
    | null;
  readonly activeAuthentication: /** `nonce` where the challenge was made for an order (`order-binding.ts`). */
    | { readonly challenge: string; readonly response: string; readonly nonce?: string }
    | { readonly failure: PlainFailure }
    | null;
  /** PACE with chip authentication mapping: the curve by its name, keys and data in hex. */
  readonly mapping: {
    readonly curve: string;
    readonly parameterId: number | null;
    readonly chipMappingKey: string;
    readonly chipAuthenticationData: string | null;
  } | null;
  /** The hash of the order for which the chip was read; absent where it was read for none. */
  readonly order?: string;
}

/** Everything from which an inspection's checks can be made again without the chip: `checkEvidence`. */
export interface InspectionEvidence {
  readonly files: ReadonlyMap<FileName, Uint8Array>;
  readonly facts: SavedFacts;
}

/** The same, or files alone: `facts` is null where nobody saw the chip. Files can be copied. */
export interface SeenEvidence {
  readonly files: ReadonlyMap<FileName, Uint8Array>;
  readonly facts: SavedFacts | null;
  /** The lines of the page beside files alone, where somebody read them. With `facts` the key that was used counts. */
  readonly page?: AccessKey;
}
