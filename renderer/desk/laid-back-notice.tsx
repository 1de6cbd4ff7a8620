import { CircleCheck, FileX2 } from 'lucide-react';
import type { ReadingView } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import classes from './question.module.css';

/** What came back after a torn reading: the same document or another. The desk announces it too. */
export function LaidBackNotice({ reading }: { readonly reading: ReadingView }) {
  const { t } = useWords();
  const { laidBack } = reading;
  if (laidBack === null) return null;
  const Sign = laidBack === 'same-chip' ? CircleCheck : FileX2;
  return (
    <p className={classes.laidBack} data-laid-back={laidBack} data-testid="laid-back">
      <Sign className={classes.laidBackSign} aria-hidden="true" />
      <span>{t(`reading/${laidBack}`)}</span>
    </p>
  );
}
