import { useCallback, useEffect, useState } from 'react';
import type { SetUpDraft, SetUpStep, SetUpView } from '../../../preload/contract.ts';
import { useDraft } from '../../parts/drafts.ts';
import { useWords } from '../../parts/language.ts';
import { FailureNotice } from '../../parts/notice.tsx';
import { useAsking } from '../../parts/use-asking.ts';
import { AdministratorStep } from './administrator-step.tsx';
import { CaseStep } from './case-step.tsx';
import { KeyStep } from './key-step.tsx';
import { ListsStep } from './lists-step.tsx';
import { OverviewStep } from './overview-step.tsx';
import { ReaderStep } from './reader-step.tsx';
import classes from './set-up.module.css';
import type { SetUpProps, StepProps } from './set-up-props.ts';
import { SetUpRail } from './set-up-rail.tsx';
import { stepAfter } from './set-up-view.ts';
import { StationStep } from './station-step.tsx';

/** The first set-up of a station: one step at a time, each of which says what it is for, and what follows from leaving it out. */
export function SetUp(props: SetUpProps) {
  const { state } = props;
  const { t } = useWords();
  const { ask, failure, forget } = useAsking();
  const [view, setView] = useState<SetUpView | null>(null);
  const [gone, setGone] = useState<SetUpStep | null>(null);
  const [typed, setTyped] = useDraft<SetUpDraft | null>('setUp.station', null);
  const look = useCallback(async () => {
    const answer = await ask('setUp.state');
    if (answer !== null) setView(answer.value);
  }, [ask]);
  const { station, trustWork } = state;
  const isQuiet = trustWork === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what others do meanwhile changes what is done
  useEffect(() => void look(), [look, station, isQuiet]);
  if (view === null)
    return (
      <main className={classes.page}>
        <h1 className={classes.title}>{t('setUp/title')}</h1>
        {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      </main>
    );
  const step = gone ?? view.step;
  const draft = typed ?? view.draft;
  const stand = async (next: SetUpStep) => {
    if ((await ask('setUp.stand', next, draft)) !== null) await look();
  };
  const goTo = (next: SetUpStep) => {
    forget();
    setGone(next);
    void stand(next);
  };
  const skip = async (left: SetUpView['steps'][number]['step']) => {
    if ((await ask('setUp.note', left, 'skipped')) !== null) goTo(stepAfter(left));
  };
  const given: StepProps = {
    ...props,
    view,
    draft,
    onDraft: setTyped,
    onKeep: (now) => void ask('setUp.stand', step, now),
    onChanged: look,
    onGoTo: goTo,
    onGoOn: () => {
      goTo(stepAfter(step));
    },
    onSkip: () => {
      if (step !== 'overview') void skip(step);
    },
  };
  return (
    <div className={classes.around}>
      <SetUpRail view={view} step={step} onGoTo={goTo} />
      <main className={classes.page}>
        {failure === null ? null : <FailureNotice code={failure} customer={false} />}
        <Step key={step} step={step} {...given} />
      </main>
    </div>
  );
}

function Step({ step, ...given }: StepProps & { readonly step: SetUpStep }) {
  switch (step) {
    case 'station':
      return <StationStep {...given} />;
    case 'key':
      return <KeyStep {...given} />;
    case 'lists':
      return <ListsStep {...given} />;
    case 'administrator':
      return <AdministratorStep {...given} />;
    case 'reader':
      return <ReaderStep {...given} />;
    case 'case':
      return <CaseStep {...given} />;
    case 'overview':
      return <OverviewStep {...given} />;
  }
}
