import { decodeTlv, findAll } from '../../document/tlv.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import { expectTag, oidOf, tag } from './asn1-values.ts';
import { oid } from './object-identifiers.ts';

/** What a PKCS #7 file hands over: certificates and revocation lists, each as it stands, not yet read. */
export interface CertificateBag {
  readonly certificates: readonly Uint8Array[];
  readonly revocationLists: readonly Uint8Array[];
}

// Published bags hold some hundreds of certificates. What a chip sends has a bound of its own (`parseSignedData`).
const maximumLength = 16 * 1024 * 1024;
const maximumNodes = 400_000;
const maximumParts = 2_000;

/**
 * Reads SignedData that signs nothing and carries certificates [0] and revocation lists [1] (RFC 5652 §5.1, RFC 2315 §9.1).
 * Whatever signatures it has vouch for nothing. Fails with `trust.list-malformed`, `trust.list-too-large`.
 */
export function readCertificateBag(bytes: Uint8Array): CertificateBag {
  if (bytes.length > maximumLength) throw new Failure('trust.list-too-large', { bytes: bytes.length });
  try {
    const contentInfo = expectTag(decodeTlv(bytes, { maximumNodes }), tag.sequence, 'ContentInfo');
    const [type, content] = contentInfo.children;
    if (oidOf(type) !== oid.signedData) throw new Failure('trust.list-malformed', { reason: 'ContentInfo' });
    const signedData = expectTag(expectTag(content, 0xa0, 'ContentInfo').children[0], tag.sequence, 'SignedData');
    const partsUnder = (number: number): readonly Uint8Array[] =>
      findAll(signedData, number).flatMap(({ children }) =>
        children.filter((child) => child.tag === tag.sequence).map(({ raw }) => raw),
      );
    const [certificates, revocationLists] = [partsUnder(0xa0), partsUnder(0xa1)];
    const parts = certificates.length + revocationLists.length;
    if (parts > maximumParts) throw new Failure('trust.list-too-large', { certificates: parts });
    return { certificates, revocationLists };
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    if (code.startsWith('trust.') || code === 'internal.unexpected') throw thrown;
    throw new Failure('trust.list-malformed', { reason: String(fields.reason ?? code) }, thrown);
  }
}
