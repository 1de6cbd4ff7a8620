import { asFailure, Failure } from '../../result/failure.ts';
import type { ImportContext, TrustImport } from '../types.ts';
import { type Certificate, isSignedBy, parseCertificate, publicKeyOf } from '../x509/certificate.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { derOf } from '../x509/pem.ts';
import { authorityFault } from '../x509/signer-usage.ts';
import { holdsRefusedKey, importCertificates } from './certificate-import.ts';

/**
 * A single CSCA certificate, DER or PEM, that an administrator vouches for. It must be self-signed and allowed to sign
 * certificates; the keys of the specimens' issuers are refused.
 *
 * Fails with `trust.pin-not-certificate`, `trust.not-self-signed`, `certificate.not-authority`,
 * `certificate.training-issuer`, `certificate.algorithm-unknown`, `certificate.parameters-unknown`, `certificate.parameters-altered`.
 */
export async function pinCertificate(bytes: Uint8Array, context: ImportContext): Promise<TrustImport> {
  const certificate = readCertificate(bytes);
  const refusal = refusedAsIssuer(certificate, context.refusedPublicKeys);
  if (refusal !== null) throw refusal;
  const source = { kind: 'pinned', digest: certificate.fingerprint, date: context.at } as const;
  const imported = await importCertificates([certificate.der], source, context);
  return { ...imported, signer: null, listDate: null, digest: fingerprintOf(bytes) };
}

/** Why nobody can vouch for a certificate as a state's own; null where two administrators may. The codes are those of `pinCertificate`. */
export function refusedAsIssuer(certificate: Certificate, refusedPublicKeys: ReadonlySet<string>): Failure | null {
  const fields = { subject: certificate.subject.text, fingerprint: certificate.fingerprint };
  if (holdsRefusedKey(certificate, refusedPublicKeys)) return new Failure('certificate.training-issuer', fields);
  if (authorityFault(certificate) !== null) return new Failure('certificate.not-authority', fields);
  if (certificate.issuer.key !== certificate.subject.key) return new Failure('trust.not-self-signed', fields);
  try {
    return isSignedBy(certificate, publicKeyOf(certificate)) ? null : new Failure('trust.not-self-signed', fields);
  } catch (thrown) {
    return asFailure(thrown);
  }
}

function readCertificate(bytes: Uint8Array): Certificate {
  try {
    return parseCertificate(derOf(bytes));
  } catch (thrown) {
    throw new Failure('trust.pin-not-certificate', { reason: asFailure(thrown).code }, thrown);
  }
}
