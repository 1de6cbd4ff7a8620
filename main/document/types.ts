import type { PlainDate } from '../result/plain-date.ts';

/** Formats of the machine readable zone: three lines of 30 (9303-5), two of 36 (9303-6), two of 44 (9303-4). */
export type MrzFormat = 'TD1' | 'TD2' | 'TD3';

export type CheckedField = 'documentNumber' | 'birthDate' | 'expiryDate' | 'optionalData' | 'composite';

/** A date of the MRZ or of a data group: the characters as printed, and the day where they name exactly one. */
export interface DocumentDate {
  /** YYMMDD (MRZ) or YYYYMMDD as found, fillers and zeros included. */
  readonly printed: string;
  /** Null where a part is unknown or the characters name no day. */
  readonly date: PlainDate | null;
}

/**
 * The name field in MRZ space: A–Z and spaces; digits, which 9303-3 §4.6 forbids, stay where an issuer printed them.
 * `givenNames` is empty for a single name. `maybeTruncated`: the field ends with a letter (9303-4 §4.2.3).
 */
export interface MrzName {
  readonly surname: string;
  readonly givenNames: string;
  readonly field: string;
  readonly maybeTruncated: boolean;
}

export interface Mrz {
  readonly format: MrzFormat;
  readonly lines: readonly string[];
  /** One or two letters, filler removed: `P`, `PP`, `I`, `ID`, ... */
  readonly documentCode: string;
  /** Issuing state as printed, fillers removed: `SWE`, `D`, `UTO`. */
  readonly issuer: string;
  /** The whole number, fillers at the end removed, also where it continues in the optional data (9303-5 §4.2.2 note j). */
  readonly documentNumber: string;
  readonly nationality: string;
  readonly name: MrzName;
  readonly birthDate: DocumentDate;
  readonly expiryDate: DocumentDate;
  /** `X` where the field holds a filler (unspecified). */
  readonly sex: 'F' | 'M' | 'X';
  /** Optional data without the continuation of a long document number; fillers at the end removed. TD1 has two fields. */
  readonly optionalData: string;
  readonly optionalData2: string;
  /** One entry per check digit of the format: what is printed and what it should be. */
  readonly checkDigits: readonly {
    readonly field: CheckedField;
    readonly printed: string;
    readonly computed: string;
    readonly right: boolean;
  }[];
  /** Number, birth date and expiry with their check digits, as keys are derived from them (9303-11 §9.7.2, §9.7.3). */
  readonly information: string;
}

/** What EF.COM announces (9303-10 §4.6.1). Unsigned: never relied on. */
export interface Com {
  readonly ldsVersion: string;
  readonly unicodeVersion: string;
  readonly dataGroups: readonly number[];
}

/** Additional personal details, DG11 (9303-10 §4.7.11). Absent fields are null. */
export interface PersonalDetails {
  readonly fullName: { readonly surname: string; readonly givenNames: string } | null;
  readonly otherNames: readonly string[];
  readonly personalNumber: string | null;
  readonly birthDate: DocumentDate | null;
  readonly placeOfBirth: string | null;
  readonly address: string | null;
  readonly telephone: string | null;
  readonly profession: string | null;
  readonly title: string | null;
  readonly summary: string | null;
}

/** Additional document details, DG12 (9303-10 §4.7.12). Absent fields are null. */
export interface DocumentDetails {
  readonly issuingAuthority: string | null;
  readonly issueDate: DocumentDate | null;
  readonly otherPersons: readonly string[];
  readonly endorsements: string | null;
  readonly taxOrExit: string | null;
  readonly personalizationTime: string | null;
  readonly personalizationDevice: string | null;
}

/** Image kinds told apart by their first bytes; the type field of the record is known to lie. */
export type FaceImageFormat = 'jpeg' | 'jpeg2000' | 'jpeg2000-codestream';

/** One image of DG2: the bytes as they stand in the chip, never decoded outside the sandboxed page. */
export interface FaceImage {
  readonly format: FaceImageFormat;
  /** What the record's own type field says, if it differs from the content it is still the content that counts. */
  readonly statedFormat: FaceImageFormat | null;
  readonly bytes: Uint8Array;
  /** As stated by the record, in pixels; 0 where it says nothing. */
  readonly width: number;
  readonly height: number;
}

/** How a record or its header is not as the standard says, though its image can be found. */
export type FaceDeviation =
  | 'biometric type'
  | 'face length'
  | 'record length'
  | 'format owner'
  | 'format type'
  | 'number of instances';

/** DG2: at least one face (9303-10 §4.7.2). `standard` names the record's format. */
export interface FaceRecord {
  readonly standard: 'ISO/IEC 19794-5' | 'ISO/IEC 39794-5';
  readonly images: readonly FaceImage[];
  readonly deviations: readonly FaceDeviation[];
}

/** One image of DG7: a signature or usual mark as the document displays it (9303-10 §4.7.7). */
export interface SignatureImage {
  readonly format: FaceImageFormat;
  readonly bytes: Uint8Array;
}

/** One person to notify, DG16 (9303-10 §4.7.16). */
export interface PersonToNotify {
  readonly recorded: DocumentDate | null;
  readonly name: { readonly surname: string; readonly givenNames: string };
  readonly telephone: string | null;
  readonly address: string | null;
}
