import { Question } from '../../desk/question.tsx';
import { Button } from '../../parts/button.tsx';
import { useWords } from '../../parts/language.ts';
import { FailureNotice } from '../../parts/notice.tsx';
import { useAsking } from '../../parts/use-asking.ts';
import classes from './set-up.module.css';
import type { StepProps } from './set-up-props.ts';
import { stateOf } from './set-up-view.ts';
import { StepEnd } from './step-end.tsx';

/** A case with made-up documents, from its beginning to its record: here in a training folder, elsewhere for staff to say. */
export function CaseStep(props: StepProps) {
  return props.info.training ? <TrainingCase {...props} /> : <CaseElsewhere {...props} />;
}

function TrainingCase({ view, state, onPage, onDesk, onGoOn, onSkip }: StepProps) {
  const { t } = useWords();
  const takesCases = state.session.operator?.takesCases ?? true;
  const isDone = stateOf(view, 'case') === 'done';
  return (
    <Question
      question={t(isDone ? 'setUp/case/taken' : 'setUp/case/question')}
      help={isDone ? undefined : t('setUp/case/help')}
      onSubmit={isDone ? onGoOn : takesCases ? onDesk : undefined}
    >
      {takesCases ? null : <p>{t('setUp/case/administrator')}</p>}
      <StepEnd view={view} step="case" onGoOn={onGoOn} onSkip={onSkip}>
        {takesCases ? (
          isDone ? null : (
            <Button kind="main" type="submit">
              {t('setUp/case/begin')}
            </Button>
          )
        ) : (
          <Button onClick={() => onPage('operators')}>{t('office/pages/operators')}</Button>
        )}
      </StepEnd>
    </Question>
  );
}

function CaseElsewhere({ view, onChanged, onGoOn, onSkip }: StepProps) {
  const { t } = useWords();
  const { ask, failure, busy } = useAsking();
  const isSaid = stateOf(view, 'case') === 'said';
  const say = async (how: 'said' | 'open') => {
    if ((await ask('setUp.note', 'case', how)) === null) return;
    await onChanged();
    if (how === 'said') onGoOn();
  };
  return (
    <Question
      question={t('setUp/case/elsewhere')}
      help={t('setUp/case/elsewhereHelp')}
      onSubmit={() => {
        if (isSaid) onGoOn();
        else if (!busy) void say('said');
      }}
    >
      {isSaid ? <p className={classes.stands}>{t('setUp/case/saidSo')}</p> : null}
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      <StepEnd view={view} step="case" onGoOn={onGoOn} onSkip={onSkip}>
        {isSaid ? (
          <Button onClick={() => void say('open')}>{t('setUp/case/notSo')}</Button>
        ) : (
          <Button kind="main" type="submit" disabled={busy}>
            {t('setUp/case/say')}
          </Button>
        )}
      </StepEnd>
    </Question>
  );
}
