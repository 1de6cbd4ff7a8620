import type { CaseStep } from '../../preload/contract.ts';

export type { CaseStep } from '../../preload/contract.ts';

/** The case's steps in their order: the rail, Alt+1…5 and Escape go by it. */
export const caseSteps: readonly CaseStep[] = ['purpose', 'holder', 'chip', 'face', 'decide'];

/** The step before, null for the first. */
export function stepBefore(step: CaseStep): CaseStep | null {
  return caseSteps[caseSteps.indexOf(step) - 1] ?? null;
}
