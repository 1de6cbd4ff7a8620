import type { HashName } from '../crypto/hash.ts';
import type { CheckId, CheckResult } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { ChipProfile, PaceProfile } from './chip-profile.ts';
import type { DocumentSignerId } from './issuers.ts';
import type { Cipher } from './key-derivation.ts';
import { paceProtocol } from './pace-protocols.ts';
import type { PersonId } from './people.ts';
import type { Expectation, SpecimenId } from './specimen.ts';

/** When a document was issued and how long it holds, told from the day on which the specimen is played. */
interface Term {
  readonly issuedDaysAgo: number;
  readonly years: number;
}

/** How a chip differs from what was signed. */
type Forgery = 'name' | 'photo' | 'signature' | null;

export interface TravelDocument {
  readonly kind: 'travel document';
  readonly title: string;
  readonly holder: PersonId;
  readonly sex: 'F' | 'M';
  readonly format: 'TD1' | 'TD3';
  readonly issuer: 'SWE' | 'D';
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
  readonly leavesField: boolean;
  readonly expected: { readonly inspect: Expectation; readonly 'renew-bankid': Expectation };
}

/** A card without a travel document application: what it answers to SELECT. */
export interface OtherCard {
  readonly kind: 'other card';
  readonly title: string;
  /** Identifiers of its applications, in hex. */
  readonly applications: readonly string[];
  readonly expected: TravelDocument['expected'];
}

const accepted: Expectation = { verdict: 'accept', check: null, result: null, code: null };

function ends(
  verdict: 'refer' | 'reject',
  check: CheckId,
  result: Exclude<CheckResult, 'successful'>,
  code: FailureCode,
): Expectation {
  return { verdict, check, result, code };
}

function both(expectation: Expectation): TravelDocument['expected'] {
  return { inspect: expectation, 'renew-bankid': expectation };
}

const noPersonalNumber: TravelDocument['expected'] = {
  inspect: accepted,
  'renew-bankid': ends('refer', 'holder.personal-number', 'undetermined', 'holder.no-personal-number'),
};
const hashDiffers = both(ends('reject', 'passive-authentication.hashes', 'failed', 'data-group.hash-differs'));
const noApplication = both(ends('reject', 'document.type', 'failed', 'document.no-application'));

function pace(cipher: Cipher, parameterId: number): readonly PaceProfile[] {
  return [{ protocol: paceProtocol('ECDH-GM', cipher), parameterId }];
}

/**
 * What most Swedish specimens have in common. The optional data hold the personal number as on the published specimen of
 * the Swedish identity card; that the passport does the same, and every PACE parameter, is assumed.
 */
const swedishPassport = {
  kind: 'travel document',
  format: 'TD3',
  issuer: 'SWE',
  withPersonalNumber: true,
  can: null,
  term: { issuedDaysAgo: 400, years: 5 },
  signer: 'ds-se',
  hash: 'SHA-256',
  details: true,
  version: 'V1',
  basicAccessControl: true,
  pace: pace('AES-128', 13),
  extendedLength: { maxCommand: 4096, maxResponse: 4096 },
  forgery: null,
  leavesField: false,
  expected: both(accepted),
} as const satisfies Partial<TravelDocument>;

