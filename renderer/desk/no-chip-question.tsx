import { Pencil, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { type Choice, Choices } from '../parts/choices.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Quote } from '../parts/quote.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './question.module.css';
import { Question } from './question.tsx';

const kinds = ['passport', 'identity-card', 'driving-licence', 'other-card', 'nothing'] as const;
type Kind = (typeof kinds)[number];

interface NoChipQuestionProps {
  /** A chip answered and holds no travel document; else nothing answered at all. */
  readonly answered: boolean;
  /** Whether something lies on a reader. */
  readonly lies: boolean;
  readonly onType: () => void;
}

/** Nothing that helps lies on the reader: asks what it is, and says kindly what to do about it. */
export function NoChipQuestion({ answered, lies, onType }: NoChipQuestionProps) {
  const { t } = useWords();
  const { ask, failure } = useAsking();
  const [kind, setKind] = useState<Kind | null>(null);
  const choices = kinds
    .filter((each) => !answered || each !== 'nothing')
    .map((value): Choice<Kind> => ({ value, name: t(`noChip/choices/${value}`) }));
  const question = t(answered ? 'reading/noApplication' : 'noChip/question');
  return (
    <Question
      question={question}
      help={t(answered && !lies ? 'noChip/helpLifted' : answered ? 'noChip/helpAnswered' : 'noChip/help')}
      onSubmit={() => void ask('case.tap')}
    >
      <Choices legend={question} legendHidden choices={choices} value={kind} onChange={setKind} />
      <div role="status">
        {kind === null ? null : (
          <div className={classes.advice}>
            <p>{t(`noChip/advice/${kind}`)}</p>
            <Quote say={({ t: said }) => said(`noChip/say/${kind}`)} />
          </div>
        )}
      </div>
      {failure === null ? null : <FailureNotice code={failure} />}
      <div className={classes.actions}>
        <Button kind={answered && !lies ? 'plain' : 'main'} type="submit" icon={RotateCw} shortcut="F9">
          {t('noChip/retry')}
        </Button>
        <Button kind="quiet" icon={Pencil} onClick={onType}>
          {t('reading/changeKey')}
        </Button>
        <span className={classes.apart}>
          <Button onClick={() => void ask('case.goTo', 'decide')}>{t('reading/goToDecide')}</Button>
        </span>
      </div>
    </Question>
  );
}
