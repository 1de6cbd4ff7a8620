import { Pencil, RotateCw } from 'lucide-react';
import type { CaseView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './question.module.css';
import { Question } from './question.tsx';
import { seenOfCard } from './reading-view.ts';

interface NewKindQuestionProps {
  readonly view: CaseView;
  /** Staff want to change what was typed. */
  readonly onType: () => void;
}

/** A card that this version has not met: what it is told as, what was seen of it, and how to go on. */
export function NewKindQuestion({ view, onType }: NewKindQuestionProps) {
  const { t } = useWords();
  const { ask, failure } = useAsking();
  const seen = seenOfCard(view, t);
  return (
    <Question question={t('reading/newKind')} onSubmit={() => void ask('case.tap')}>
      <FailureNotice code="document.new-kind" />
      {seen.length === 0 ? null : (
        <ul className={classes.help} aria-label={t('reading/seen')}>
          {seen.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {failure === null ? null : <FailureNotice code={failure} />}
      <div className={classes.actions}>
        <Button kind="main" type="submit" icon={RotateCw} shortcut="F9">
          {t('reading/readAnother')}
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
