import { useEffect } from 'react';
import type { AppInfo, DeskState } from '../../preload/contract.ts';
import { FaceQuestion } from '../face/face-question.tsx';
import type { Portrait } from '../face/use-portrait.ts';
import { ChipQuestion } from './chip-question.tsx';
import { DecisionQuestion } from './decision-question.tsx';
import { HolderQuestion } from './holder-question.tsx';
import { PurposeQuestion } from './purpose-question.tsx';
import type { Sealed } from './sealed-question.tsx';

interface CaseQuestionProps {
  readonly state: DeskState;
  readonly info: AppInfo;
  readonly portrait: Portrait;
  readonly onSealed: (sealed: Sealed) => void;
  /** A step has appeared: what went wrong in the one before is over. */
  readonly onArrive: () => void;
}

/** The question of the case's present step. */
export function CaseQuestion({ state, info, portrait, onSealed, onArrive }: CaseQuestionProps) {
  useEffect(onArrive, [onArrive]);
  const view = state.case;
  const left = state.readers.some((reader) => reader.state === 'card');
  if (view === null) return <PurposeQuestion view={null} left={left} />;
  switch (view.step) {
    case 'purpose':
      return <PurposeQuestion view={view} left={false} />;
    case 'holder':
      return <HolderQuestion view={view} />;
    case 'chip':
    case 'second':
      return <ChipQuestion view={view} state={state} />;
    case 'face':
      // Another reading is another comparison: an answer that was chosen and not yet given is not offered for it.
      return (
        <FaceQuestion
          key={`${view.reading.taps} ${view.portrait !== 'none'}`}
          view={view}
          portrait={portrait}
          attended={state.station === 'attended'}
        />
      );
    case 'decide':
      return <DecisionQuestion view={view} info={info} operator={state.session.operator} onSealed={onSealed} />;
  }
}
