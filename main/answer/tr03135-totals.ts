import type { CheckResult } from '../result/check.ts';

/*
 * How BSI TR-03135-1 version 2.5 makes one result of several, table by table. Of `failed` and `aborted` the guideline gives an order
 * in T5.44 alone, failed first; the others follow it.
 */

type Results = readonly CheckResult[];
const has = (results: Results, result: CheckResult): boolean => results.includes(result);
const every = (results: Results, result: CheckResult): boolean => results.every((one) => one === result);

// "Successful where all are, failed where one is, aborted where one is": T5.2, T5.22, T5.27, T5.31, T5.39; what is left is undetermined.
const all = (results: Results): CheckResult => {
  if (has(results, 'failed')) return 'failed';
  if (has(results, 'aborted')) return 'aborted';
  return results.length > 0 && every(results, 'successful') ? 'successful' : 'undetermined';
};

/** The rules by which totals are made, and the tables that say so. */
export const byTotal = {
  /** T5.2: for what is neither successful, failed nor aborted the application speaks: undetermined. */
  overall: all,
  /** T5.17: BAC or PACE is the one that every document asks for; a chip that is read in plain has neither. */
  access: (results: Results): CheckResult => {
    if (has(results, 'failed')) return 'failed';
    if (has(results, 'aborted')) return 'aborted';
    return has(results, 'not supported') ? 'not supported' : all(results);
  },
  /** T5.18: one of the two is enough, and the other is not needed then. */
  eitherProtocol: (results: Results): CheckResult => {
    if (has(results, 'successful')) return 'successful';
    return every(results, 'not supported') ? 'not supported' : all(results);
  },
  /** T5.22: what a document does not support leaves the whole undetermined. */
  content: all,
  /** T5.23: one proof is enough; those that the document does not have say nothing. */
  authenticity: (results: Results): CheckResult => {
    if (has(results, 'successful')) return 'successful';
    return every(results, 'not supported') ? 'not supported' : all(results.filter((one) => one !== 'not supported'));
  },
  all,
  /** T5.44. */
  combined: (results: Results): CheckResult => {
    for (const result of ['failed', 'aborted', 'undetermined', 'successful'] as const)
      if (has(results, result)) return result;
    return 'not supported';
  },
} satisfies Record<string, (results: Results) => CheckResult>;

/** The name of a rule. */
export type Total = keyof typeof byTotal;
