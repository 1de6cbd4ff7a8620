import type { FailureCode } from '../../result/failure-codes.ts';
import type { TrustLookup } from '../types.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import type { SignedData, SignerInfo } from './cms.ts';
import { isSigner, verifySignerInfo } from './signed-data-signature.ts';

/** Where a signer's certificate was found. */
export type SignerOrigin = 'security object' | 'trust store' | 'defect list';

/** `named`: whether the SignerIdentifier names this certificate. */
export type Signer =
  | { readonly certificate: Certificate; readonly named: boolean; readonly origin: SignerOrigin }
  | { readonly result: 'failed' | 'undetermined'; readonly code: FailureCode };

/**
 * The signer's certificate: the one that the signer info names, in the object or the store. Where none is named, those in
 * the object are tried by their keys: names are written in two ways in some documents, and the signature and the path
 * decide. Without a certificate nothing can be told (9303-10 App. D: version 0 may lack it).
 */
export async function findSigner(
  data: SignedData,
  signerInfo: SignerInfo | undefined,
  trust: TrustLookup,
): Promise<Signer> {
  const missing = { result: 'undetermined', code: 'security-object.signer-missing' } as const;
  if (signerInfo === undefined) return missing;
  const readable = data.certificates.map(certificateOrNull);
  const enclosed = readable.filter((certificate) => certificate !== null);
  const named = enclosed.filter((certificate) => isSigner(signerInfo, certificate));
  const [single] = named;
  // One key identifier may stand on several certificates.
  if (single !== undefined && named.length === 1)
    return { certificate: single, named: true, origin: 'security object' };
  const tried = (named.length > 0 ? named : enclosed).find((certificate) => signed(data, signerInfo, certificate));
  if (tried !== undefined) return { certificate: tried, named: named.length > 0, origin: 'security object' };
  if (single !== undefined) return { certificate: single, named: true, origin: 'security object' };
  const stored = await storedSigner(data, signerInfo, trust);
  if (stored !== null) return { certificate: stored, named: true, origin: 'trust store' };
  const [only] = enclosed;
  if (only !== undefined && readable.length === 1)
    return { certificate: only, named: false, origin: 'security object' };
  return readable.length > enclosed.length ? { result: 'failed', code: 'certificate.malformed' } : missing;
}

function signed(data: SignedData, signerInfo: SignerInfo, certificate: Certificate): boolean {
  return verifySignerInfo(data, signerInfo, certificate).result === 'successful';
}

function certificateOrNull(bytes: Uint8Array): Certificate | null {
  try {
    return parseCertificate(bytes);
  } catch {
    return null;
  }
}

async function storedSigner(data: SignedData, signerInfo: SignerInfo, trust: TrustLookup): Promise<Certificate | null> {
  const { identifier } = signerInfo;
  const listed = await trust.candidates(
    'keyIdentifier' in identifier
      ? { keyIdentifier: identifier.keyIdentifier, subjectKey: null }
      : { keyIdentifier: null, subjectKey: identifier.issuerKey },
  );
  const published = (await trust.documentSigners?.(identifier)) ?? [];
  const certificates = [...published, ...listed.map(({ der }) => der)]
    .map(certificateOrNull)
    .filter((certificate) => certificate !== null && isSigner(signerInfo, certificate));
  const right = certificates.find((certificate) => certificate !== null && signed(data, signerInfo, certificate));
  return right ?? certificates[0] ?? null;
}
