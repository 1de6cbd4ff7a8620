import type { Inspection } from '../inspection/types.ts';
import type { Check } from '../result/check.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { ageCheck } from './age-check.ts';
import { paperCheck } from './paper-check.ts';
import type { PaperAnswer } from './paper-findings.ts';
import { type RegisterAnswer, registerCheck } from './register-check.ts';
import type { CaseFacts, Policy, StationKind } from './types.ts';

/** What an errand asks of people beside the document and the faces. */
export interface ErrandAnswers {
  /** What staff found of the paper or card; null before they looked. */
  readonly paper: PaperAnswer | null;
  /** What the register of valid and blocked documents answered; null before it was asked. */
  readonly register: RegisterAnswer | null;
  /** The age that is asked for, in years; null where the policy's first limit is. */
  readonly ageLimit: number | null;
  /** Why no electronic identification is used, in staff's words; null where nobody has said it. */
  readonly whyNotEid: string | null;
}

export const noAnswers: ErrandAnswers = { paper: null, register: null, ageLimit: null, whyNotEid: null };

/** The checks that this purpose asks for and no other does: what nobody asks is not made, and not shown as made. */
export function errandChecks(
  { paper, register, age, evidenceMinutes }: Pick<Policy, 'paper' | 'register' | 'age' | 'evidenceMinutes'>,
  answers: ErrandAnswers,
  around: {
    readonly inspection: Pick<Inspection, 'document' | 'mrz' | 'details'> | null;
    readonly station: StationKind | null;
    readonly at: PlainDate;
    /** ISO 8601 with `Z`. */
    readonly now: string;
  },
): readonly Check[] {
  const counts = { now: around.now, minutes: evidenceMinutes };
  const limit = answers.ageLimit ?? age?.limits[0];
  return [
    ...(paper === 'none' ? [] : [paperCheck(answers.paper, around.station)]),
    ...(register === 'none' ? [] : [registerCheck(answers.register, around.inspection?.document ?? null, counts)]),
    ...(age === null || limit === undefined ? [] : [ageCheck(around.inspection, limit, around.at)]),
  ];
}

/** What a record keeps of it: what the policy asked for, answered or not, and how long the bank is to keep what it has. */
export function errandFacts(
  policy: Pick<Policy, 'paper' | 'whyNotEid' | 'retention'>,
  { paper, whyNotEid }: ErrandAnswers,
): Pick<CaseFacts, 'paper' | 'whyNotEid' | 'retention'> {
  return {
    ...(policy.paper === 'none' ? {} : { paper }),
    ...(policy.whyNotEid === 'none' ? {} : { whyNotEid }),
    ...(policy.retention === null ? {} : { retention: policy.retention }),
  };
}
