import type { DocumentSignerRow } from '../types.ts';
import { parseCertificate } from './certificate.ts';

/** A document signer as it is kept; null for a certificate that may sign others. Fails with `certificate.malformed`. */
export function documentSignerRow(bytes: Uint8Array): DocumentSignerRow | null {
  const { extensions, issuer, fingerprint, serialNumber, der } = parseCertificate(bytes);
  if (extensions.basicConstraints?.ca === true || extensions.keyUsage?.keyCertSign === true) return null;
  const { subjectKeyIdentifier } = extensions;
  return {
    fingerprint,
    country: issuer.country,
    issuerKey: issuer.key,
    serialNumber,
    subjectKeyIdentifier,
    der: der.slice(),
  };
}
