import { useCallback, useEffect, useState } from 'react';
import type { Answer } from '../../../preload/contract.ts';
import { Question } from '../../desk/question.tsx';
import { useWords } from '../../parts/language.ts';
import { FailureNotice } from '../../parts/notice.tsx';
import { useAsking } from '../../parts/use-asking.ts';
import { Signers } from '../signers.tsx';
import { trustRights } from '../trust-rights.ts';
import { Upkeep } from '../upkeep.tsx';
import classes from './set-up.module.css';
import type { StepProps } from './set-up-props.ts';
import { stateOf } from './set-up-view.ts';
import { StepEnd } from './step-end.tsx';

/** The first list of states' certificates: without one no document is proved genuine. */
export function ListsStep({ view, state, info, onChanged, onGoOn, onSkip }: StepProps) {
  const { t } = useWords();
  const { ask, failure } = useAsking();
  const [sources, setSources] = useState<Answer<'trust.sources'> | null>(null);
  const look = useCallback(async () => {
    const answer = await ask('trust.sources');
    if (answer !== null) setSources(answer.value);
  }, [ask]);
  const isQuiet = state.trustWork === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: work that ends has changed something
  useEffect(() => void look(), [look, isQuiet]);
  const changed = () => {
    void look();
    void onChanged();
  };
  const isDone = stateOf(view, 'lists') === 'done';
  const rights = trustRights(state.session.operator?.role ?? null);
  const { certificates } = view;
  const end = <StepEnd view={view} step="lists" onGoOn={onGoOn} onSkip={onSkip} />;
  return (
    <Question question={t('setUp/lists/question')} help={t('setUp/lists/help')}>
      {isDone ? (
        <p className={classes.stands}>
          {t(info.training ? 'setUp/lists/training' : 'setUp/lists/held', { count: certificates })}
        </p>
      ) : (
        <div className={classes.advice}>
          <p>{t('trust/firstHelp')}</p>
        </div>
      )}
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      {/* Where nothing needs to be done the way on comes first: below what may be changed it is out of sight on a small screen. */}
      {isDone ? end : null}
      {sources === null ? null : (
        <>
          <Upkeep sources={sources} work={state.trustWork} rights={rights} first={!isDone} onChanged={changed} />
          <Signers work={state.trustWork} rights={rights} onChanged={changed} />
        </>
      )}
      {isDone ? null : end}
    </Question>
  );
}
