import { ArrowRight, Pencil, RotateCw, ScanFace } from 'lucide-react';
import type { CaseView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Quote } from '../parts/quote.tsx';
import { ResultMark } from '../parts/result-mark.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { markOf } from './check-view.ts';
import { LaidBackNotice } from './laid-back-notice.tsx';
import { laidView } from './laid-view.ts';
import classes from './question.module.css';
import { Question } from './question.tsx';

interface SecondProps {
  readonly view: CaseView;
  readonly onType: () => void;
}

interface WaitingProps extends SecondProps {
  /** Whether something lies on a reader. */
  readonly lies: boolean;
}

/** What opens the permit is known, and the passport may still lie there: they are to be changed. */
export function SecondWaiting({ view, onType, lies }: WaitingProps) {
  const { t } = useWords();
  const { ask, failure } = useAsking();
  const shown = failure ?? laidView(view).reading.code;
  return (
    <Question question={t('second/waiting')} help={t('second/waitingHelp')}>
      <Quote say={({ t: said }) => said('second/waitingAsk')} />
      {shown === null ? null : <FailureNotice code={shown} />}
      <div className={classes.actions}>
        <Button kind={lies ? 'main' : 'plain'} icon={RotateCw} shortcut="F9" onClick={() => void ask('case.tap')}>
          {t('reading/tapFirst')}
        </Button>
        <Button kind="quiet" icon={Pencil} onClick={onType}>
          {t('reading/changeKey')}
        </Button>
      </div>
    </Question>
  );
}

/** The permit was read: what it comes to beside the passport, and on. */
export function SecondRead({ view, onType }: SecondProps) {
  const { t, failure: words } = useWords();
  const { ask, failure } = useAsking();
  const check = view.checks.find(({ id }) => id === 'document.second');
  const hasPortrait = view.portrait !== 'none';
  return (
    <Question question={t('second/read')}>
      <LaidBackNotice reading={laidView(view).reading} />
      {check === undefined ? null : (
        <div className={classes.reason} role="status" data-testid="second-result" data-result={check.result}>
          <ResultMark mark={markOf(check, view.verdict)} />
          <div className={classes.reasonText}>
            <p className={classes.reasonHead}>{t(`checks/document.second/${check.result}`)}</p>
            {check.code === null ? null : (
              <p>
                {words(check.code).happened} {words(check.code).staff}
              </p>
            )}
          </div>
        </div>
      )}
      {failure === null ? null : <FailureNotice code={failure} />}
      <div className={classes.actions}>
        <Button
          kind="main"
          icon={hasPortrait ? ScanFace : ArrowRight}
          onClick={() => void ask('case.goTo', hasPortrait ? 'face' : 'decide')}
        >
          {t(hasPortrait ? 'reading/goToFace' : 'reading/goToDecide')}
        </Button>
        <Button icon={RotateCw} shortcut="F9" onClick={() => void ask('case.tap')}>
          {t('reading/tap')}
        </Button>
        <Button kind="quiet" icon={Pencil} onClick={onType}>
          {t('second/readAnother')}
        </Button>
      </div>
    </Question>
  );
}

/** The way back to one document: nothing of the second one is kept, and the verdict no longer counts it. */
export function SecondLeave({ laid }: { readonly laid: boolean }) {
  const { t } = useWords();
  const { ask, failure } = useAsking();
  const leave = () => (laid ? ask('case.dropSecond') : ask('case.goTo', 'chip'));
  return (
    <div className={classes.leave}>
      {failure === null ? null : <FailureNotice code={failure} />}
      <Button kind="quiet" onClick={() => void leave()}>
        {t(laid ? 'second/drop' : 'second/without')}
      </Button>
    </div>
  );
}
