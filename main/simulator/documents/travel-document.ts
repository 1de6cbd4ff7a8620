import type { HashName } from '../../crypto/hash.ts';
import type { CheckId, CheckResult } from '../../result/check.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { ChipProfile, PaceProfile } from '../chip/chip-profile.ts';
import type { ChipQuirks } from '../chip/chip-quirks.ts';
import type { Cipher } from '../chip/key-derivation.ts';
import { paceProtocol } from '../chip/pace-protocols.ts';
import type { ActiveAuthenticationOffer, ChipAuthenticationOffer } from '../issuing/clone-protection.ts';
import type { DocumentSignerId } from '../issuing/document-signers.ts';
import type { PersonToNotify } from '../issuing/optional-data-groups.ts';
import type { SecurityObjectContent } from '../issuing/security-object.ts';
import type { BearerId } from './people.ts';
import type { Expectation } from './specimen.ts';

/** When a document was issued and how long it holds, told from the day on which the specimen is played. */
export interface Term {
  readonly issuedDaysAgo: number;
  readonly years: number;
}

/** How a chip differs from what was signed. */
export type Forgery = 'name' | 'photo' | 'signature' | null;

export interface TravelDocument {
  readonly kind: 'travel document';
  readonly title: string;
  readonly holder: BearerId;
  readonly sex: 'F' | 'M';
  readonly format: 'TD1' | 'TD3';
  readonly issuer: string;
  /** Of the bearer, where it is another state's than the issuer. */
  readonly nationality?: string;
  /** Other than P or I. */
  readonly documentCode?: string;
  /** Optional data that are no Swedish personal number. */
  readonly optionalData?: string;
  readonly documentNumber: string;
  readonly withPersonalNumber: boolean;
  readonly can: string | null;
  readonly term: Term;
  readonly placeOfBirth: string;
  /** File under `resources/specimens/portraits/`. */
  readonly portrait: string;
  readonly signer: DocumentSignerId;
  readonly hash: HashName;
  /** Whether the chip has DG11 and DG12. */
  readonly details: boolean;
  readonly version: 'V0' | 'V1';
  readonly basicAccessControl: boolean;
  readonly pace: readonly PaceProfile[];
  readonly extendedLength: ChipProfile['extendedLength'];
  readonly forgery: Forgery;
  readonly chipAuthentication?: readonly ChipAuthenticationOffer[];
  readonly activeAuthentication?: ActiveAuthenticationOffer;
  /** A copy: the files of the original without its private keys. It answers with keys of its own, or knows no such thing. */
  readonly copied?: 'with other keys' | 'without keys';
  readonly quirks?: ChipQuirks;
  /** PESEL in DG13. */
  readonly nationalNumber?: string;
  /** DG7: a file under `resources/specimens/portraits/`. */
  readonly signature?: string;
  /** DG13: what stands in it, as text. */
  readonly optionalDetails?: string;
  /** DG16. */
  readonly personsToNotify?: readonly PersonToNotify[];
  readonly faceStandard?: 'ISO/IEC 39794-5';
  readonly emptyDetail?: true;
  readonly securityObjectForm?: SecurityObjectContent['form'];
  readonly leavesField: boolean;
  readonly expected: { readonly inspect: Expectation; readonly 'renew-bankid': Expectation };
}

/** A card without a travel document application: what it answers to SELECT. */
export interface OtherCard {
  readonly kind: 'other card';
  readonly title: string;
  /** Identifiers of its applications, in hex. */
  readonly applications: readonly string[];
  /** Those that its EF.DIR lists; none where it has no such file. */
  readonly directory?: readonly string[];
  readonly expected: TravelDocument['expected'];
}

export const accepted: Expectation = { verdict: 'accept', check: null, result: null, code: null };

/** An expectation that a check decides. */
export function ends(
  verdict: 'refer' | 'reject',
  check: CheckId,
  result: Exclude<CheckResult, 'successful'>,
  code: FailureCode,
): Expectation {
  return { verdict, check, result, code };
}

/** One expectation for every policy. */
export function both(expectation: Expectation): TravelDocument['expected'] {
  return { inspect: expectation, 'renew-bankid': expectation };
}

export const noPersonalNumber: TravelDocument['expected'] = {
  inspect: accepted,
  'renew-bankid': ends('refer', 'holder.personal-number', 'undetermined', 'holder.no-personal-number'),
};
export const hashDiffers = both(ends('reject', 'passive-authentication.hashes', 'failed', 'data-group.hash-differs'));
export const noApplication = both(ends('reject', 'document.type', 'failed', 'document.no-application'));

export const newKind = both(ends('refer', 'access.bac', 'aborted', 'document.new-kind'));

/** One offer of PACE with generic mapping over ECDH. */
export function pace(cipher: Cipher, parameterId: number): readonly PaceProfile[] {
  return [{ protocol: paceProtocol('ECDH-GM', cipher), parameterId }];
}

/** A foreign document: what an inspection comes to; its bearer is no customer. */
export function abroad(inspect: Expectation): TravelDocument['expected'] {
  return { inspect, 'renew-bankid': ends('reject', 'holder.name', 'failed', 'holder.name-differs') };
}
