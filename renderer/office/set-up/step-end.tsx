import { type ReactNode, useId } from 'react';
import type { SetUpView } from '../../../preload/contract.ts';
import { Button } from '../../parts/button.tsx';
import { useWords } from '../../parts/language.ts';
import classes from './set-up.module.css';
import { stateOf } from './set-up-view.ts';

interface StepEndProps {
  readonly view: SetUpView;
  readonly step: SetUpView['steps'][number]['step'];
  /** What the step itself does; what Enter does unless the step is done. */
  readonly children?: ReactNode;
  /** Whether the step has something of its own to do still, although it is done. */
  readonly more?: boolean;
  readonly onGoOn: () => void;
  readonly onSkip: () => void;
}

/** How one leaves a step: with it done, or without it, knowing what follows. */
export function StepEnd({ view, step, children, more = false, onGoOn, onSkip }: StepEndProps) {
  const { t } = useWords();
  const consequence = useId();
  const state = stateOf(view, step);
  const isDone = state === 'done' || state === 'said';
  return (
    <footer className={classes.end}>
      <div className={classes.actions}>
        {children}
        {isDone ? (
          <Button kind={more ? 'plain' : 'main'} onClick={onGoOn}>
            {t('setUp/goOn')}
          </Button>
        ) : null}
      </div>
      {isDone ? null : (
        <div className={classes.skip}>
          <p id={consequence}>
            <strong>{t('setUp/without')}</strong> {t(`setUp/consequences/${step}`)}
          </p>
          <Button kind="quiet" describedBy={consequence} onClick={onSkip}>
            {t('setUp/skip')}
          </Button>
        </div>
      )}
    </footer>
  );
}
