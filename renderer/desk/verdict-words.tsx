import type { FailureCode } from '../../main/result/failure-codes.ts';
import type { CaseView, VerdictView } from '../../preload/contract.ts';
import { conditionWords } from '../../resources/texts/condition-words.ts';
import { dayInWords } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { Quote } from '../parts/quote.tsx';
import { ResultMark } from '../parts/result-mark.tsx';
import { markOf } from './check-view.ts';
import classes from './question.module.css';
import { registerAnswer } from './register-view.ts';
import { checkBehind, passedOverOpen, reasonSentence, verdictMark } from './verdict-view.ts';

/** The reasons behind the verdict: what is so, what to do, what to tell the customer. */
export function VerdictWords({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const { verdict } = view;
  if (verdict === null) return null;
  return (
    <section className={classes.reasons} aria-label={t('decide/reasons')}>
      {verdict.reasons.length === 0 ? <p>{t('decide/noReasons')}</p> : null}
      {verdict.reasons.map((code, index) => (
        <Reason key={code} code={code} view={view} whole={index === 0} />
      ))}
      <PassedOver view={view} />
      <Conditions verdict={verdict} />
      <p className={classes.aside}>
        {verdict.passedOver.length === 0 ? null : `${t('decide/passedOver', { count: verdict.passedOver.length })} `}
        {registerAnswer(view.checks) === null ? t('decide/stolen') : null}
      </p>
    </section>
  );
}

/** More lines than these would push what is asked out of sight: they run on. */
const fewLines = 2;

/** What going on is tied to: said before the decision, not found out after it. */
function Conditions({ verdict: { conditions } }: { readonly verdict: VerdictView }) {
  const { t, language } = useWords();
  if (conditions.length === 0) return null;
  return (
    <section className={classes.reason} aria-label={t('conditions/heading')} data-testid="conditions">
      <ResultMark mark="refer" />
      <div className={classes.reasonText}>
        <p className={classes.reasonHead}>{t('conditions/heading')}</p>
        {conditions.map((condition) => {
          const words = conditionWords(condition, t, (date) => dayInWords(language, date));
          return <p key={words}>{words}</p>;
        })}
      </div>
    </section>
  );
}

/** What could not be told and was passed over, by name: an accept with something open is not the same as one without. */
function PassedOver({ view: { checks, verdict } }: { readonly view: CaseView }) {
  const { t, failure } = useWords();
  const open = passedOverOpen(checks, verdict);
  if (open.length === 0) return null;
  return (
    <ul
      className={`${classes.aside} ${open.length > fewLines ? classes.inLine : ''}`}
      aria-label={t('evidence/passedOver')}
      data-testid="passed-over"
    >
      {open.map(({ id, code }) => (
        <li key={id} data-failure={code}>
          {t('evidence/passedOver')}: {t(`checks/${id}/name`)}.{' '}
          {code === null ? t(`checks/${id}/undetermined`) : failure(code).happened}
        </li>
      ))}
    </ul>
  );
}

interface ReasonProps {
  readonly code: FailureCode;
  readonly view: CaseView;
  /** The first reason says what to do and what to tell the customer; the others say what is so. */
  readonly whole: boolean;
}

function Reason({ code, view, whole }: ReasonProps) {
  const words = useWords();
  const { staff } = words.failure(code);
  const check = checkBehind(code, view);
  const mark = check === undefined ? verdictMark(view.verdict?.verdict ?? 'refer') : markOf(check, view.verdict);
  return (
    <div className={classes.reason} data-failure={code}>
      <ResultMark mark={mark} />
      <div className={classes.reasonText}>
        <p className={classes.reasonHead}>{reasonSentence(code, view, words)}</p>
        {whole ? (
          <>
            <p>{staff}</p>
            <Quote kind="tell" say={({ failure }) => failure(code).customer} />
          </>
        ) : null}
      </div>
    </div>
  );
}
