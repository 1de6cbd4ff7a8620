import { find, type Tlv } from '../../document/tlv.ts';
import { Failure } from '../../result/failure.ts';
import { expectTag, oidOf, tag } from '../x509/asn1-values.ts';
import { oid } from '../x509/object-identifiers.ts';

const harmless: ReadonlySet<string> = new Set([
  oid.authorityKeyIdentifier,
  oid.revocationListNumber,
  oid.issuerAltName,
  oid.reasonCode,
  oid.invalidityDate,
]);

/**
 * The extensions of a revocation list or of an entry in it, values by name. Whatever changes what the list says about those
 * who are not in it ends the reading (RFC 5280 §5.2). Fails with `revocation.not-complete`, `revocation.malformed`.
 */
export function revocationExtensions(node: Tlv | null): ReadonlyMap<string, Uint8Array> {
  const values = new Map<string, Uint8Array>();
  for (const extension of node?.children ?? []) {
    const name = oidOf(expectTag(extension, tag.sequence, 'extension').children[0]);
    const critical = find(extension, tag.boolean);
    const restricts = name === oid.deltaRevocationList || name === oid.issuingDistributionPoint;
    if (restricts || (critical !== null && critical.value[0] !== 0 && !harmless.has(name)))
      throw new Failure('revocation.not-complete', { extension: name });
    if (values.has(name)) throw new Failure('revocation.malformed', { reason: 'extension twice' });
    values.set(name, expectTag(extension.children.at(-1), tag.octetString, 'extension').value);
  }
  return values;
}
