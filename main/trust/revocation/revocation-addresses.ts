import { isBelieved } from '../path/belief.ts';
import type { TrustLookup } from '../types.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';

/**
 * Whether the authority behind a document signer says where its revocation list lies: in the signer's certificate, in its
 * issuer's, or in any other one of that authority that the station believes (9303-12 §7.1 has the extension in both since the
 * seventh edition; older ones lack it).
 */
export async function namesRevocationList(
  signer: Certificate,
  issuer: Certificate,
  trust: Pick<TrustLookup, 'candidates'>,
): Promise<boolean> {
  const names = ({ extensions }: Certificate): boolean => extensions.revocationAddresses !== null;
  if (names(signer) || names(issuer)) return true;
  const others = await trust.candidates({ keyIdentifier: null, subjectKey: signer.issuer.key });
  return others.filter(isBelieved).some(({ der }) => names(parseCertificate(der)));
}
