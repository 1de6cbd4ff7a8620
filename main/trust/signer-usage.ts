import type { Certificate } from './certificate.ts';

/** What a certificate of the path is not allowed to do, in short; null where all is well. */
export type UsageFault =
  | 'signer may not sign documents'
  | 'signer is a certification authority'
  | 'signer is for another purpose'
  | 'document type not among the signer’s'
  | 'issuer may not sign certificates';

// 9303-12 §7.1.1.6: one letter stands for all document codes that begin with it.
function covers(documentTypes: readonly string[], documentCode: string): boolean {
  return documentTypes.some((type) => (type.length === 1 ? documentCode.startsWith(type) : documentCode === type));
}

/**
 * Whether the signer may sign documents of this code (null: not known, not asked) and its issuer certificates
 * (9303-11 §5.1.1, 9303-12 §7.1).
 */
export function usageFault(signer: Certificate, issuer: Certificate, documentCode: string | null): UsageFault | null {
  const { keyUsage, basicConstraints, extendedKeyUsage, documentTypes } = signer.extensions;
  if (keyUsage?.digitalSignature !== true) return 'signer may not sign documents';
  if (basicConstraints?.ca === true) return 'signer is a certification authority';
  if (extendedKeyUsage !== null && documentTypes === null) return 'signer is for another purpose';
  if (documentTypes !== null && documentCode !== null && !covers(documentTypes, documentCode))
    return 'document type not among the signer’s';
  return issuer.extensions.keyUsage?.keyCertSign === false ? 'issuer may not sign certificates' : null;
}
