import type { CheckView } from '../../preload/contract.ts';

/** What the register may answer, in the order in which it is shown. */
export const registerWords = ['valid', 'blocked', 'no-result'] as const;
export type RegisterWord = (typeof registerWords)[number];

/** What the register answered, by the checks of a case; null where nobody asked it, or it did not answer. */
export function registerAnswer(checks: readonly CheckView[]): RegisterWord | null {
  const answer = checks.find(({ id }) => id === 'register.validity')?.detail.answer;
  return registerWords.find((known) => known === answer) ?? null;
}

/** The words for `stolenStatus` of a record; a record of an earlier app says `not checked`. */
export function stolenWords(status: string) {
  const known = registerWords.find((word) => word === status);
  return known === undefined ? ('records/notChecked' as const) : (`register/answer-${known}` as const);
}
