import { useId } from 'react';
import type { DeskState } from '../../../preload/contract.ts';
import { Question } from '../../desk/question.tsx';
import { Button } from '../../parts/button.tsx';
import { useWords } from '../../parts/language.ts';
import { FailureNotice } from '../../parts/notice.tsx';
import { useAsking } from '../../parts/use-asking.ts';
import { ReaderTest } from '../reader-test.tsx';
import classes from './set-up.module.css';
import type { StepProps } from './set-up-props.ts';
import { StepEnd } from './step-end.tsx';

/** A document is laid on the reader and asked whether it is one; nothing of it is read. */
export function ReaderStep({ view, state, onChanged, onGoOn, onSkip }: StepProps) {
  const { t } = useWords();
  const { ask, failure, busy } = useAsking();
  const waiting = useId();
  const named = (name: string): string =>
    state.readers.some((each) => each.name === name && each.kind === 'training') ? t('training/readerName') : name;
  const somethingLies = state.readers.some(({ state: lies }) => lies !== 'empty' && lies !== 'unusable');
  const test = async () => {
    await ask('setUp.testReader');
    await onChanged();
  };
  const { reader } = view;
  return (
    <Question
      question={t('setUp/reader/question')}
      help={t('setUp/reader/help')}
      onSubmit={() => {
        if (somethingLies && !busy) void test();
      }}
    >
      <div id={waiting} role="status">
        <ReadersNow readers={state.readers} service={state.service} named={named} />
      </div>
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      <ReaderTest test={reader} named={named} />
      <StepEnd view={view} step="reader" onGoOn={onGoOn} onSkip={onSkip}>
        <Button
          kind={reader === null ? 'main' : 'plain'}
          type="submit"
          notNow={somethingLies && !busy ? undefined : waiting}
        >
          {t(reader === null ? 'setUp/reader/test' : 'setUp/reader/again')}
        </Button>
      </StepEnd>
    </Question>
  );
}

interface ReadersNowProps extends Pick<DeskState, 'readers' | 'service'> {
  readonly named: (name: string) => string;
}

function ReadersNow({ readers, service, named }: ReadersNowProps) {
  const { t, failure } = useWords();
  if (!service.available) {
    const words = service.code === null ? null : failure(service.code);
    return <p>{words === null ? t('condition/serviceGone') : `${words.happened} ${words.staff}`}</p>;
  }
  if (readers.length === 0) return <p>{`${t('condition/noReader')}. ${t('condition/noReaderAdvice')}`}</p>;
  return (
    <ul className={classes.readers}>
      {readers.map(({ name, state }) => (
        <li key={name}>
          <bdi>{named(name)}</bdi>: {t(`setUp/reader/states/${state}`)}
        </li>
      ))}
    </ul>
  );
}
