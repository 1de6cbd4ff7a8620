import { ArrowRight, CreditCard, Pencil, RotateCw, ScanFace } from 'lucide-react';
import type { FailureCode } from '../../main/result/failure-codes.ts';
import type { CaseView } from '../../preload/contract.ts';
import { retryAfter } from '../../resources/failures/retry.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Quote } from '../parts/quote.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { type BadNews, badNews } from './bad-news.ts';
import { BeforeNews } from './before-news.tsx';
import { DelayNotice, notNow } from './delay-notice.tsx';
import { LaidBackNotice } from './laid-back-notice.tsx';
import { LayingPicture } from './laying-picture.tsx';
import classes from './question.module.css';
import { Question } from './question.tsx';
import { isReused } from './reading-view.ts';

interface PanelProps {
  readonly view: CaseView;
  /** Staff want to change what was typed. */
  readonly onType: () => void;
}

interface WaitingProps extends PanelProps {
  /** Whether something lies on a reader: else there is nothing that could be read now. */
  readonly lies: boolean;
}

/**
 * The key is there, the document is not. Reading begins by itself when it is laid down; what the page alone says against it is said
 * before that.
 */
export function WaitingQuestion({ view, onType, lies }: WaitingProps) {
  const { t } = useWords();
  const { ask, failure } = useAsking();
  const shown = failure ?? view.reading.code;
  return (
    <Question question={t('reading/waiting')} help={t('reading/waitingHelp')}>
      <BeforeNews view={view} />
      <Quote say={({ t: said }) => said('reading/waitingAsk')} />
      <LayingPicture />
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

// Trying the same key again would only make the chip slower.
const wrongKeys: ReadonlySet<FailureCode> = new Set([
  'access.wrong-key',
  'access.wrong-key-maybe',
  'access.key-missing',
  'access.not-offered',
  'access.can-unusable',
]);

/** The reading ended without the chip: why, and the one thing that helps first. */
export function StoppedQuestion({ view, onType }: PanelProps) {
  const { t } = useWords();
  const { ask, failure } = useAsking();
  const code = view.reading.code ?? 'document.not-read';
  const retype = wrongKeys.has(code);
  const mainIsTap = !retype && retryAfter(code) !== 'no';
  return (
    <Question question={t('reading/failed')}>
      <LaidBackNotice reading={view.reading} />
      <FailureNotice code={code} />
      {failure === null || failure === code ? null : <FailureNotice code={failure} />}
      <DelayNotice reading={view.reading} />
      <div className={classes.actions}>
        {retype ? (
          <Button kind="main" icon={Pencil} onClick={onType}>
            {t('reading/retype')}
          </Button>
        ) : null}
        <Button
          kind={mainIsTap ? 'main' : 'plain'}
          icon={RotateCw}
          shortcut="F9"
          notNow={notNow(view.reading)}
          onClick={() => void ask('case.tap')}
        >
          {t('reading/tap')}
        </Button>
        {retype ? null : (
          <Button kind="quiet" icon={Pencil} onClick={onType}>
            {t('reading/changeKey')}
          </Button>
        )}
        <span className={classes.apart}>
          <Button kind={retype || mainIsTap ? 'plain' : 'main'} onClick={() => void ask('case.goTo', 'decide')}>
            {t('reading/goToDecide')}
          </Button>
        </span>
      </div>
    </Question>
  );
}

/** The chip is read: what failed first; else on to the face, or to the decision where there is no photo. */
export function ReadQuestion({ view, onType }: PanelProps) {
  const words = useWords();
  const { t } = words;
  const { ask, failure } = useAsking();
  const reused = isReused(view);
  const hasPortrait = view.portrait !== 'none' || reused;
  const news = badNews(view, words);
  const refused = news?.verdict === 'reject';
  const mainIsFace = hasPortrait && !refused;
  const help = refused
    ? undefined
    : t(reused ? 'reuse/usedHelp' : hasPortrait ? 'reading/doneHelp' : 'reading/doneNoPhoto');
  return (
    <Question
      question={news?.sentence ?? t(reused ? 'reuse/used' : 'reading/done')}
      help={help}
      verdict={news?.verdict ?? null}
    >
      <LaidBackNotice reading={view.reading} />
      {news === null ? null : <BadNewsWords news={news} />}
      {failure === null ? null : <FailureNotice code={failure} />}
      <div className={classes.actions}>
        {mainIsFace ? null : (
          <Button kind="main" icon={ArrowRight} onClick={() => void ask('case.goTo', 'decide')}>
            {t('reading/goToDecide')}
          </Button>
        )}
        {hasPortrait ? (
          <Button kind={mainIsFace ? 'main' : 'plain'} icon={ScanFace} onClick={() => void ask('case.goTo', 'face')}>
            {t('reading/goToFace')}
          </Button>
        ) : null}
        {view.second?.open === true ? (
          <Button icon={CreditCard} shortcut="F6" onClick={() => void ask('case.goTo', 'second')}>
            {t(view.second.laid ? 'second/show' : 'second/lay')}
          </Button>
        ) : null}
        <Button icon={RotateCw} shortcut="F9" onClick={() => void ask('case.tap')}>
          {t('reading/tap')}
        </Button>
        <Button kind="quiet" icon={Pencil} onClick={onType}>
          {t('reading/readAnother')}
        </Button>
      </div>
    </Question>
  );
}

function BadNewsWords({ news }: { readonly news: BadNews }) {
  const { failure } = useWords();
  const { staff } = failure(news.code);
  return (
    <div className={classes.news} data-failure={news.code}>
      {news.others.length === 0 ? null : (
        <ul>
          {news.others.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <p>{staff}</p>
      <Quote kind="tell" say={(words) => words.failure(news.code).customer} />
    </div>
  );
}
