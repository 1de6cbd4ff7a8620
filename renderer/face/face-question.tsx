import { Check } from 'lucide-react';
import type { CaseView } from '../../preload/contract.ts';
import classes from '../desk/question.module.css';
import { Question } from '../desk/question.tsx';
import { isReused } from '../desk/reading-view.ts';
import { Button } from '../parts/button.tsx';
import { type Choice, Choices } from '../parts/choices.tsx';
import { useDraft } from '../parts/drafts.ts';
import { ReasonField } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { type FaceAnswer, isAnswerWhole, isOpen } from './answer-view.ts';
import { Comparison } from './comparison.tsx';
import faceClasses from './face.module.css';
import { FilmSigns } from './film-signs.tsx';
import { MachineAdvice } from './machine-advice.tsx';
import { mostPortraitYears } from './portrait-age.ts';
import type { Portrait } from './use-portrait.ts';

// The two opposite answers lie at the two ends.
const answers: readonly FaceAnswer[] = ['same', 'unsure', 'not-same'];

interface FaceQuestionProps {
  readonly view: CaseView;
  readonly portrait: Portrait;
  /** At an attended station staff's answer also says that a living person stood there. */
  readonly attended: boolean;
}

/** Staff compare and answer on their own; whatever is not `same` needs a reason. */
export function FaceQuestion({ view, portrait, attended }: FaceQuestionProps) {
  const { t } = useWords();
  const { ask, busy, failure } = useAsking();
  // What was chosen for one reading's photo is not offered for another's.
  const place = `face/${view.reading.taps}`;
  const [answer, setAnswer] = useDraft<FaceAnswer | null>(`${place}/answer`, view.face?.answer ?? null);
  const [reason, setReason] = useDraft(`${place}/reason`, view.face?.reason ?? '');
  const reused = isReused(view);
  const reasonNeeded = answer !== null && answer !== 'same';
  const ready = isAnswerWhole(answer, reason, portrait.state, reused);
  const save = () => {
    if (answer === null || !ready) return;
    void ask('case.answerFace', answer, reasonNeeded ? reason.trim() : null);
  };
  const choices = answers.map((value): Choice<FaceAnswer> => {
    const disabled = !isOpen(value, portrait.state, reused);
    const closed = t(portrait.state === 'decoding' ? 'face/decoding' : 'face/sameClosed');
    return { value, name: t(`face/answer/${value}`), disabled, ...(disabled ? { help: closed } : {}) };
  });
  return (
    <Question
      question={t('face/question')}
      help={t('face/help')}
      onSubmit={save}
      // Where the photo is there already the answers have the focus, else the sentence until it is.
      focusHeading={!isOpen('same', portrait.state, reused)}
      wide
    >
      <Comparison
        portrait={portrait}
        reused={reused}
        years={mostPortraitYears(view.checks)}
        machine={view.machine ?? null}
      />
      <FilmSigns checks={view.checks} />
      <Choices
        legend={t('face/answers')}
        help={attended ? t('face/sameMeans') : undefined}
        className={faceClasses.answers}
        choices={choices}
        value={answer}
        onChange={setAnswer}
        focusFirst
      />
      <MachineAdvice machine={view.machine} />
      {failure === null ? null : <FailureNotice code={failure} />}
      <div className={classes.search}>
        {reasonNeeded ? <ReasonField label={t('face/reason')} value={reason} required onChange={setReason} /> : null}
        <Button kind="main" type="submit" icon={Check} disabled={busy || !ready}>
          {t('face/action')}
        </Button>
      </div>
    </Question>
  );
}
