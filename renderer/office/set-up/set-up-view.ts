import type { DeskState, SetUpStep, SetUpView } from '../../../preload/contract.ts';
import { setUpSteps } from '../../../preload/set-up-contract.ts';
import type { View } from '../../desk/reader-strip.tsx';
import type { Mark } from '../../parts/result-mark.tsx';

export type StepState = SetUpView['steps'][number]['state'];

/** Whether whoever is there may set the station up: an administrator, or anybody where nobody signs in. */
export function maySetUp({ needed, operator }: DeskState['session']): boolean {
  return !needed || operator?.role === 'administrator';
}

/** What the window shows: a set-up that is not over comes before an empty desk, until somebody leaves it. */
export function shownView(
  chosen: View,
  { setUp, session, case: open }: Pick<DeskState, 'setUp' | 'session' | 'case'>,
  left: boolean,
): View {
  if (chosen === 'setUp') return maySetUp(session) ? 'setUp' : 'desk';
  const comes = setUp !== null && open === null && !left && maySetUp(session);
  return chosen === 'desk' && comes ? 'setUp' : chosen;
}

/** How a step stands, in shape and colour: what is only said is no more than said. */
export const stepMarks: Readonly<Record<StepState, Mark>> = {
  done: 'successful',
  said: 'refer',
  skipped: 'untold',
  open: 'untold',
};

export function stateOf(view: SetUpView, step: SetUpStep): StepState | null {
  return view.steps.find((each) => each.step === step)?.state ?? null;
}

/** The step after this one; the overview is the last. */
export function stepAfter(step: SetUpStep): SetUpStep {
  return setUpSteps[setUpSteps.indexOf(step) + 1] ?? 'overview';
}

/** Those that nobody has done, in their order. */
export function leftOpen(view: SetUpView): SetUpView['steps'] {
  return view.steps.filter(({ state }) => state !== 'done');
}
