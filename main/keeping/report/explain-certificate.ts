import { asFailure, Failure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { TrustHistoryEntry } from '../../store/trust-changes.ts';
import type { TrustRepository } from '../../store/types.ts';
import { isWaiting } from '../../trust/lists/link-import.ts';
import { recogniseTrustFile, type TrustFileKind } from '../../trust/lists/recognise-file.ts';
import { isHeldFresh } from '../../trust/path/freshness.ts';
import { revokedBy } from '../../trust/path/link-belief.ts';
import { LinkProof, openLink } from '../../trust/path/link-proof.ts';
import { findIssuer, type PathFinding } from '../../trust/path/path.ts';
import { openRevocationList } from '../../trust/revocation/open-revocation-list.ts';
import { serialKey } from '../../trust/revocation/revoked-certificates.ts';
import type { CertificateSummary, StoredCertificate, TrustLimits, TrustSource } from '../../trust/types.ts';
import { type Certificate, parseCertificate } from '../../trust/x509/certificate.ts';
import { derOf } from '../../trust/x509/pem.ts';
import { readableNames } from '../../trust/x509/refused-certificate.ts';
import { authorityFault, usageFault } from '../../trust/x509/signer-usage.ts';
import { summarise } from '../../trust/x509/summarise.ts';

/** A certificate of the path with how it came to be believed. */
export interface PathStep {
  readonly certificate: CertificateSummary;
  readonly verifiedBy: string | null;
  readonly sources: readonly TrustSource[];
}

/** Why a certificate is believed, or is not. */
export interface TrustExplanation {
  readonly certificate: CertificateSummary;
  readonly held: boolean;
  readonly believed: boolean;
  /** Why not, or why only in part; null where nothing is wrong. */
  readonly code: FailureCode | null;
  /** From the certificate to the key that proves itself. */
  readonly path: readonly PathStep[];
  readonly valid: boolean;
  /** Whether a list that brought it is not past its limit, or a person did. */
  readonly fresh: boolean;
  /** What the newest revocation list of its issuer says. */
  readonly revocation: {
    readonly issuer: string;
    readonly thisUpdate: PlainDate;
    readonly revoked: boolean;
  } | null;
  /** What a second reading has otherwise, of it or of what it rests on; empty where nothing is told. */
  readonly readingsDiffer: readonly string[];
  /** The imports whose remarks name it: refused, or taken as an orphan. */
  readonly remarks: readonly {
    readonly at: string;
    readonly kind: string;
    readonly signer: string | null;
    readonly code: FailureCode;
  }[];
  /** Stored certificates for the same key. */
  readonly sameKey: readonly CertificateSummary[];
}

const fewestDigits = 6;
// A state's chain of links has a handful of steps; a longer one is a loop.
const mostSteps = 32;

/**
 * The stored certificate with this fingerprint, or the beginning of one (six digits or more). Fails with
 * `certificate.not-held`, and where several begin so.
 */
export function storedCertificate(trust: Pick<TrustRepository, 'list'>, prefix: string): StoredCertificate {
  const wanted = prefix.toLowerCase().replace(/[: ]/g, '');
  const found = trust.list().filter(({ summary }) => summary.fingerprint.startsWith(wanted));
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new Failure('certificate.not-held', { fingerprint: wanted, matches: found.length });
  return only;
}

/** Whether a text is a fingerprint or the beginning of one. */
export function isFingerprint(text: string): boolean {
  const digits = text.replace(/[: ]/g, '');
  return digits.length >= fewestDigits && digits.length <= 64 && /^[0-9a-fA-F]+$/.test(digits);
}

/**
 * A certificate file (DER or PEM) as it stands. Fails with `trust.not-certificate`, named by what the file is instead, and
 * with `certificate.malformed`, named by what can be read of it.
 */
export function certificateOfFile(bytes: Uint8Array): Certificate {
  if (kindOf(bytes) !== 'unknown') refuseOtherKinds(bytes);
  try {
    return parseCertificate(derOf(bytes));
  } catch (thrown) {
    refuseOtherKinds(bytes);
    const { code, fields } = asFailure(thrown);
    throw new Failure(code, { ...fields, ...readableNames(derOf(bytes)) }, thrown);
  }
}

/** Fails with `trust.not-certificate` for the beginning of a file that is something else. */
export function refuseOtherKinds(head: Uint8Array): void {
  const kind = kindOf(head);
  if (kind !== 'certificate') throw new Failure('trust.not-certificate', { kind });
}

function kindOf(bytes: Uint8Array): TrustFileKind | 'unknown' {
  try {
    return recogniseTrustFile(bytes);
  } catch {
    return 'unknown';
  }
}

/** Explains what the station makes of a certificate on a day. */
export async function explainCertificate(
  certificate: Certificate,
  trust: Pick<TrustRepository, 'get' | 'list' | 'history' | 'revocationLists' | 'candidates' | 'size'>,
  { at, limits }: { readonly at: PlainDate; readonly limits: TrustLimits },
): Promise<TrustExplanation> {
  const { fingerprint, subject, issuer } = certificate;
  const stored = trust.get(fingerprint);
  const summary = stored?.summary ?? summarise(certificate, subject.key === issuer.key ? 'self-signed' : 'link');
  const finding = stored === null ? await findIssuer(certificate, trust, at) : null;
  const beginning =
    stored ?? (finding?.result === 'successful' ? trust.get(finding.issuer.stored.summary.fingerprint) : null);
  const path = beginning === null ? [] : pathFrom(beginning, trust);
  const remarks = trust.history().flatMap((entry) => remarksOn(fingerprint, entry));
  const disputed = (stored ?? (finding?.result === 'successful' ? finding.issuer.stored : null))?.readingsDiffer;
  const proved = stored === null ? finding?.result === 'successful' : stored.verifiedBy !== null;
  return {
    certificate: summary,
    held: stored !== null,
    believed: proved && disputed === undefined,
    code:
      disputed !== undefined && proved
        ? 'certificate.readings-differ'
        : finding === null
          ? await heldCode(stored, trust)
          : foundCode(certificate, finding, remarks[0]?.code ?? null),
    readingsDiffer: disputed ?? [],
    path,
    valid: summary.notBefore <= at && at <= summary.notAfter,
    fresh: beginning !== null && (await isHeldFresh(beginning, trust, { at, limits })),
    revocation: await revocationOf(certificate, trust),
    remarks,
    sameKey: trust
      .list()
      .map((other) => other.summary)
      .filter(
        (other) => other.publicKeyFingerprint === summary.publicKeyFingerprint && other.fingerprint !== fingerprint,
      ),
  };
}

// A link that no list holds is told why the keys at hand do not make it believed.
async function heldCode(
  stored: StoredCertificate | null,
  trust: Pick<TrustRepository, 'list' | 'revocationLists'>,
): Promise<FailureCode | null> {
  if (stored?.verifiedBy !== null) return null;
  if (!isWaiting(stored)) return 'certificate.issuer-orphan';
  const lists = await trust.revocationLists(stored.summary.country);
  const proof = new LinkProof(trust.list(), revokedBy(lists));
  const verdict = proof.prove(openLink(parseCertificate(stored.der)));
  return verdict !== null && 'code' in verdict ? verdict.code : 'certificate.issuer-orphan';
}

function foundCode(certificate: Certificate, finding: PathFinding, remarked: FailureCode | null): FailureCode | null {
  if (finding.result !== 'successful') return remarked ?? finding.code;
  if (authorityFault(finding.issuer.certificate) !== null) return 'certificate.not-authority';
  if (usageFault(certificate, null) !== null) return 'certificate.usage-wrong';
  return finding.issuer.names === 'other' ? 'certificate.issuer-differs' : null;
}

function pathFrom(start: StoredCertificate, trust: Pick<TrustRepository, 'get'>): readonly PathStep[] {
  const path: PathStep[] = [];
  const seen = new Set<string>();
  let step: StoredCertificate | null = start;
  while (step !== null && !seen.has(step.summary.fingerprint) && path.length < mostSteps) {
    const { summary, verifiedBy, sources }: StoredCertificate = step;
    seen.add(summary.fingerprint);
    path.push({ certificate: summary, verifiedBy, sources });
    step = verifiedBy === null || verifiedBy === summary.fingerprint ? null : trust.get(verifiedBy);
  }
  return path;
}

function remarksOn(fingerprint: string, { at, kind, signer, remarks }: TrustHistoryEntry): TrustExplanation['remarks'] {
  return remarks.filter((remark) => remark.fingerprint === fingerprint).map(({ code }) => ({ at, kind, signer, code }));
}

async function revocationOf(
  { issuer, serialNumber }: Certificate,
  trust: Pick<TrustRepository, 'revocationLists'>,
): Promise<TrustExplanation['revocation']> {
  const lists = await trust.revocationLists(issuer.country);
  const list = lists.find(({ issuerKey }) => issuerKey === issuer.key);
  if (list === undefined) return null;
  const serial = serialKey(serialNumber);
  const omitted = list.omitted?.some((each) => each.serial === serial) === true;
  const revoked = omitted || openRevocationList(list).revoked.has(serial);
  return { issuer: list.issuer, thisUpdate: list.thisUpdate, revoked };
}
