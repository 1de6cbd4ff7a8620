import type { RecordRow } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import classes from './records.module.css';
import { verdictMark } from './verdict-view.ts';

/** A past verdict by shape and word, that the record was erased when its time was over, or that its seal does not open. */
export function VerdictCell({ row }: { readonly row: RecordRow }) {
  const { t } = useWords();
  const { verdict, erasedOn } = row;
  if (erasedOn !== null) return <span className={classes.verdict}>{t('records/erased', { day: erasedOn })}</span>;
  return (
    <span className={classes.verdict}>
      <ResultMark mark={verdict === null ? 'failed' : verdictMark(verdict)} />
      {verdict === null ? t('records/sealBroken') : t(`verdict/words/${verdict}`)}
    </span>
  );
}
