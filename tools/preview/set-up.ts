import type { SetUpStep, SetUpView } from '../../preload/contract.ts';

const steps = ['station', 'key', 'lists', 'administrator', 'reader', 'case'] as const;

/** A station that is set up altogether. */
export const allDone: SetUpView = {
  over: true,
  step: 'overview',
  steps: steps.map((step) => ({ step, state: 'done' as const })),
  name: 'Uppsala, kassa 2',
  kind: 'attended',
  draft: null,
  certificates: 627,
  administrators: 2,
  backup: true,
  reader: null,
};

/** One whose set-up came as far as this step: the key is there, a list was left out. */
export function setUpAt(step: SetUpStep, done: readonly SetUpStep[] = []): SetUpView {
  const come = steps.indexOf(step as (typeof steps)[number]);
  const far = come === -1 ? steps.length : come;
  return {
    ...allDone,
    over: false,
    step,
    steps: steps.map((each, index) => ({
      step: each,
      state:
        each === 'key' || done.includes(each)
          ? 'done'
          : index >= far || each === 'case'
            ? 'open'
            : each === 'station'
              ? 'done'
              : 'skipped',
    })),
    name: far > 0 ? 'Uppsala, kassa 2' : null,
    kind: far > 0 ? 'attended' : null,
    certificates: 0,
    administrators: 0,
    backup: false,
  };
}
