import type { Tlv } from '../../document/tlv.ts';

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
