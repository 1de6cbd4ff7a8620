import type { Check, CheckId } from '../../result/check.ts';
import type { FailureCode } from '../../result/failure-codes.ts';

/** What tells how the chip was opened. */
export const openingIds: readonly CheckId[] = ['access.pace', 'access.bac', 'access.downgrade', 'secure-messaging'];

/** Every check that rests on the session with the chip, which its files do not show. */
const sessionIds: readonly CheckId[] = [...openingIds, 'chip-authentication', 'active-authentication', 'pace-cam'];

const reasons: readonly (FailureCode | null)[] = [
  'file.not-read',
  'evidence.malformed',
  'evidence.changed',
  'evidence.not-sealed',
  'evidence.signer-unknown',
];

/** Whether a check says that nobody saw the session it rests on, or that its word for it does not count (0006). */
export function isUnseen({ id, result, code }: Pick<Check, 'id' | 'result' | 'code'>): boolean {
  return result === 'undetermined' && sessionIds.includes(id) && reasons.includes(code);
}
