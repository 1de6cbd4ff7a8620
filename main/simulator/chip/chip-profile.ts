import type { Curve } from '../../crypto/curves.ts';
import type { ActiveAuthenticationKey } from './active-authentication.ts';
import type { PrimeFieldParameters } from './agreement-group.ts';
import type { ChipQuirks } from './chip-quirks.ts';
import type { Cipher } from './key-derivation.ts';

/** A file of the chip (9303-10 §3.6, §4.7 Table 38). */
export interface ElementaryFile {
  readonly name: string;
  readonly identifier: number;
  /** 1 to 30. */
  readonly shortIdentifier: number;
  readonly contents: Uint8Array;
  /** `free` may be read by anyone, `protected` after BAC or PACE alone. */
  readonly access: 'free' | 'protected';
}

/** An application (dedicated file) with its own files. */
export interface Application {
  readonly identifier: Uint8Array;
  readonly files: readonly ElementaryFile[];
  /** What SELECT answers without P2 = 0C: a file control information template; null for none. */
  readonly fileControlInformation: Uint8Array | null;
}

/** One PACEInfo that the chip honours (9303-11 §9.2.1). */
export interface PaceProfile {
  /** Object identifier of the protocol, dotted. */
  readonly protocol: string;
  /** Standardised domain parameters (9303-11 §9.5.1). */
  readonly parameterId: number;
  /** PACEInfo does not name the parameters, which some chips leave out. */
  readonly parametersUnnamed?: true;
}

/** A static key pair with which the chip proves that it is no copy (9303-11 §6.2, §4.4.3.5). */
export interface AgreementKey {
  /** Domain: a curve, or a prime field. */
  readonly domain:
    | { readonly kind: 'ECDH'; readonly curve: Curve }
    | { readonly kind: 'DH'; readonly parameters: PrimeFieldParameters };
  readonly privateKey: bigint;
}

/** A key of chip authentication: its number in DG14, and the ciphers for which it is used. */
export interface ChipAuthenticationKey {
  readonly keyId: bigint | null;
  readonly key: AgreementKey;
  readonly ciphers: readonly Cipher[];
}

/** What opens the chip, and what it says of itself. */
export interface ChipProfile {
  /** The answer to reset that a PC/SC reader makes of a contactless card (PC/SC part 3 §3.1.3.2.3). */
  readonly answerToReset: Uint8Array;
  readonly masterFile: readonly ElementaryFile[];
  readonly applications: readonly Application[];
  /** Whether the chip knows BAC. */
  readonly basicAccessControl: boolean;
  readonly pace: readonly PaceProfile[];
  /** The static key of chip authentication mapping, on the curve of its PACEInfo. */
  readonly mappingKey?: AgreementKey;
  readonly chipAuthentication?: readonly ChipAuthenticationKey[];
  readonly activeAuthentication?: ActiveAuthenticationKey;
  /** Deviations from the standard, met in the field. */
  readonly quirks?: ChipQuirks;
  readonly passwords: {
    /** Number, birth date and expiry with their check digits (9303-11 §9.7.3); null where nothing is printed. */
    readonly mrzInformation: string | null;
    readonly can: string | null;
  };
  /** Whole APDUs in bytes; null where the chip knows short length alone. */
  readonly extendedLength: { readonly maxCommand: number; readonly maxResponse: number } | null;
  /** Where the chip leaves the field: when that file is read beyond this offset, once in each presentation. */
  readonly leavesField: { readonly file: string; readonly offset: number } | null;
}
