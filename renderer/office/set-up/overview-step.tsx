import { Question } from '../../desk/question.tsx';
import { Button } from '../../parts/button.tsx';
import { useWords } from '../../parts/language.ts';
import { FailureNotice } from '../../parts/notice.tsx';
import { ResultMark } from '../../parts/result-mark.tsx';
import { useAsking } from '../../parts/use-asking.ts';
import classes from './set-up.module.css';
import type { StepProps } from './set-up-props.ts';
import { leftOpen, stepMarks } from './set-up-view.ts';

/** What is done and what is not, with what follows from it; here the set-up is ended. */
export function OverviewStep({ view, onGoTo, onDesk, onChanged }: StepProps) {
  const { t } = useWords();
  const { ask, failure, busy } = useAsking();
  const left = leftOpen(view).length;
  const finish = async () => {
    if ((await ask('setUp.finish')) === null) return;
    await onChanged();
    onDesk();
  };
  return (
    <Question
      question={t(left === 0 ? 'setUp/overview/all' : 'setUp/overview/some', { count: left })}
      help={t(view.over ? 'setUp/overview/over' : 'setUp/overview/help')}
      onSubmit={() => {
        if (view.over) onDesk();
        else if (!busy) void finish();
      }}
    >
      <ul className={classes.sum}>
        {view.steps.map(({ step, state }) => (
          <li key={step} className={classes.sumItem} data-testid={`sum-${step}`}>
            <ResultMark mark={stepMarks[state]} />
            <div className={classes.sumText}>
              <p>
                <strong>{t(`setUp/names/${step}`)}</strong>: {t(`setUp/states/${state}`)}
              </p>
              {state === 'done' || state === 'said' ? null : (
                <p>
                  {t('setUp/without')} {t(`setUp/consequences/${step}`)}
                </p>
              )}
            </div>
            {state === 'done' ? null : (
              <Button kind="quiet" onClick={() => onGoTo(step)}>
                <span className="only-heard">{t(`setUp/names/${step}`)}: </span>
                {t('setUp/overview/goTo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      <div className={classes.actions}>
        <Button kind="main" type="submit" disabled={busy}>
          {t(view.over ? 'app/desk' : 'setUp/overview/finish')}
        </Button>
      </div>
    </Question>
  );
}
