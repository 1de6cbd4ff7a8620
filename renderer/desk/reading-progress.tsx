import { Circle, CircleCheck, CircleDot, OctagonX } from 'lucide-react';
import type { CaseView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { bytesSoFar } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { Quote } from '../parts/quote.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { BeforeNews } from './before-news.tsx';
import { LaidBackNotice } from './laid-back-notice.tsx';
import classes from './question.module.css';
import { Question } from './question.tsx';
import { stepLines, stepWords } from './reading-view.ts';

const signs = { waiting: Circle, 'under-way': CircleDot, ended: CircleCheck } as const;

/** The reading as it goes on, or as it stands while the document is off the reader: the bar stays where it was. */
export function ReadingQuestion({ view, torn }: { readonly view: CaseView; readonly torn: boolean }) {
  const { t } = useWords();
  const { ask } = useAsking();
  const { bytesRead, bytesTotal, file } = view.reading;
  const question = t(torn ? 'reading/interrupted' : 'reading/readingQuestion');
  return (
    <Question question={question} help={t(torn ? 'reading/interruptedHelp' : 'reading/readingHelp')}>
      <BeforeNews view={view} />
      <LaidBackNotice reading={view.reading} />
      <div className={classes.bar}>
        <p className={classes.barFigures}>
          <span>{stepWords(view, t)}</span>
          <span>{file === null ? '' : bytesSoFar(t, bytesRead, bytesTotal)}</span>
        </p>
        <ProgressBar
          tone={torn ? 'ask' : undefined}
          aria-label={t('reading/progress')}
          value={bytesRead}
          max={Math.max(bytesTotal, 1)}
        />
      </div>
      <Quote say={({ t: said }) => said(torn ? 'reading/waitingAsk' : 'reading/readingAsk')} />
      <ol className={classes.steps} aria-label={t('reading/steps')}>
        {stepLines(view, t).map(({ step, words, state }) => {
          const Sign = signs[state];
          return (
            <li
              key={step}
              className={classes.step}
              data-state={state}
              aria-current={state === 'under-way' ? 'step' : undefined}
            >
              <Sign className={classes.stepSign} aria-hidden="true" />
              <span>{words}</span>
              <span className={classes.stepEnd}>{t(`stepStates/${state}`)}</span>
            </li>
          );
        })}
      </ol>
      <div className={classes.actions}>
        <Button kind="quiet" icon={OctagonX} onClick={() => void ask('case.stopReading')}>
          {t('reading/stop')}
        </Button>
      </div>
    </Question>
  );
}
