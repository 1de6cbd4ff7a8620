import { decodeTlv } from '../document/tlv.ts';
import { type Check, type CheckId, type Detail, notMade, successful, unsuccessful } from '../result/check.ts';
import { asFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { expectTag } from './asn1-values.ts';
import { type Certificate, parseCertificate, summarise } from './certificate.ts';
import { asSecurityObject, parseSignedData, type SignedData, type SignerInfo } from './cms.ts';
import { checkDataGroupHashes } from './data-group-hashes.ts';
import { type LdsSecurityObject, parseLdsSecurityObject } from './lds-security-object.ts';
import { oid } from './object-identifiers.ts';
import { findIssuer } from './path.ts';
import { checkCountry, checkPath, checkValidity } from './path-checks.ts';
import { checkSignedAttributes, isSigner, verifySignerInfo } from './signed-data-signature.ts';
import type { PassiveAuthentication, PassiveAuthenticationInput, TrustLookup } from './types.ts';

const ids = {
  hashes: 'passive-authentication.hashes',
  signature: 'passive-authentication.signature',
  path: 'passive-authentication.path',
  validity: 'passive-authentication.validity',
  country: 'passive-authentication.country',
} as const satisfies Record<string, CheckId>;

const contentTypes: Readonly<Record<PassiveAuthenticationInput['kind'], readonly string[]>> = {
  'EF.SOD': [oid.ldsSecurityObject, oid.oldLdsSecurityObject],
  'EF.CardSecurity': [oid.cardSecurityObject],
};

interface Reason {
  readonly result: 'failed' | 'undetermined';
  readonly code: FailureCode;
}

/**
 * Passive authentication of one security object (9303-11 §5.1): each question has its own result, and none stands for
 * another. EF.CardSecurity has no hashes; its country is compared where `issuer` is given. Never throws for what a chip
 * holds.
 */
export async function verifySecurityObject(input: PassiveAuthenticationInput): Promise<PassiveAuthentication> {
  let data: SignedData;
  try {
    data = readFile(input);
  } catch (thrown) {
    return unreadable(input, asFailure(thrown).code);
  }
  const { hashes, listedDataGroups } = checkHashes(input, data);
  const checks = hashes === null ? [] : [hashes];
  const signer = await findSigner(data, input.trust);
  const signature = await checkSignature(input, data, signer);
  if (!('certificate' in signer)) {
    checks.push(signature, ...withoutSigner(signer));
    return { checks, listedDataGroups, content: data.content, certificatePath: [] };
  }
  const { certificate } = signer;
  const path = await findIssuer(certificate, input.trust, input.at);
  const signingTime = data.signerInfos[0]?.signedAttributes?.signingTime ?? null;
  checks.push(
    signature,
    checkPath(certificate, path, input.documentCode),
    notMade('passive-authentication.revocation'),
    checkValidity(certificate, path, input.at, signingTime),
    checkCountry(certificate, path, input.issuer),
  );
  const certificatePath = [
    summarise(certificate, 'link'),
    ...(path.result === 'successful' ? [path.issuer.stored.summary] : []),
  ];
  return { checks, listedDataGroups, content: data.content, certificatePath };
}

// EF.SOD wraps its ContentInfo in tag 77 (9303-10 §4.6.2), EF.CardSecurity is a bare one (9303-11 §9.2.11).
function readFile({ kind, securityObject }: PassiveAuthenticationInput): SignedData {
  if (kind === 'EF.CardSecurity') return parseSignedData(securityObject);
  return asSecurityObject(() => {
    const [contentInfo, ...rest] = expectTag(decodeTlv(securityObject), 0x77, 'EF.SOD').children;
    return parseSignedData(rest.length > 0 || contentInfo === undefined ? new Uint8Array() : contentInfo.raw);
  });
}

// What cannot be read is not what the issuer signed; only a known defect would excuse it (TR-03135-1 §5.8.2).
function unreadable({ kind }: PassiveAuthenticationInput, code: FailureCode): PassiveAuthentication {
  const hashes = kind === 'EF.SOD' ? [unsuccessful(ids.hashes, 'undetermined', code)] : [];
  const signature = unsuccessful(ids.signature, 'failed', code, { file: kind });
  const checks = [...hashes, signature, ...withoutSigner({ result: 'undetermined', code })];
  return { checks, listedDataGroups: [], content: null, certificatePath: [] };
}

function withoutSigner({ result, code }: Reason): Check[] {
  return [
    unsuccessful(ids.path, result, code),
    notMade('passive-authentication.revocation'),
    unsuccessful(ids.validity, 'undetermined', code),
    unsuccessful(ids.country, 'undetermined', code),
  ];
}

function checkHashes(
  input: PassiveAuthenticationInput,
  data: SignedData,
): { hashes: Check | null; listedDataGroups: readonly number[] } {
  if (input.kind === 'EF.CardSecurity') return { hashes: null, listedDataGroups: [] };
  if (!contentTypes['EF.SOD'].includes(data.contentType))
    return {
      hashes: unsuccessful(ids.hashes, 'undetermined', 'security-object.content-type-wrong'),
      listedDataGroups: [],
    };
  let object: LdsSecurityObject;
  try {
    object = parseLdsSecurityObject(data.content);
  } catch (thrown) {
    return { hashes: unsuccessful(ids.hashes, 'undetermined', asFailure(thrown).code), listedDataGroups: [] };
  }
  const listedDataGroups = [...object.hashes.keys()].sort((a, b) => a - b);
  return { hashes: checkDataGroupHashes(object, input.dataGroups), listedDataGroups };
}

type Signer = { readonly certificate: Certificate; readonly named: boolean } | Reason;

/**
 * The signer's certificate: the one that the signer info names, in the object or the store. A single certificate that is
 * named otherwise is tried too: names are written in two ways in some documents, and the signature and the path decide.
 */
async function findSigner(data: SignedData, trust: TrustLookup): Promise<Signer> {
  const [signerInfo] = data.signerInfos;
  const missing = { result: 'undetermined', code: 'security-object.signer-missing' } as const;
  if (signerInfo === undefined) return missing;
  const readable = data.certificates.map(certificateOrNull);
  const enclosed = readable.filter((certificate) => certificate !== null);
  const named = enclosed.find((certificate) => isSigner(signerInfo, certificate));
  if (named !== undefined) return { certificate: named, named: true };
  const stored = await storedSigner(signerInfo, trust);
  if (stored !== null) return { certificate: stored, named: true };
  const [single] = enclosed;
  if (single !== undefined && readable.length === 1) return { certificate: single, named: false };
  return readable.length > enclosed.length ? { result: 'failed', code: 'certificate.malformed' } : missing;
}

function certificateOrNull(bytes: Uint8Array): Certificate | null {
  try {
    return parseCertificate(bytes);
  } catch {
    return null;
  }
}

async function storedSigner(signerInfo: SignerInfo, trust: TrustLookup): Promise<Certificate | null> {
  const { identifier } = signerInfo;
  const query =
    'keyIdentifier' in identifier
      ? { keyIdentifier: identifier.keyIdentifier, subjectKey: null }
      : { keyIdentifier: null, subjectKey: identifier.issuerKey };
  const certificates = (await trust.candidates(query)).map(({ der }) => parseCertificate(der));
  return certificates.find((certificate) => isSigner(signerInfo, certificate)) ?? null;
}

async function checkSignature(input: PassiveAuthenticationInput, data: SignedData, signer: Signer): Promise<Check> {
  const detail: Record<string, Detail> = {
    file: input.kind,
    contentType: data.contentType,
    signedAttributes: data.signerInfos.every(({ signedAttributes }) => signedAttributes !== null),
    signers: data.signerInfos.length,
  };
  if (!contentTypes[input.kind].includes(data.contentType))
    return unsuccessful(ids.signature, 'failed', 'security-object.content-type-wrong', detail);
  for (const signerInfo of data.signerInfos) {
    const first = signerInfo === data.signerInfos[0];
    const found = first ? signer : await findSigner({ ...data, signerInfos: [signerInfo] }, input.trust);
    if (!('certificate' in found)) {
      const wrong = checkSignedAttributes(data, signerInfo);
      const reason = wrong !== null && wrong.result === 'failed' ? wrong : found;
      return unsuccessful(ids.signature, reason.result, reason.code, detail);
    }
    const finding = verifySignerInfo(data, signerInfo, found.certificate);
    if (finding.result !== 'successful') return unsuccessful(ids.signature, finding.result, finding.code, detail);
    if (first) Object.assign(detail, { algorithm: finding.algorithm, digestAlgorithm: finding.digestAlgorithm });
  }
  return successful(ids.signature, { ...detail, signerNamed: 'named' in signer && signer.named });
}
