import type { SetUpStep, SetUpView } from '../../../preload/contract.ts';
import { setUpSteps } from '../../../preload/set-up-contract.ts';
import { useWords } from '../../parts/language.ts';
import { ResultMark } from '../../parts/result-mark.tsx';
import classes from './set-up.module.css';
import { stateOf, stepMarks } from './set-up-view.ts';

interface SetUpRailProps {
  readonly view: SetUpView;
  readonly step: SetUpStep;
  readonly onGoTo: (step: SetUpStep) => void;
}

/** The steps of the set-up with how each stands: any of them can be gone to. */
export function SetUpRail({ view, step, onGoTo }: SetUpRailProps) {
  const { t } = useWords();
  return (
    <nav className={classes.rail} aria-label={t('setUp/steps')}>
      <p className={classes.railTitle}>{t('setUp/title')}</p>
      <ol className={classes.steps}>
        {setUpSteps.map((each) => {
          const state = stateOf(view, each);
          return (
            <li key={each}>
              <button
                type="button"
                className={classes.step}
                aria-current={each === step ? 'step' : undefined}
                data-testid={`set-up-${each}`}
                data-state={state ?? undefined}
                onClick={() => onGoTo(each)}
              >
                {state === null ? <span className={classes.noMark} /> : <ResultMark mark={stepMarks[state]} />}
                <span className={classes.stepText}>
                  <span className={classes.stepName}>{t(`setUp/names/${each}`)}</span>
                  {state === null ? null : (
                    <>
                      <span className="only-heard">, </span>
                      <span className={classes.stepState}>{t(`setUp/states/${state}`)}</span>
                    </>
                  )}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
