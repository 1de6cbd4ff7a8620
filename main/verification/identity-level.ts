import type { Holder } from '../holders/holder.ts';
import { readTwelveDigits } from '../holders/numbers/sweden.ts';
import { type Check, unsuccessful } from '../result/check.ts';

/**
 * `holder.personal-number` where the number on file is a coordination number: equal is not enough for a purpose that takes
 * some identity levels alone (lag 2022:1697: the state is sure of who bears it, finds it likely, or does not know). A level
 * that nobody has said is none of them. Null: all are taken.
 */
export function withIdentityLevel(
  checks: readonly Check[],
  holder: Pick<Holder, 'personalNumber' | 'identityLevel'> | null,
  taken: readonly string[] | null,
): readonly Check[] {
  const level = holder?.identityLevel ?? 'unknown';
  const number = holder?.personalNumber ? readTwelveDigits(holder.personalNumber) : null;
  const isCoordination = number?.valid === true && number.kind === 'coordination';
  if (taken === null || !isCoordination || taken.includes(level)) return checks;
  return checks.map((check) =>
    check.id === 'holder.personal-number' && check.result === 'successful'
      ? unsuccessful(check.id, 'undetermined', 'holder.identity-level', {
          ...check.detail,
          identityLevel: level,
          taken,
        })
      : check,
  );
}
