/**
 * What an application identifier says of a card that is no travel document: `payment` and `driving-licence` are cards that
 * people lay down by mistake, `identity` ones that states and their agencies give out.
 */
export type ApplicationKind = 'payment' | 'driving-licence' | 'identity';

/** An application, by the beginning of its identifier. */
export interface KnownApplication {
  readonly name: string;
  readonly kind: ApplicationKind;
  /** The identifier, or what all of a registered provider begin with, in lower-case hex. */
  readonly identifier: string;
  /** Whether the identifier is whole, so that a card can be asked for it. */
  readonly whole: boolean;
}

/** The applications that cards of today are met with beside the travel document. */
export const knownApplications: readonly KnownApplication[] = [
  // EMV Book B, the proximity payment environment, and the schemes' providers (ISO/IEC 7816-5).
  { name: 'payment (2PAY.SYS.DDF01)', kind: 'payment', identifier: '325041592e5359532e4444463031', whole: true },
  { name: 'payment (VISA)', kind: 'payment', identifier: 'a000000003', whole: false },
  { name: 'payment (Mastercard)', kind: 'payment', identifier: 'a000000004', whole: false },
  // ISO/IEC 18013-2 Annex C; the Netherlands' licence has one of its own.
  { name: 'driving licence (ISO/IEC 18013)', kind: 'driving-licence', identifier: 'a0000002480200', whole: true },
  { name: 'driving licence (EDL)', kind: 'driving-licence', identifier: 'a00000045645444c2d3031', whole: true },
  // BSI TR-03110-4 §2: eID and eSign.
  { name: 'eID (TR-03110)', kind: 'identity', identifier: 'e80704007f00070302', whole: true },
  { name: 'eSign', kind: 'identity', identifier: 'a000000167455349474e', whole: true },
  // ISO/IEC 7816-15 and its forerunner PKCS#15: keys and certificates of an electronic identification.
  { name: 'PKCS#15', kind: 'identity', identifier: 'a000000063504b43532d3135', whole: true },
  { name: 'cryptographic information (ISO/IEC 7816-15)', kind: 'identity', identifier: 'e828bd080f', whole: true },
  { name: 'PIV', kind: 'identity', identifier: 'a000000308000010000100', whole: true },
];

/** What is known of an identifier that a card stated; null where nothing is. */
export function applicationOf(identifier: string): KnownApplication | null {
  return knownApplications.find((known) => identifier.startsWith(known.identifier)) ?? null;
}
