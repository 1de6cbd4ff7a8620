import type { Tlv } from '../../document/tlv.ts';
import { isBelieved } from '../path/belief.ts';
import type { TrustLookup } from '../types.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';

// GeneralName (RFC 5280 §4.2.1.6): uniformResourceIdentifier is [6].
const uniformResourceIdentifier = 0x86;
const mostAddresses = 8;
const longestAddress = 600;

/**
 * The web addresses of CRLDistributionPoints (RFC 5280 §4.2.1.13): http or https, the first eight. A directory's (ldap) is
 * left out; where nothing else is named the answer is empty, which still says that a list is published.
 */
export function distributionAddresses(points: Tlv): readonly string[] {
  const found: string[] = [];
  const search = (node: Tlv): void => {
    if (node.tag === uniformResourceIdentifier) found.push(new TextDecoder('latin1').decode(node.value));
    else for (const child of node.children) search(child);
  };
  search(points);
  const isWeb = (text: string): boolean =>
    text.length <= longestAddress && /^https?:\/\/[\x21-\x7e]+$/i.test(text) && URL.canParse(text);
  return [...new Set(found.filter(isWeb))].slice(0, mostAddresses);
}

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
