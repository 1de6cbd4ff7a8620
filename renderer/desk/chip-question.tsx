import { useState } from 'react';
import type { CaseView, DeskState } from '../../preload/contract.ts';
import { KeyQuestion } from './key-question.tsx';
import { NewKindQuestion } from './new-kind-question.tsx';
import { NoChipQuestion } from './no-chip-question.tsx';
import { ReadingQuestion } from './reading-progress.tsx';
import { ReadQuestion, StoppedQuestion, WaitingQuestion } from './reading-questions.tsx';
import { chipPanel } from './reading-view.ts';

/** The chip step: first what opens the chip, then the tap, then what came of it. */
export function ChipQuestion({ view, state }: { readonly view: CaseView; readonly state: DeskState }) {
  const [typing, setTyping] = useState(false);
  const type = () => setTyping(true);
  const panel = chipPanel(view, typing);
  switch (panel) {
    case 'key':
      return <KeyQuestion view={view} specimen={state.specimen} onLeave={() => setTyping(false)} />;
    case 'waiting':
      return <WaitingQuestion view={view} onType={type} />;
    case 'reading':
    case 'interrupted':
      return <ReadingQuestion view={view} torn={panel === 'interrupted'} />;
    case 'failed':
      return <StoppedQuestion view={view} onType={type} />;
    case 'no-chip':
    case 'no-document':
      return <NoChipQuestion answered={panel === 'no-document'} onType={type} />;
    case 'new-kind':
      return <NewKindQuestion view={view} onType={type} />;
    case 'done':
      return <ReadQuestion view={view} onType={type} />;
  }
}
