import { useState } from 'react';
import type { CaseView, DeskState } from '../../preload/contract.ts';
import { KeyQuestion } from './key-question.tsx';
import { laidView } from './laid-view.ts';
import { NewKindQuestion } from './new-kind-question.tsx';
import { NoChipQuestion } from './no-chip-question.tsx';
import { ReadingQuestion } from './reading-progress.tsx';
import { ReadQuestion, StoppedQuestion, WaitingQuestion } from './reading-questions.tsx';
import { chipPanel } from './reading-view.ts';
import { ReuseOffer } from './reuse-offer.tsx';
import { SecondLeave, SecondRead, SecondWaiting } from './second-question.tsx';

interface ChipProps {
  readonly view: CaseView;
  readonly state: DeskState;
}

/** The chip step, and that of a second document: first what opens the chip, then the tap, then what came of it. */
export function ChipQuestion(props: ChipProps) {
  const { step, second, reuse, reading } = props.view;
  const [typing, setTyping] = useState(false);
  const panel = <ChipPanel {...props} typing={typing} onTyping={setTyping} />;
  const offered = reuse !== null && reuse.used === null && reading.state !== 'reading' ? reuse.offered : null;
  if (step !== 'second' || second === null)
    return (
      <>
        {panel}
        {offered === null || reading.state === 'done' ? null : <ReuseOffer readAt={offered} />}
      </>
    );
  return (
    <>
      {panel}
      {second.reading.state === 'reading' ? null : <SecondLeave laid={second.laid} />}
    </>
  );
}

interface PanelProps extends ChipProps {
  readonly typing: boolean;
  readonly onTyping: (typing: boolean) => void;
}

function ChipPanel({ view, state, typing, onTyping }: PanelProps) {
  const isSecond = view.step === 'second';
  const laid = laidView(view);
  const type = () => onTyping(true);
  const panel = chipPanel(laid, typing);
  const lies = state.readers.some((reader) => reader.state === 'card');
  switch (panel) {
    case 'key':
      return <KeyQuestion view={laid} specimen={state.specimen} onLeave={() => onTyping(false)} />;
    case 'waiting':
      return isSecond ? (
        <SecondWaiting view={view} onType={type} lies={lies} />
      ) : (
        <WaitingQuestion view={view} onType={type} lies={lies} />
      );
    case 'reading':
    case 'interrupted':
      return <ReadingQuestion view={laid} torn={panel === 'interrupted'} />;
    case 'failed':
      return <StoppedQuestion view={laid} onType={type} />;
    case 'no-chip':
      if (isSecond) return <SecondWaiting view={view} onType={type} lies={lies} />;
      return <NoChipQuestion answered={false} lies={lies} onType={type} />;
    case 'no-document':
      return <NoChipQuestion answered lies={lies} onType={type} />;
    case 'new-kind':
      return <NewKindQuestion view={laid} onType={type} />;
    case 'done':
      return isSecond ? <SecondRead view={view} onType={type} /> : <ReadQuestion view={view} onType={type} />;
  }
}
