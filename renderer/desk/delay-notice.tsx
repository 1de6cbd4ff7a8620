import { Hourglass } from 'lucide-react';
import type { ReadingView } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import classes from './question.module.css';

/** By this id buttons say why they wait. */
const delayNoticeId = 'access-delay';

/** What a button that begins another try is told: the id of the reason while the chip makes us wait. */
export function notNow({ delay }: ReadingView): string | undefined {
  return delay !== null && delay.left > 0 ? delayNoticeId : undefined;
}

/** The chip's delay as a countdown. It does not speak with each second: the desk announces its beginning and its end. */
export function DelayNotice({ reading }: { readonly reading: ReadingView }) {
  const { t } = useWords();
  const { delay } = reading;
  if (delay === null) return null;
  return (
    <div className={classes.delay} data-over={delay.left === 0}>
      <Hourglass className={classes.delaySign} aria-hidden="true" />
      <div id={delayNoticeId}>
        <p className={classes.delayLeft} role="timer" data-testid="access-delay">
          {delay.left > 0 ? t('reading/delayLeft', { seconds: delay.left }) : t('reading/delayOver')}
        </p>
        {delay.left > 0 ? <p>{t('reading/delayWhy')}</p> : null}
      </div>
    </div>
  );
}
