import { useState } from 'react';
import { Question } from '../../desk/question.tsx';
import { useWords } from '../../parts/language.ts';
import { FailureNotice } from '../../parts/notice.tsx';
import { useAsking } from '../../parts/use-asking.ts';
import { NewOperator } from '../new-operator.tsx';
import type { AskChange } from '../operators-view.ts';
import type { StepProps } from './set-up-props.ts';
import { StepEnd } from './step-end.tsx';

/** The first administrator, and at once a second one. From then on everybody signs in. */
export function AdministratorStep({ view, info, onChanged, onGoOn, onSkip }: StepProps) {
  const { t } = useWords();
  const { ask, failure, busy } = useAsking();
  const [waits, setWaits] = useState(false);
  const { administrators } = view;
  const which = administrators === 0 ? 'first' : administrators === 1 ? 'second' : 'enough';
  const change: AskChange = async (method, ...args) => {
    setWaits(true);
    const done = (await ask(method, ...args)) !== null;
    setWaits(false);
    // Where it was the first, the page waits for a sign-in from now on.
    if (done) await onChanged();
    return done;
  };
  return (
    <Question
      question={t(`setUp/administrator/${which}`)}
      help={t(`setUp/administrator/${which}Help`, { count: administrators })}
    >
      {info.training && which === 'first' ? <p>{t('setUp/administrator/training')}</p> : null}
      <p role="status">{waits ? t('confirm/waits') : ''}</p>
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      {which === 'enough' ? null : (
        <NewOperator key={which} first={which === 'first'} suggested="administrator" busy={busy} onAsk={change} />
      )}
      <StepEnd view={view} step="administrator" more={which !== 'enough'} onGoOn={onGoOn} onSkip={onSkip} />
    </Question>
  );
}
