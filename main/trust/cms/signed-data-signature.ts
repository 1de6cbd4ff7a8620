import { digest, type HashName } from '../../crypto/hash.ts';
import type { Tlv } from '../../document/tlv.ts';
import { concat, equal } from '../../result/bytes.ts';
import { asFailure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import { tag } from '../x509/asn1-values.ts';
import { type Certificate, publicKeyOf } from '../x509/certificate.ts';
import { parseSignatureAlgorithm, signatureAlgorithmName, signedHash } from '../x509/signature-algorithm.ts';
import { examineSignature } from '../x509/verify-signature.ts';
import type { SignedData, SignerIdentifier, SignerInfo } from './cms.ts';

/** `undetermined`: nothing shows that it is wrong, but we cannot tell (TR-03135-1 §5.6.4.2). */
export type SignatureFinding =
  | {
      readonly result: 'successful';
      readonly algorithm: string;
      readonly digestAlgorithm: HashName | null;
      /** The hashes that the content rests on: of the signature, and of the content in the signed attributes. */
      readonly hashes: readonly HashName[];
    }
  | { readonly result: 'failed' | 'undetermined'; readonly code: FailureCode };

const failed = (code: FailureCode): SignatureFinding => ({ result: 'failed', code });

/** Whether this is the certificate that the signer info names. */
export function isSigner({ identifier }: SignerInfo, certificate: Certificate): boolean {
  return isSignerNamed(identifier, certificate);
}

/** Whether a SignerIdentifier (RFC 5652 §5.3) names this certificate. */
export function isSignerNamed(identifier: SignerIdentifier, certificate: Certificate): boolean {
  return 'keyIdentifier' in identifier
    ? certificate.extensions.subjectKeyIdentifier === identifier.keyIdentifier
    : certificate.issuer.key === identifier.issuerKey && certificate.serialNumber === identifier.serialNumber;
}

/**
 * What can be said without the signer's key: the content type and the digest of the content in the signed attributes
 * (RFC 5652 §5.4, §5.6). Null where nothing is wrong.
 */
export function checkSignedAttributes(data: SignedData, signerInfo: SignerInfo): SignatureFinding | null {
  const { signedAttributes, digestAlgorithm } = signerInfo;
  // Without signed attributes the content itself is signed. A SET might be the attributes of quite another signature that is
  // passed off as content (RFC 5652 §5.3 wants attributes for all content but plain data).
  if (signedAttributes === null) return data.content[0] === tag.set ? failed('security-object.malformed') : null;
  if (signedAttributes.contentType !== data.contentType) return failed('security-object.content-type-wrong');
  if (digestAlgorithm === null) return { result: 'undetermined', code: 'security-object.algorithm-unknown' };
  if (!isProtected(signerInfo)) return failed('security-object.algorithm-differs');
  return equal(digest(digestAlgorithm, data.content), signedAttributes.messageDigest)
    ? null
    : failed('security-object.digest-wrong');
}

// RFC 6211 §3: what is signed about the algorithms must be what stands beside it unsigned. Null and absent parameters mean
// the same.
function isProtected({ signedAttributes, digestAlgorithm, signatureAlgorithm }: SignerInfo): boolean {
  const protection = signedAttributes?.algorithmProtection ?? null;
  if (protection === null) return true;
  if (protection.digestAlgorithm !== digestAlgorithm || protection.signatureAlgorithm === null) return false;
  return equal(withoutNull(protection.signatureAlgorithm), withoutNull(signatureAlgorithm));
}

function withoutNull({ children }: Tlv): Uint8Array {
  return concat(...children.filter((child) => child.tag !== tag.null).map(({ raw }) => raw));
}

function reliedOn({ signedAttributes, digestAlgorithm }: SignerInfo, signed: HashName): readonly HashName[] {
  return signedAttributes === null || digestAlgorithm === null ? [signed] : [...new Set([signed, digestAlgorithm])];
}

/** Whether the signer info was signed over this content with the key of `signer`. */
export function verifySignerInfo(data: SignedData, signerInfo: SignerInfo, signer: Certificate): SignatureFinding {
  const wrong = checkSignedAttributes(data, signerInfo);
  if (wrong !== null) return wrong;
  const message = signerInfo.signedAttributes?.signed ?? data.content;
  try {
    const key = publicKeyOf(signer);
    const algorithm = parseSignatureAlgorithm(signerInfo.signatureAlgorithm);
    const { digestAlgorithm } = signerInfo;
    // The two digests differ in some documents (LT among others): the one of the SignerInfo comes first, then the stated one.
    const hashes = [...new Set([digestAlgorithm, algorithm.hash])].filter((hash) => hash !== null);
    if (hashes.length === 0) return { result: 'undetermined', code: 'security-object.algorithm-unknown' };
    let misencoded = false;
    for (const hash of hashes) {
      const standing = examineSignature(key, algorithm, message, signerInfo.signature, hash);
      if (standing === 'right')
        return {
          result: 'successful',
          algorithm: signatureAlgorithmName(algorithm),
          digestAlgorithm,
          hashes: reliedOn(signerInfo, signedHash(algorithm) ?? hash),
        };
      misencoded ||= standing === 'misencoded';
    }
    return misencoded
      ? { result: 'undetermined', code: 'security-object.signature-misencoded' }
      : failed('security-object.signature-wrong');
  } catch (thrown) {
    const { code } = asFailure(thrown);
    if (code === 'certificate.algorithm-unknown')
      return { result: 'undetermined', code: 'security-object.algorithm-unknown' };
    if (code === 'certificate.parameters-unknown') return { result: 'undetermined', code };
    return failed(code === 'certificate.parameters-altered' ? code : 'security-object.malformed');
  }
}
