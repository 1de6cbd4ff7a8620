import type { CaseStep, CaseView } from '../../preload/contract.ts';

export type { CaseStep } from '../../preload/contract.ts';

/** The case's steps in their order: the rail, Alt+1…5 and Escape go by it. */
export const caseSteps: readonly CaseStep[] = ['purpose', 'holder', 'chip', 'face', 'decide'];

/** The step before, null for the first. A person whom the document names is asked for nowhere else. */
export function stepBefore({ step, holderAsked }: Pick<CaseView, 'step' | 'holderAsked'>): CaseStep | null {
  const steps = holderAsked ? caseSteps : caseSteps.filter((each) => each !== 'holder');
  return steps[steps.indexOf(step) - 1] ?? null;
}
