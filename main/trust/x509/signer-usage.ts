import type { Certificate } from './certificate.ts';

/** What a certificate of the path is not allowed to do, in short; null where all is well. */
export type UsageFault =
  | 'signer may not sign documents'
  | 'signer is a certification authority'
  | 'signer is for another purpose'
  | 'document type not among the signer’s';

/** Why a certificate vouches for no other, in short; null where it may. */
export type AuthorityFault =
  | 'issuer is no certification authority'
  | 'issuer may not sign certificates'
  | 'issuer has a critical extension that is not known';

// 9303-12 §7.1.1.6: one letter stands for all document codes that begin with it.
function covers(documentTypes: readonly string[], documentCode: string): boolean {
  return documentTypes.some((type) => (type.length === 1 ? documentCode.startsWith(type) : documentCode === type));
}

/**
 * Whether the signer may sign documents of this code (null: not known, not asked). Whoever signs documents states no extended
 * key usage: that makes a certificate one for lists or for barcodes, whatever document types stand beside it (9303-11 §5.1.1,
 * 9303-12 §7.1).
 */
export function usageFault(signer: Certificate, documentCode: string | null): UsageFault | null {
  const { keyUsage, basicConstraints, extendedKeyUsage, documentTypes } = signer.extensions;
  if (keyUsage?.digitalSignature !== true) return 'signer may not sign documents';
  if (basicConstraints?.ca === true) return 'signer is a certification authority';
  if (extendedKeyUsage !== null) return 'signer is for another purpose';
  if (documentTypes !== null && documentCode !== null && !covers(documentTypes, documentCode))
    return 'document type not among the signer’s';
  return null;
}

/**
 * Whether a certificate may vouch for others: a certification authority by its basic constraints, allowed to sign
 * certificates where it states what its key is for, without a critical extension that nobody here knows (RFC 5280
 * §6.1.4(k), (n), (o), §4.2; 9303-12 §7.1). Its path length forbids nothing: a path has one step (9303-12 App. D.1), and
 * links of the sixth edition state 1 where the profile now has 0 (App. C).
 *
 * Seven link certificates of the German list are no authorities by this (CM, IT, LU, PT, TR) and one has no constraints
 * (BE); the list holds a self-signed certificate for each of their keys, which is the one that counts.
 */
export function authorityFault({ extensions }: Certificate): AuthorityFault | null {
  const { basicConstraints, keyUsage, unknownCritical } = extensions;
  if (basicConstraints?.ca !== true) return 'issuer is no certification authority';
  if (keyUsage?.keyCertSign === false) return 'issuer may not sign certificates';
  return unknownCritical.length > 0 ? 'issuer has a critical extension that is not known' : null;
}
