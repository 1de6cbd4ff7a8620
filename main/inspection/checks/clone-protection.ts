import type { ActiveAuthenticationAnswer } from '../../chip/active-authentication.ts';
import type { ActiveAuthenticationSignature } from '../../chip/active-authentication-signature.ts';
import type { ChipAuthenticationEvidence } from '../../chip/chip-authentication.ts';
import { toHex } from '../../result/bytes.ts';
import { type Check, type CheckId, type Detail, successful, unsuccessful } from '../../result/check.ts';
import type { PlainFailure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import { isGone } from './access-checks.ts';

/** What stands behind a key of the chip: its data group, and whether the issuer's signature reaches it. */
export interface DataGroupStanding {
  readonly number: 14 | 15;
  /** Whether the security object's signature is right. */
  readonly signed: boolean;
  /** Whether EF.SOD or EF.COM announces the group. */
  readonly announced: boolean;
  /** Whether the group was read and is identical to what the signed security object lists. */
  readonly identical: boolean;
  /** Whether DG14 names the protocol for which the group would hold the key. */
  readonly promised: boolean;
  /** Why the group could not be read or understood; null where it could, or nobody tried. */
  readonly failure: PlainFailure | null;
}

const keyMissing = {
  'chip-authentication': 'chip-authentication.key-missing',
  'active-authentication': 'active-authentication.key-missing',
} as const satisfies Partial<Record<CheckId, FailureCode>>;

/** `proven` says whether an answer under the new keys verified. */
export type ChipAuthenticationFinding =
  | { readonly evidence: ChipAuthenticationEvidence; readonly proven: boolean }
  | { readonly failure: PlainFailure };

export type ActiveAuthenticationFinding =
  | { readonly answer: ActiveAuthenticationAnswer; readonly signature: ActiveAuthenticationSignature }
  | { readonly answer: ActiveAuthenticationAnswer | null; readonly failure: PlainFailure };

/**
 * `chip-authentication` (9303-11 §6.2; TR-03135-1 §5.6.5): successful only where the chip answered under the new keys and
 * DG14 is what the issuer signed. Without the second half the key could be anybody's.
 */
export function chipAuthenticationCheck(
  finding: ChipAuthenticationFinding | null,
  standing: DataGroupStanding,
  end: PlainFailure | null,
): Check {
  const id = 'chip-authentication';
  if (finding === null) return withoutKey(id, standing, end, 'chip-authentication.not-offered');
  if ('failure' in finding) return refused(id, finding.failure, standing);
  const { evidence, proven } = finding;
  const detail: Record<string, Detail> = { ...evidence };
  if (!proven) {
    if (end === null) return unsuccessful(id, 'undetermined', 'chip-authentication.not-proven', detail);
    if (isGone(end)) return unsuccessful(id, 'aborted', end.code, detail);
    return unsuccessful(id, 'failed', 'chip-authentication.failed', { ...detail, reason: end.code });
  }
  return vouchedFor(id, standing, detail);
}

/**
 * `active-authentication` (9303-11 §6.1; TR-03135-1 §5.6.6): successful only where the signature over our challenge is right
 * and DG15 is what the issuer signed. Challenge and answer are the evidence.
 */
export function activeAuthenticationCheck(
  finding: ActiveAuthenticationFinding | null,
  standing: DataGroupStanding,
  end: PlainFailure | null,
): Check {
  const id = 'active-authentication';
  if (finding === null) return withoutKey(id, standing, end, 'active-authentication.not-offered');
  const evidence =
    finding.answer === null
      ? {}
      : { challenge: toHex(finding.answer.challenge), response: toHex(finding.answer.response) };
  if ('failure' in finding) return refused(id, finding.failure, standing, evidence);
  return vouchedFor(id, standing, { ...finding.signature, ...evidence });
}

function refused(
  id: keyof typeof keyMissing,
  failure: PlainFailure,
  standing: DataGroupStanding,
  detail: Check['detail'] = {},
): Check {
  if (failure.code.endsWith('.not-offered')) return withoutKey(id, standing, null, failure.code);
  const unknown = failure.code.endsWith('.unsupported');
  const result = isGone(failure) ? 'aborted' : unknown ? 'undetermined' : 'failed';
  return unsuccessful(id, result, failure.code, { ...failure.fields, ...detail });
}

function vouchedFor(id: CheckId, standing: DataGroupStanding, detail: Check['detail']): Check {
  if (standing.signed && standing.identical) return successful(id, detail);
  return unsuccessful(id, 'undetermined', 'data-group.not-verified', { ...detail, dataGroup: standing.number });
}

// That a document has no key is known only from what its issuer signed: a copy may simply leave the group away.
function withoutKey(
  id: keyof typeof keyMissing,
  standing: DataGroupStanding,
  end: PlainFailure | null,
  code: PlainFailure['code'],
): Check {
  const { number: dataGroup, signed, announced, identical, promised, failure } = standing;
  if (end !== null) return unsuccessful(id, 'aborted', end.code);
  if (failure !== null) {
    const reason = { dataGroup, reason: failure.code };
    return unsuccessful(id, 'undetermined', isMissing(failure) ? 'data-group.missing' : failure.code, reason);
  }
  if (signed && (!announced || identical)) {
    // A protocol that is named and has no key: the two do not go together, and neither can be told to be right.
    return promised
      ? unsuccessful(id, 'undetermined', keyMissing[id], { dataGroup })
      : unsuccessful(id, 'not supported', code, { dataGroup });
  }
  return unsuccessful(id, 'undetermined', 'data-group.not-verified', { dataGroup });
}

function isMissing(failure: PlainFailure): boolean {
  return failure.code === 'file.not-found' || failure.code === 'file.refused';
}
