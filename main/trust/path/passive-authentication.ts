import { decodeTlv } from '../../document/tlv.ts';
import { type Check, type CheckId, type Detail, successful, unsuccessful } from '../../result/check.ts';
import { asFailure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { asSecurityObject, parseSignedData, type SignedData } from '../cms/cms.ts';
import { contentTypeStanding } from '../cms/content-type.ts';
import { checkDataGroupHashes, isListed } from '../cms/data-group-hashes.ts';
import { findSigner, type Signer } from '../cms/find-signer.ts';
import { type LdsSecurityObject, parseLdsSecurityObject } from '../cms/lds-security-object.ts';
import { checkSignedAttributes, verifySignerInfo } from '../cms/signed-data-signature.ts';
import { findDefects } from '../defects/match-defects.ts';
import { checkRevocation } from '../revocation/revocation.ts';
import type { DefectFinding, PassiveAuthentication, PassiveAuthenticationInput } from '../types.ts';
import { expectTag } from '../x509/asn1-values.ts';
import { type Certificate, parseCertificate, publicKeyOf } from '../x509/certificate.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { summarise } from '../x509/summarise.ts';
import { codesOf, latest, type Weakness, weaknessesOf, weighed } from '../x509/weak-signature.ts';
import { asAgreed } from './agreed.ts';
import { judgedByClock } from './clock-check.ts';
import { isHeldFresh, standardLimits } from './freshness.ts';
import { findIssuer } from './path.ts';
import { checkCountry, checkPath, checkValidity } from './path-checks.ts';
import { namedCertificate } from './resting-on.ts';

const ids = {
  hashes: 'passive-authentication.hashes',
  signature: 'passive-authentication.signature',
  path: 'passive-authentication.path',
  revocation: 'passive-authentication.revocation',
  validity: 'passive-authentication.validity',
  country: 'passive-authentication.country',
} as const satisfies Record<string, CheckId>;

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
    return unreadable(input, asFailure(thrown).code, await defectsOf(input, null));
  }
  const delivered = await findSigner(data, data.signerInfos[0], input.trust);
  const defects = await defectsOf(input, 'certificate' in delivered ? delivered.certificate : null);
  const signer = replaced(delivered, defects);
  const signingTime = data.signerInfos[0]?.signedAttributes?.signingTime ?? null;
  const begun = 'certificate' in signer ? signer.certificate.notBefore : null;
  const content = listed(input, data);
  const object = typeof content === 'string' ? null : content;
  const made = madeOn(input, object, [signingTime, begun]);
  const hashes =
    typeof content === 'string'
      ? [unsuccessful(ids.hashes, 'undetermined', content)]
      : content === null
        ? []
        : [checkDataGroupHashes(content, input.dataGroups, made)];
  const checks = [...hashes, await checkSignature(input, data, signer, made)];
  const listedDataGroups = [...(object?.hashes.keys() ?? [])].sort((a, b) => a - b);
  const found = { listedDataGroups, made, content: data.content, defects };
  if (!('certificate' in signer))
    return { ...found, checks: [...checks, ...withoutSigner(signer)], certificatePath: [] };
  const { certificate } = signer;
  const path = await findIssuer(certificate, input.trust, input.at);
  const { at, trust, documentCode, limits = standardLimits, newestKnown = null, behind = null } = input;
  const fresh = path.result === 'successful' && (await isHeldFresh(path.issuer.stored, trust, { at, limits }));
  const dated = [
    checkPath(certificate, path, { documentCode, fresh, at, limits }),
    await checkRevocation(certificate, path, { trust, at, limits }),
    checkValidity(certificate, path, at, signingTime),
  ];
  const ofIssuer = [
    ...dated.map((check) => judgedByClock(check, at, { newestKnown, behind })),
    checkCountry(certificate, path, input.issuer),
  ];
  const disputed = path.result === 'successful' ? path.issuer.stored.readingsDiffer : undefined;
  checks.push(...ofIssuer.map((check) => asAgreed(check, disputed, 'certificate.readings-differ')));
  const certificatePath = [
    summarise(certificate, 'link'),
    ...(path.result === 'successful' ? [path.issuer.stored.summary] : []),
  ];
  return { ...found, checks, certificatePath };
}

async function defectsOf(input: PassiveAuthenticationInput, signer: Certificate | null): Promise<DefectFinding> {
  const { at, trust, documentCode, issuer, document = null, limits = standardLimits } = input;
  const stored = (await trust.defectLists?.()) ?? [];
  const subject = {
    signer,
    states: [issuer ?? '', signer?.issuer.country ?? ''].filter((code) => code !== ''),
    documentType: documentCode,
    documentNumber: document?.number ?? null,
    issued: document?.issued ?? null,
  };
  return findDefects(stored, subject, { at, limits });
}

