import type { CheckId, CheckResult } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { Policy, PolicyOutcome } from './types.ts';

/** What a finding comes to where it is not `successful`. */
type Against = 'refer' | 'reject';

// Passive authentication is what says that a state made this document (9303-11 §5.1): without each of these answers nothing
// else that the chip says counts. What is known to be wrong there is nobody's to decide; a certificate that ran out does not
// make a document false (9303-12 §2).
const documentFloor: Readonly<Partial<Record<CheckId, Against>>> = {
  'passive-authentication.hashes': 'reject',
  'passive-authentication.signature': 'reject',
  'passive-authentication.path': 'reject',
  'passive-authentication.validity': 'refer',
  'passive-authentication.country': 'reject',
};

// A genuine document says nothing of who holds it.
const caseFloor: Readonly<Partial<Record<CheckId, Against>>> = { 'face.comparison': 'reject' };

// The issuer or headquarters has said that this document is not to be taken: lost, stolen, forged, misused. That is not for a
// colleague to weigh, whoever holds it and whatever the purpose asks. An open answer is the policy's to say.
const blockedFloor: Readonly<Partial<Record<CheckId, Against>>> = { 'register.validity': 'reject' };

// Numbers are not people: states have given one number to two, and names and birth dates are shared by many. Nobody on file is
// recognised by fewer than all three, or by a document that was seen before in the place of the number.
const holderFloor: Readonly<Partial<Record<CheckId, Against>>> = {
  'holder.personal-number': 'refer',
  'holder.name': 'refer',
  'holder.birth-date': 'refer',
  'holder.status': 'refer',
};

const order = ['accept', 'pass over', 'refer', 'reject'] as const satisfies readonly PolicyOutcome[];

/** The one of two outcomes that asks for more. */
export function stricter(one: PolicyOutcome, other: PolicyOutcome): PolicyOutcome {
  return order.indexOf(one) >= order.indexOf(other) ? one : other;
}

/** The checks of which a policy of this id accepts nothing but success, whatever it states. */
export function floorChecks(id: Policy['id']): readonly CheckId[] {
  const checks = id === 'document' ? documentFloor : { ...documentFloor, ...caseFloor };
  return Object.keys(checks) as CheckId[];
}

/**
 * The checks of the holder of which a policy of this id accepts nothing but success. Staff may go on against them at `refer`
 * as the policy says; of a new customer, and of who is asked for their age alone, they are not made.
 */
export function holderFloorChecks(id: Policy['id']): readonly CheckId[] {
  const nobodyOnFile = id === 'document' || id === 'new-customer' || id === 'age';
  return nobodyOnFile ? [] : (Object.keys(holderFloor) as CheckId[]);
}

// The issuer's key did sign what is there, and nobody else can have: what is odd about it is the bank's to weigh.
const weighable: readonly FailureCode[] = ['signature.exponent-small', 'security-object.attributes-missing'];

/** Whether a policy may pass over what this code says of a check under the floor. */
export function isWeighable(check: CheckId, code: FailureCode): boolean {
  // Many customers live abroad: a bank may know its own.
  if (check === 'holder.status') return code === 'holder.emigrated';
  return check === 'passive-authentication.signature' && weighable.includes(code);
}

/** The least that a result of a check leads to under every policy of this id; null where policies are free. */
export function floorOf(
  id: Policy['id'],
  {
    check,
    result,
    code,
  }: { readonly check: CheckId; readonly result: CheckResult | 'absent'; readonly code: FailureCode },
): Against | null {
  const blocked = result === 'failed' ? blockedFloor[check] : undefined;
  if (blocked !== undefined) return blocked;
  const ofCase = id === 'document' ? undefined : caseFloor[check];
  const ofHolder = holderFloorChecks(id).includes(check) ? holderFloor[check] : undefined;
  const failed = documentFloor[check] ?? ofCase ?? ofHolder;
  if (failed === undefined || result === 'successful') return null;
  if (result === 'undetermined' && isWeighable(check, code)) return null;
  return result === 'failed' ? failed : 'refer';
}
