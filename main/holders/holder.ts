import type { DocumentKind } from '../document/document-kind.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { NationalNumber } from './numbers/types.ts';

/** The person on record: the owner of the BankID, the customer. Names as the register writes them, in UTF-8. */
export interface Holder {
  /** What the register calls the person; never shown as proof of anything. */
  readonly id: string;
  /** Personal or coordination number in 12 digits, null for a customer without one. */
  readonly personalNumber: string | null;
  readonly givenNames: string;
  readonly surname: string;
  readonly birthDate: PlainDate | null;
  /** A case took the person from a document. What a register says of the same number takes its place. */
  readonly fromDocument?: true;
  /** Numbers beside `personalNumber`: of other states, and those that the person had before. */
  readonly numbers?: readonly HeldNumber[];
  /** Documents of the person that somebody has seen. */
  readonly documents?: readonly KnownDocument[];
  /** How sure the state is of who bears the coordination number (lag 2022:1697); absent where nobody has said it. */
  readonly identityLevel?: 'confirmed' | 'probable' | 'unconfirmed';
  /** The coordination number rests: nobody renewed it within five years (lag 2022:1697). */
  readonly dormant?: Since;
  readonly deceased?: Since;
  /** The person left the country and its population register; the number stays theirs. */
  readonly emigrated?: Since;
  /**
   * Whom to find may be a danger to them: secrecy marking or protected registration (offentlighets- och sekretesslagen
   * 2009:400 22 kap. 1 §; folkbokföringslagen 1991:481 16 §). Shown to few, by role: `holderViewFor`.
   */
  readonly protected?: Since;
  /** What the bank calls the customer or the matter, beside `id`; no secret, no proof, and not unique. */
  readonly reference?: string;
  /** The person is the bank's own directory's, and not on file here; absent for all others. */
  readonly directory?: DirectorySaid;
}

/** When the bank's directory told of a person, ISO 8601, and why it was not asked since; null where it answered just then. */
export interface DirectorySaid {
  readonly saidAt: string;
  readonly code: FailureCode | null;
}

/** Something that a register says of a person: there or not, and since which day; null where it does not tell the day. */
export interface Since {
  readonly since: PlainDate | null;
}

/** Why a number is no longer a person's. */
export type ReplacedBecause = 'coordination-number' | 'birth-date' | 'sex' | 'protection' | 'other';

/**
 * A number that a person has, or had. Numbers are not people: a person may come to have another, and states have given one
 * number to two people (Eur J Epidemiol 2009, 9350).
 */
export interface HeldNumber extends Pick<NationalNumber, 'country' | 'key'> {
  readonly validFrom: PlainDate | null;
  /** The last day on which it was the person's; null while it is. */
  readonly validTo: PlainDate | null;
  readonly replacedBecause: ReplacedBecause | null;
}

/** A document that is known to be a person's: which it is, who saw it and when. */
export interface KnownDocument {
  /** Issuing state as the MRZ prints it. */
  readonly issuer: string;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly seenBy: string;
  readonly seenOn: PlainDate;
}

/** A holder that a search found, and by which of its facts. */
export interface HolderMatch {
  readonly holder: Holder;
  readonly matchedBy: 'personal-number' | 'id' | 'reference' | 'name' | 'document';
}
