import type { Inspection } from '../inspection/types.ts';
import type { Check } from '../result/check.ts';
import type { Verdict } from '../verification/types.ts';
import type { Answer } from './command.ts';

/** An inspection as judged: what `inspect`, `check` and `verify` answer. */
export interface JudgedInspection {
  readonly inspection: Pick<Inspection, 'document' | 'access' | 'reading' | 'specimen'>;
  /** All checks that the verdict rests on, in the order of `checkIds`. */
  readonly checks: readonly Check[];
  readonly verdict: Verdict;
  readonly training: boolean;
  /** How often the document was laid down; left out where no chip was read. */
  readonly taps?: number;
}

/** The JSON of an inspection, as `inspect`, `check` and `verify` answer with `--json`. */
export function inspectionAnswer({ inspection, checks, verdict, training, taps }: JudgedInspection): Answer {
  const { document, access, reading } = inspection;
  return {
    verdict: verdict.verdict,
    reasons: verdict.reasons,
    passedOver: checks
      .filter(({ id, result }) => verdict.passedOver.includes(id) && result !== 'successful')
      .map(({ id, code }) => ({ check: id, code })),
    conditions: verdict.conditions,
    document,
    access,
    checks,
    reading,
    training,
    ...(taps === undefined ? {} : { taps }),
  };
}
