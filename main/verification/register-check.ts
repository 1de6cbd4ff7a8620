import type { InspectedDocument } from '../inspection/types.ts';
import { type Check, successful, unsuccessful } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { isWithin } from '../result/instant.ts';

/**
 * What the police's service answers of a Swedish passport or national identity card (polisen.se): *giltig*, *spärrat*, *inget
 * resultat*. The last is neither of the others: mistyped, not issued by the police, or forged.
 */
export const registerAnswers = ['valid', 'blocked', 'no-result'] as const;
export type RegisterAnswerWord = (typeof registerAnswers)[number];

/** An answer of the register, who got it, and of which document. */
export interface RegisterAnswer {
  /** A code where the register was asked and did not answer. */
  readonly answer: RegisterAnswerWord | { readonly failed: FailureCode };
  /** Staff typed the three values into the police's page, or the bank's own agreement asked. */
  readonly by: 'staff' | 'service';
  /** The sign of who looked it up; null where the service was asked. */
  readonly person: string | null;
  /** ISO 8601 with `Z`. */
  readonly at: string;
  /** As read from the chip, so that an answer about one document says nothing of another. */
  readonly documentNumber: string;
  /** The worst that was answered of the same document before, where it was another answer; missing where none was. */
  readonly before?: RegisterAnswerWord;
}

const worse: Readonly<Record<RegisterAnswerWord, number>> = { valid: 0, 'no-result': 1, blocked: 2 };

/** The answer with what was answered of the same document before: who types another one mends a slip, and it is told. */
export function answeredAfter(now: RegisterAnswer, earlier: RegisterAnswer | null): RegisterAnswer {
  if (earlier === null || earlier.documentNumber !== now.documentNumber) return now;
  const words = [earlier.answer, earlier.before].filter((word) => typeof word === 'string');
  const before = words.toSorted((a, b) => worse[b] - worse[a])[0];
  return before === undefined || before === now.answer ? now : { ...now, before };
}

/** Whether people may put this word (null: none) in the place of an answer: what the register itself told they make no better. */
export function mayReplace(
  earlier: RegisterAnswer | null,
  { answer, documentNumber }: { readonly answer: RegisterAnswerWord | null; readonly documentNumber: string },
): boolean {
  if (earlier === null || earlier.documentNumber !== documentNumber) return true;
  if (earlier.by !== 'service' || typeof earlier.answer !== 'string') return true;
  return answer !== null && worse[answer] >= worse[earlier.answer];
}

/** The three values, in the order in which the police's page asks for them. */
export interface RegisterQuestion {
  readonly documentNumber: string;
  readonly personalNumber: string;
  /** The last day, `YYYY-MM-DD`. */
  readonly expiry: string;
}

/** What can be asked of this document; null where the register does not know its kind, or a value is missing. */
export function registerQuestion(document: InspectedDocument | null): RegisterQuestion | null {
  if (document === null || !isInRegister(document)) return null;
  const { number, expiry, holder } = document;
  if (number === '' || expiry === null || holder.personalNumber === null) return null;
  return { documentNumber: number, personalNumber: holder.personalNumber, expiry };
}

// The service answers for passports and national identity cards that the Swedish police issued.
function isInRegister({ issuer, type }: InspectedDocument): boolean {
  return issuer === 'SWE' && (type === 'passport' || type === 'identity-card');
}

/** By when and how long an answer of the register counts. */
export interface AnswerAge {
  /** ISO 8601 with `Z`. */
  readonly now: string;
  /** As long as what was read does. */
  readonly minutes: number;
}

/**
 * Whether an answer that let the document pass is too old to count: a document is blocked in a minute. What speaks against it
 * never grows old. By a clock that went back nobody knows how old it is.
 */
export function isAnswerOld({ answer, at }: RegisterAnswer, { now, minutes }: AnswerAge): boolean {
  return answer === 'valid' && !isWithin(at, now, minutes);
}

/**
 * `register.validity`: whether the issuer's register has blocked the document, as the police's service told. Without an answer,
 * or with one about another document or too old, it is `undetermined`; *no result* is never *valid*. Documents of other states
 * are not in this register.
 */
export function registerCheck(
  answer: RegisterAnswer | null,
  document: InspectedDocument | null,
  counts: AnswerAge,
): Check {
  const id = 'register.validity';
  if (document === null) return unsuccessful(id, 'undetermined', 'document.not-read');
  if (!isInRegister(document))
    return unsuccessful(id, 'not supported', 'register.other-state', { issuer: document.issuer });
  if (answer === null || answer.documentNumber !== document.number)
    return unsuccessful(id, 'undetermined', 'register.not-asked');
  const { answer: told, by, person, at, before } = answer;
  const detail = { answeredBy: by, person, at, ...(before === undefined ? {} : { answerBefore: before }) };
  if (typeof told !== 'string') return unsuccessful(id, 'undetermined', told.failed, detail);
  if (isAnswerOld(answer, counts))
    return unsuccessful(id, 'undetermined', 'register.answer-old', {
      ...detail,
      answerThen: told,
      minutes: counts.minutes,
    });
  const answered = { ...detail, answer: told };
  if (told === 'valid') return successful(id, answered);
  if (told === 'blocked') return unsuccessful(id, 'failed', 'register.blocked', answered);
  return unsuccessful(id, 'undetermined', 'register.no-result', answered);
}

/** What the register answered, by the checks of a case; null where nobody asked it, or it did not answer. */
export function registerAnswerIn(checks: readonly Pick<Check, 'id' | 'detail'>[]): RegisterAnswerWord | null {
  const answer = checks.find(({ id }) => id === 'register.validity')?.detail.answer;
  return registerAnswers.find((known) => known === answer) ?? null;
}
