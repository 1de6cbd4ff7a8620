import type { DecisionInput } from '../../preload/contract.ts';
import { Failure } from '../result/failure.ts';
import { type DecisionGround, decide, isSameVerdict } from '../verification/decision.ts';
import type { Decider, Decision, Verdict } from '../verification/types.ts';

/** A reason in words, or null where nothing but white space was typed. */
export function reasonFrom(text: string | null): string | null {
  const reason = text?.trim() ?? '';
  return reason === '' ? null : reason;
}

/** Who decides: the operator who signed in, else the sign that staff typed, else the account of the operating system. */
export function deciderFrom(
  sign: string | null,
  operatingSystemUser: string,
  operator: { readonly id: string; readonly sign: string } | null = null,
): Decider {
  if (operator !== null) return { sign: operator.sign, source: 'operator', operatorId: operator.id };
  const typed = reasonFrom(sign);
  return typed === null ? { sign: operatingSystemUser, source: 'operating-system' } : { sign: typed, source: 'typed' };
}

/**
 * Staff's decision as the page sent it. Fails as `decide` does, and with `decision.verdict-changed` where the verdict is no
 * longer the one that they saw, rests on other reasons or is tied to other conditions: at midnight a document expires, a list grows
 * stale, another policy comes. `shown` is what the last snapshot said.
 */
export function decisionFrom(input: DecisionInput, ground: DecisionGround, shown: Verdict, by: Decider): Decision {
  const { verdict } = ground;
  if (input.seen !== verdict.verdict || !isSameVerdict(verdict, shown)) throw new Failure('decision.verdict-changed');
  return decide(ground, input.outcome, input.reason, by);
}
