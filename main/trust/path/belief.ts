import { asFailure } from '../../result/failure.ts';
import type { StoredCertificate } from '../types.ts';
import { type Certificate, isSignedBy, parseCertificate, publicKeyOf } from '../x509/certificate.ts';

/**
 * Whether others may rest on this certificate: its signature was verified when it came in. An orphan is kept and listed,
 * and vouches for nothing.
 */
export function isBelieved({ verifiedBy }: StoredCertificate): boolean {
  return verifiedBy !== null;
}

/** Whether a stored certificate's key signed this one; an unreadable or unknown key signed nothing. */
export function issuedByStored(certificate: Certificate, issuer: StoredCertificate): boolean {
  try {
    return isSignedBy(certificate, publicKeyOf(parseCertificate(issuer.der)));
  } catch (thrown) {
    if (asFailure(thrown).code === 'internal.unexpected') throw thrown;
    return false;
  }
}
