import type { CheckId, CheckResult } from '../../result/check.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { ChipProfile } from '../chip/chip-profile.ts';

/** Every document that the simulator can issue and play, in the order in which people are shown them. */
export const specimenIds = [
  'se-passport',
  'se-id-card',
  'de-passport',
  'old-passport',
  'aes-256-passport',
  'no-personal-number',
  'expired',
  'forged-name',
  'forged-photo',
  'forged-signature',
  'unknown-issuer',
  'revoked-signer',
  'driving-licence',
  'bank-card',
  'new-identity-card',
  'torn',
  'fr-passport',
  'es-id-card',
  'ua-passport',
  'au-passport',
  'cn-passport',
  'ru-passport',
  'us-passport',
  'nl-passport',
  'no-passport',
  'it-id-card',
  'mt-passport',
  'pl-id-card',
  'be-id-card',
  'be-old-passport',
  'in-passport',
  'gr-passport',
  'br-passport',
  'tr-passport',
  'lt-passport',
  'sk-id-card',
  'ch-passport',
  'nz-passport',
  'ph-passport',
  'at-passport',
  'jp-passport',
  'mapping-passport',
  'extensible-face',
  'notify-passport',
  'residence-permit',
  'expired-permit',
  'clone',
  'clone-without-keys',
] as const;
export type SpecimenId = (typeof specimenIds)[number];

/** What a specimen must come to: the verdict, and the check that decides with its result and code; null where none does. */
export interface Expectation {
  readonly verdict: 'accept' | 'refer' | 'reject';
  readonly check: CheckId | null;
  readonly result: CheckResult | null;
  readonly code: FailureCode | null;
}

/** A specimen as `styrk specimens --json` lists it. */
export interface SpecimenAnnouncement {
  readonly id: SpecimenId;
  readonly title: string;
  /** The printed lines; none where the document has no machine readable zone. */
  readonly mrz: readonly string[];
  /** The card access number printed on the document, six digits. */
  readonly can: string | null;
  /** The person of the training roster to whom it was issued. */
  readonly holder: string | null;
  readonly expected: {
    /** By the policy `document`. */
    readonly inspect: Expectation;
    /** By `renew-bankid` for the specimen's holder (where it has none: for any), faces compared as the same. */
    readonly 'renew-bankid': Expectation;
  };
}

/** A specimen as issued on a day: what is printed and what its chip holds. */
export interface Specimen {
  readonly id: SpecimenId;
  readonly title: string;
  readonly mrz: readonly string[];
  readonly can: string | null;
  readonly holder: string | null;
  /** The elementary files by name (`EF.CardAccess`, `EF.COM`, `EF.DG1`, ...), as a reader gets them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly chip: ChipProfile;
}

/** What the simulator takes from `resources/specimens/`: it never touches a disk itself. */
export interface SpecimenResources {
  /** The bytes of `resources/specimens/portraits/<file>`. */
  readonly portrait: (file: string) => Uint8Array;
}

/** What specimens take, by whoever reads a file of `resources/`. */
export function specimenResources(read: (...path: readonly string[]) => Uint8Array): SpecimenResources {
  return { portrait: (file) => read('specimens', 'portraits', file) };
}