// TR-03135-1 §5.8.2: the replacement of a malformed certificate serves for signature, path, validity and country. It takes
// the place of one of its own state.
function replaced(signer: Signer, { known }: DefectFinding): Signer {
  if (!('certificate' in signer)) return signer;
  const { country } = signer.certificate.issuer;
  for (const { defect, named } of known) {
    if (!named || defect.replacement === null) continue;
    const certificate = parseCertificate(defect.replacement);
    if (certificate.issuer.country === country) return { certificate, named: false, origin: 'defect list' };
  }
  return signer;
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
function unreadable(
  { kind }: PassiveAuthenticationInput,
  code: FailureCode,
  defects: DefectFinding,
): PassiveAuthentication {
  const hashes = kind === 'EF.SOD' ? [unsuccessful(ids.hashes, 'undetermined', code)] : [];
  const signature = unsuccessful(ids.signature, 'failed', code, { file: kind });
  const checks = [...hashes, signature, ...withoutSigner({ result: 'undetermined', code })];
  return { checks, listedDataGroups: [], made: null, content: null, certificatePath: [], defects };
}

function withoutSigner({ result, code }: { result: 'failed' | 'undetermined'; code: FailureCode }): Check[] {
  return [
    unsuccessful(ids.path, result, code),
    unsuccessful(ids.revocation, 'undetermined', code),
    unsuccessful(ids.validity, 'undetermined', code),
    unsuccessful(ids.country, 'undetermined', code),
  ];
}

// The content of EF.SOD, or why it cannot be read; null for EF.CardSecurity, which lists no groups.
function listed({ kind }: PassiveAuthenticationInput, data: SignedData): LdsSecurityObject | FailureCode | null {
  if (kind === 'EF.CardSecurity') return null;
  if (contentTypeStanding('EF.SOD', data, null) === 'other') return 'security-object.content-type-wrong';
  try {
    return parseLdsSecurityObject(data.content);
  } catch (thrown) {
    return asFailure(thrown).code;
  }
}

// A day of issue counts where EF.SOD lists the group that states it: the signed days alone say when a document was made.
function madeOn(
  { document, dataGroups }: PassiveAuthenticationInput,
  object: LdsSecurityObject | null,
  signed: readonly (PlainDate | null)[],
): PlainDate | null {
  const isSigned = object !== null && isListed(object, 12, dataGroups.get(12));
  return latest([isSigned ? (document?.issued ?? null) : null, ...signed]);
}

async function checkSignature(
  input: PassiveAuthenticationInput,
  data: SignedData,
  signer: Signer,
  made: PlainDate | null,
): Promise<Check> {
  const country = 'certificate' in signer ? signer.certificate.issuer.country : null;
  const contentType = contentTypeStanding(input.kind, data, country);
  const remarks: FailureCode[] = [];
  const detail: Record<string, Detail> = {
    file: input.kind,
    securityObject: fingerprintOf(input.securityObject),
    signer: 'certificate' in signer ? namedCertificate(signer.certificate) : null,
    contentType: data.contentType,
    signedAttributes: data.signerInfos.every(({ signedAttributes }) => signedAttributes !== null),
    signers: data.signerInfos.length,
    remarks,
  };
  if (contentType === 'other')
    return unsuccessful(ids.signature, 'failed', 'security-object.content-type-wrong', detail);
  if (contentType !== 'right') remarks.push('security-object.content-type-deviates');
  const weaknesses: Weakness[] = [];
  for (const signerInfo of data.signerInfos) {
    const first = signerInfo === data.signerInfos[0];
    const found = first ? signer : await findSigner(data, signerInfo, input.trust);
    if (!('certificate' in found)) {
      const wrong = checkSignedAttributes(data, signerInfo);
      const reason = wrong !== null && wrong.result === 'failed' ? wrong : found;
      return unsuccessful(ids.signature, reason.result, reason.code, detail);
    }
    const finding = verifySignerInfo(data, signerInfo, found.certificate);
    if (finding.result !== 'successful') return unsuccessful(ids.signature, finding.result, finding.code, detail);
    if (first) Object.assign(detail, { algorithm: finding.algorithm, digestAlgorithm: finding.digestAlgorithm });
    weaknesses.push(...weaknessesOf('signer', publicKeyOf(found.certificate), finding.hashes, made));
    // RFC 5652 §5.3: they must be there for content that is not plain data; without them its type is not signed.
    if (signerInfo.signedAttributes === null)
      weaknesses.push({ code: 'security-object.attributes-missing', open: true });
  }
  if ('named' in signer) Object.assign(detail, { signerNamed: signer.named, signerFrom: signer.origin });
  remarks.push(...codesOf(weaknesses));
  if (contentType === 'deviation')
    return unsuccessful(ids.signature, 'undetermined', 'security-object.content-type-deviates', detail);
  return weighed(successful(ids.signature, detail), weaknesses);
}