export const specimenTable: Readonly<Record<SpecimenId, TravelDocument | OtherCard>> = {
  'se-passport': {
    ...swedishPassport,
    title: 'Swedish passport: PACE and BAC (PACE parameters assumed)',
    holder: 'asa',
    sex: 'F',
    documentNumber: 'XA000101',
    placeOfBirth: 'Sundsvall',
    portrait: 'asa.jpg',
  },
  'se-id-card': {
    ...swedishPassport,
    title: 'Swedish national identity card: PACE with MRZ or CAN (PACE parameters assumed)',
    holder: 'goran',
    sex: 'M',
    format: 'TD1',
    documentNumber: '59000101',
    can: '482913',
    term: { issuedDaysAgo: 250, years: 5 },
    placeOfBirth: 'Luleå',
    portrait: 'goran.jp2',
    signer: 'ds-se-id',
    basicAccessControl: false,
    pace: pace('AES-128', 12),
    extendedLength: { maxCommand: 2048, maxResponse: 2048 },
  },
  'de-passport': {
    ...swedishPassport,
    title: 'German passport: PACE only, no personal number',
    holder: 'jurgen',
    sex: 'M',
    issuer: 'D',
    documentNumber: 'C99X0T017',
    withPersonalNumber: false,
    term: { issuedDaysAgo: 700, years: 10 },
    placeOfBirth: 'Lübeck',
    portrait: 'jurgen.jpg',
    signer: 'ds-de',
    details: false,
    basicAccessControl: false,
    pace: pace('3DES', 13),
    extendedLength: { maxCommand: 1000, maxResponse: 1000 },
    expected: noPersonalNumber,
  },
  'old-passport': {
    ...swedishPassport,
    title: 'Older Swedish passport: BAC only, short length',
    holder: 'borje',
    sex: 'M',
    documentNumber: '89000104',
    term: { issuedDaysAgo: 1600, years: 5 },
    placeOfBirth: 'Växjö',
    portrait: 'borje.jpg',
    signer: 'ds-se-rsa',
    details: false,
    version: 'V0',
    pace: [],
    extendedLength: null,
  },
  'aes-256-passport': {
    ...swedishPassport,
    title: 'Swedish passport: PACE only with AES-256 and SHA-512',
    holder: 'linnea',
    sex: 'F',
    documentNumber: 'XA000105',
    placeOfBirth: 'Visby',
    portrait: 'linnea.jpg',
    signer: 'ds-se-512',
    hash: 'SHA-512',
    basicAccessControl: false,
    pace: pace('AES-256', 16),
    extendedLength: null,
  },
  'no-personal-number': {
    ...swedishPassport,
    title: 'Swedish passport without a personal number',
    holder: 'elias',
    sex: 'M',
    documentNumber: 'XA000106',
    withPersonalNumber: false,
    placeOfBirth: 'Addis Abeba',
    portrait: 'elias.jpg',
    signer: 'ds-se-pss',
    pace: pace('AES-192', 12),
    expected: noPersonalNumber,
  },
  expired: {
    ...swedishPassport,
    title: 'Swedish passport that has expired',
    holder: 'samira',
    sex: 'F',
    documentNumber: 'XA000107',
    term: { issuedDaysAgo: 2025, years: 5 },
    placeOfBirth: 'Malmö',
    portrait: 'samira.jpg',
    signer: 'ds-se-384',
    hash: 'SHA-384',
    pace: pace('AES-128', 16),
    extendedLength: null,
    expected: both(ends('reject', 'document.expiry', 'failed', 'document.expired')),
  },
  'forged-name': {
    ...swedishPassport,
    title: 'Forged: another name in DG1 than was signed',
    holder: 'andre',
    sex: 'M',
    documentNumber: 'XA000108',
    placeOfBirth: 'Göteborg',
    portrait: 'anders.jpg',
    forgery: 'name',
    expected: hashDiffers,
  },
  'forged-photo': {
    ...swedishPassport,
    title: 'Forged: another portrait in DG2 than was signed',
    holder: 'linnea',
    sex: 'F',
    documentNumber: 'XA000109',
    placeOfBirth: 'Visby',
    portrait: 'linnea.jpg',
    forgery: 'photo',
    expected: hashDiffers,
  },
  'forged-signature': {
    ...swedishPassport,
    title: 'Forged: EF.SOD whose signature does not fit',
    holder: 'andre',
    sex: 'M',
    documentNumber: 'XA000110',
    placeOfBirth: 'Göteborg',
    portrait: 'anders.jpg',
    forgery: 'signature',
    expected: both(ends('reject', 'passive-authentication.signature', 'failed', 'security-object.signature-wrong')),
  },
  'unknown-issuer': {
    ...swedishPassport,
    title: 'Signed by a CSCA that no trust store knows',
    holder: 'elias',
    sex: 'M',
    documentNumber: 'XA000111',
    placeOfBirth: 'Addis Abeba',
    portrait: 'elias.jpg',
    signer: 'ds-unknown',
    expected: both(ends('refer', 'passive-authentication.path', 'undetermined', 'certificate.issuer-unknown')),
  },
  'driving-licence': {
    kind: 'other card',
    title: 'Driving licence with a chip of ISO/IEC 18013 (Swedish ones have none)',
    applications: ['a0000002480200'],
    expected: noApplication,
  },
  'bank-card': {
    kind: 'other card',
    title: 'Bank card',
    // The proximity payment system environment, 2PAY.SYS.DDF01 (EMV Book B §3.3.1).
    applications: ['325041592e5359532e4444463031'],
    expected: noApplication,
  },
  torn: {
    ...swedishPassport,
    title: 'Swedish passport that leaves the field in the middle of DG2',
    holder: 'asa',
    sex: 'F',
    documentNumber: 'XA000114',
    placeOfBirth: 'Sundsvall',
    portrait: 'asa.jpg',
    leavesField: true,
    expected: both(ends('refer', 'passive-authentication.hashes', 'aborted', 'card.removed')),
  },
};
