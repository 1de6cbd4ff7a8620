import { Plus, Receipt as ReceiptIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Answer, ReceiptView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { CopyButton } from '../parts/copied-text.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { AnswerCode } from './answer-code.tsx';
import classes from './question.module.css';
import { Question } from './question.tsx';
import { PrintedReceipt } from './receipt.tsx';

/** What stays of a case on this screen: the record's number and fingerprint, nothing of the customer. */
export interface Sealed {
  readonly recordId: string;
  readonly hash: string;
  /** How it ended: what staff decided, or without a decision. */
  readonly outcome: 'go-on' | 'refer' | 'stop' | 'abandoned';
}

interface SealedQuestionProps {
  readonly sealed: Sealed;
  /** Whether a card or passport is on a reader still. */
  readonly left: boolean;
  /** Whether it was the training case to which the first set-up leads. */
  readonly endsSetUp: boolean;
  readonly onNewCase: () => void;
}

/** The end of a case. */
export function SealedQuestion({ sealed, left, endsSetUp, onNewCase }: SealedQuestionProps) {
  const { t } = useWords();
  const { ask } = useAsking();
  const paper = useAsking();
  const [receipt, setReceipt] = useState<ReceiptView | null>(null);
  const number = useRef<HTMLElement>(null);
  const [told, setTold] = useState<Answer<'case.lastAnswer'>>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each record that is shown.
  useEffect(() => {
    void ask('case.lastAnswer').then((answer) => setTold(answer?.value ?? null));
  }, [ask, sealed.recordId]);
  const makeReceipt = async () => setReceipt((await paper.ask('case.lastReceipt'))?.value ?? null);
  return (
    <Question
      question={t(`sealed/ended/${sealed.outcome}`)}
      help={t(`sealed/next/${sealed.outcome}`)}
      onSubmit={onNewCase}
    >
      <p role="status" className={classes.left} data-testid="left-on-reader">
        {left ? t('sealed/giveBack') : ''}
      </p>
      <p>{t('sealed/help')}</p>
      {endsSetUp ? <p data-testid="set-up-ended">{t('setUp/ended')}</p> : null}
      <dl className={classes.sealed}>
        <dt>{t('sealed/number')}</dt>
        <dd ref={number} data-testid="record-id">
          {sealed.recordId}
        </dd>
        <dt>{t('records/fingerprint')}</dt>
        <dd data-testid="record-hash">{sealed.hash}</dd>
      </dl>
      <div className={classes.actions}>
        <Button kind="main" type="submit" icon={Plus}>
          {t('sealed/newCase')}
        </Button>
        <Button icon={ReceiptIcon} disabled={paper.busy} onClick={() => void makeReceipt()}>
          {t('receipt/print')}
        </Button>
        <CopyButton of={number}>{t('sealed/copy')}</CopyButton>
      </div>
      {paper.failure === null ? null : <FailureNotice code={paper.failure} customer={false} />}
      {receipt === null ? null : <PrintedReceipt receipt={receipt} onPrinted={() => setReceipt(null)} />}
      {told === null ? null : <AnswerCode key={told.short} told={told} />}
    </Question>
  );
}
