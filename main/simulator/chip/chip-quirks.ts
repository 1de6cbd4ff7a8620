/** How a chip behaves otherwise than most, as met in the field. Absent: as the standard says. */
export interface ChipQuirks {
  /** MSE:Set AT of PACE must name the domain parameters, or must not (9303-11 §4.4.4.1: conditional). */
  readonly parameterReference?: 'required' | 'refused';
  /** Ephemeral DH keys come with leading zero bytes, as long as the prime. */
  readonly paddedDhKeys?: true;
  /** 3DES chip authentication goes by MSE:Set AT, not by MSE:Set KAT. */
  readonly tripleDesBySetAt?: true;
  /** DO 84 of chip authentication is refused unless it has the fewest bytes. */
  readonly minimalKeyReference?: true;
  /** SELECT with Le is refused with 6700. */
  readonly selectWithoutLe?: true;
  /** EXTERNAL AUTHENTICATE with Le is refused with 6A88. */
  readonly externalAuthenticateWithoutLe?: true;
  /** READ BINARY for more than so many bytes is refused with 6700. */
  readonly mostExpected?: number;
  /** Commands of extended length are answered with 6700 although they are announced; in a session without protection. */
  readonly extendedLengthRefused?: 'plain' | 'protected';
  /** What a read gets that goes beyond the end of the file, instead of the bytes that are there with 9000. */
  readonly beyondEnd?: 0x6282 | 0x6b00;
  /** READ BINARY by short identifier is refused with 6A86: only SELECT, then read. */
  readonly noShortIdentifiers?: true;
  /** INTERNAL AUTHENTICATE of short length is refused with 6700, whatever the length of the answer. */
  readonly activeAuthenticationExtended?: true;
  /** Files and application are free to read, without BAC and PACE. */
  readonly noAccessControl?: true;
  /** SELECT of the MF is refused with 6A86. */
  readonly selectMasterFileRefused?: true;
  /** So many wrong access data in one presentation are told by 63Cx; after the last one access is blocked with 6983. */
  readonly accessAttempts?: number;
  /** The answer to wrong access data is held back: so many milliseconds at first, twice as many each further time in a row. */
  readonly accessDelay?: { readonly first: number; readonly most: number };
}
