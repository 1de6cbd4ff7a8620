import { type Check, type CheckId, type Detail, notMade, successful, unsuccessful } from '../../result/check.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import { shownDefectList } from '../path/resting-on.ts';
import type { DefectFinding, KnownDefect } from '../types.ts';
import type { DefectKind } from './defect-types.ts';

const id = 'document.defects';

// TR-03135-1 §5.8.2: what a known defect makes of a check that failed. What did not fail stays as it is.
const excuses: Readonly<Partial<Record<DefectKind, readonly CheckId[]>>> = {
  'signer-signature-wrong': ['passive-authentication.path'],
  'signer-encoding-wrong': ['passive-authentication.signature', 'passive-authentication.path'],
  'authority-encoding-wrong': ['passive-authentication.path'],
  'data-group-hash-wrong': ['passive-authentication.hashes'],
  'security-object-wrong': ['passive-authentication.signature'],
  'data-group-malformed': ['document.data-groups'],
  'files-inconsistent': ['common-data.consistency'],
  'mrz-wrong': ['document.mrz'],
  // EF.CardSecurity counts for chip authentication mapping alone.
  'card-security-malformed': ['pace-cam'],
};

// What proves that a state made the document, or that the chip is no copy. A forgery bears any document type and any date:
// only the entry that names the signer, whose key the forger lacks, says anything about why such a proof failed.
const proofs: readonly CheckId[] = [
  'passive-authentication.hashes',
  'passive-authentication.signature',
  'passive-authentication.path',
  'pace-cam',
];

// Keys that others have prove nothing, however well the chip answers.
const compromised: Readonly<Partial<Record<DefectKind, readonly CheckId[]>>> = {
  'chip-authentication-key-compromised': ['chip-authentication', 'pace-cam'],
  'active-authentication-key-compromised': ['active-authentication'],
};

// StatusCode (TR-03135-1 §5.8.2.1.1): these say that the signer is not trusted; on hold (1), revoked for an unknown
// reason (5) and national codes (from 32) leave it open.
const distrusted: readonly (number | null)[] = [0, 2, 3, 4];
const trustChecks: readonly CheckId[] = ['passive-authentication.path', 'passive-authentication.revocation'];

/**
 * What known defects make of the checks of a document, and `document.defects` itself: `successful` where a list that holds
 * knows of none, `failed` where a key or a signer is compromised, `undetermined` where another defect is known, one may
 * apply or no list can tell. Every check that a defect changed says so in `detail.defect`. For specimens, whose issuers publish no lists,
 * the check is not made.
 */
export function applyDefects(checks: readonly Check[], finding: DefectFinding): readonly Check[] {
  const changed = checks
    .filter((check) => check.id !== id)
    .map((check) => finding.known.reduce((current, known) => changedBy(current, known), check));
  const training = checks.some((check) => check.id === 'passive-authentication.path' && check.detail.training === true);
  return [...changed, training && finding.lists.length === 0 ? notMade(id) : defectsCheck(finding)];
}

function changedBy(check: Check, { defect, list, named }: KnownDefect): Check {
  const detail = { ...check.detail, defect: { kind: defect.kind, list: list.digest, was: check.result } };
  const made = check.result === 'successful' || check.result === 'failed' || check.result === 'undetermined';
  if (made && compromised[defect.kind]?.includes(check.id))
    return unsuccessful(check.id, 'failed', 'defects.key-compromised', detail);
  if (made && defect.kind === 'signer-revoked' && trustChecks.includes(check.id)) {
    if (distrusted.includes(defect.status)) return unsuccessful(check.id, 'failed', 'certificate.revoked', detail);
    return check.result === 'failed' ? check : unsuccessful(check.id, 'undetermined', 'certificate.revoked', detail);
  }
  const excused = excuses[defect.kind]?.includes(check.id) === true && (named || !proofs.includes(check.id));
  return check.result === 'failed' && excused ? unsuccessful(check.id, 'undetermined', 'defects.known', detail) : check;
}

function defectsCheck({ lists, fresh, known, possible, ...day }: DefectFinding): Check {
  const detail: Record<string, Detail> = {
    lists: lists.map((list) => shownDefectList(list, day)),
    known: known.map(shown),
    possible: possible.map(shown),
  };
  const worst = worstOf(known);
  if (worst !== null) return unsuccessful(id, worst.result, worst.code, detail);
  if (possible.length > 0) return unsuccessful(id, 'undetermined', 'defects.known', detail);
  if (lists.length === 0) return unsuccessful(id, 'undetermined', 'defects.no-list', detail);
  return fresh ? successful(id, detail) : unsuccessful(id, 'undetermined', 'trust.list-stale', detail);
}

function shown({ defect, list }: KnownDefect): Detail {
  const { kind, type, description, dataGroups } = defect;
  return { kind, type, description, dataGroups, list: list.digest };
}

function worstOf(known: readonly KnownDefect[]): { result: 'failed' | 'undetermined'; code: FailureCode } | null {
  if (known.some(({ defect }) => compromised[defect.kind] !== undefined))
    return { result: 'failed', code: 'defects.key-compromised' };
  const revoked = known.filter(({ defect }) => defect.kind === 'signer-revoked');
  if (revoked.some(({ defect }) => distrusted.includes(defect.status)))
    return { result: 'failed', code: 'certificate.revoked' };
  return known.length === 0 ? null : { result: 'undetermined', code: 'defects.known' };
}
