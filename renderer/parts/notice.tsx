import type { FailureCode } from '../../main/result/failure-codes.ts';
import { useWords } from './language.ts';
import { Quote } from './quote.tsx';
import { type Mark, ResultMark } from './result-mark.tsx';
import classes from './said.module.css';

interface FailureNoticeProps {
  readonly code: FailureCode;
  readonly mark?: Mark;
  /** What is announced at once; a notice that stands there from the start is read in its turn. */
  readonly urgent?: boolean;
  /** Whether a customer may stand there and is to be told. */
  readonly customer?: boolean;
}

/** A failure in words: what happened, what to do, what to tell the customer. */
export function FailureNotice({ code, mark = 'refer', urgent = true, customer = true }: FailureNoticeProps) {
  const { failure } = useWords();
  const words = failure(code);
  return (
    <div className={`${classes.notice} ${classes[mark]}`} role={urgent ? 'alert' : undefined} data-failure={code}>
      <ResultMark mark={mark} />
      <div className={classes.body}>
        <p className={classes.happened}>{words.happened}</p>
        <p>{words.staff}</p>
        {customer ? <Quote kind="tell" say={(each) => each.failure(code).customer} /> : null}
      </div>
    </div>
  );
}
