import type { PlainDate } from '../result/plain-date.ts';

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
}

/** A holder that a search found, and by which of its facts. */
export interface HolderMatch {
  readonly holder: Holder;
  readonly matchedBy: 'personal-number' | 'id' | 'name';
}

/** Holders of an import file with the line on which each began, in the order of the file. */
export interface ImportedHolders {
  readonly holders: readonly Holder[];
  readonly lines: readonly number[];
}
