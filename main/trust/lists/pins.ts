import { asFailure, Failure } from '../../result/failure.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { derOf } from '../x509/pem.ts';

/** `list-signer`: a certificate that vouches for lists. `station-key`: an Ed25519 key that signs station bundles. */
export type PinKind = 'list-signer' | 'station-key';

/**
 * A deliberate act of two administrators. Until the second sign it counts for nothing; withdrawn it stays on the record.
 * Instants are ISO 8601 as the caller's clock gave them.
 */
export interface Pin {
  readonly id: number;
  readonly kind: PinKind;
  /** SHA-256 over `content`, lower-case hex: what two people compare. */
  readonly fingerprint: string;
  readonly subject: string;
  /** DER of the certificate, or the 32 bytes of the key. */
  readonly content: Uint8Array;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly confirmedBy: string | null;
  readonly confirmedAt: string | null;
  /** Who asked that it be taken back; it stands until somebody else agrees. */
  readonly withdrawalProposedBy: string | null;
  readonly withdrawalProposedAt: string | null;
  readonly withdrawnBy: string | null;
  readonly withdrawnAt: string | null;
}

/** What is to be pinned, read and named. */
export type PinProposal = Pick<Pin, 'kind' | 'fingerprint' | 'subject' | 'content'>;

/** Whether two administrators vouch for it and nobody has taken that back. */
export function standsPinned({ proposedBy, confirmedBy, withdrawnAt }: Pin): boolean {
  return confirmedBy !== null && !isSameSign(confirmedBy, proposedBy) && withdrawnAt === null;
}

/** Signs are typed by people: case, spaces and what nobody sees do not make another person. */
export function isSameSign(one: string, other: string): boolean {
  return plainSign(one) === plainSign(other);
}

/** Whether a sign names nobody: nothing of it can be seen. */
export function isEmptySign(sign: string): boolean {
  return plainSign(sign) === '';
}

/**
 * A sign as people see it: without controls, format characters and what else no font shows (Unicode: Other, Separator,
 * Default_Ignorable_Code_Point), case folded.
 */
export function plainSign(sign: string): string {
  const seen = sign.normalize('NFKC').replace(/[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu, '');
  return seen.toUpperCase().toLowerCase().normalize('NFC');
}

/** A certificate (DER or PEM) that is to vouch for lists. Fails with `trust.pin-not-certificate`. */
export function proposeListSigner(bytes: Uint8Array): PinProposal {
  let certificate: Certificate;
  try {
    certificate = parseCertificate(derOf(bytes));
  } catch (thrown) {
    throw new Failure('trust.pin-not-certificate', { reason: asFailure(thrown).code }, thrown);
  }
  const { fingerprint, subject, der } = certificate;
  return { kind: 'list-signer', fingerprint, subject: subject.text, content: der.slice() };
}

/** The public key of a station (Ed25519, 32 bytes) that is to vouch for bundles. Fails with `trust.pin-not-certificate`. */
export function proposeStationKey(publicKey: Uint8Array, station: string): PinProposal {
  if (publicKey.length !== 32) throw new Failure('trust.pin-not-certificate', { reason: 'length' });
  return {
    kind: 'station-key',
    fingerprint: fingerprintOf(publicKey),
    subject: station,
    content: publicKey.slice(),
  };
}

/** Refuses a sign that is empty or the proposer's own. Fails with `trust.pin-same-person`, `operator.name-missing`. */
export function refuseSecondSign(proposedBy: string, sign: string): void {
  if (isEmptySign(sign)) throw new Failure('operator.name-missing');
  if (isSameSign(proposedBy, sign)) throw new Failure('trust.pin-same-person');
}
