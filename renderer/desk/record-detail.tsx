import { FileOutput, Printer, Receipt as ReceiptIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReceiptView, RecordView } from '../../preload/contract.ts';
import { conditionWords } from '../../resources/texts/condition-words.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import { Button } from '../parts/button.tsx';
import { dayAndTime, dayInWords } from '../parts/formats.ts';
import { nameInList, purposeInList } from '../parts/holder-name.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { CheckList } from './check-list.tsx';

import { OrderRows } from './order-rows.tsx';
import { PrintedReceipt } from './receipt.tsx';
import { type ShownRecord, shownRecord } from './record-view.ts';
import classes from './records.module.css';
import { stolenWords } from './register-view.ts';
import { VerdictCell } from './verdict-cell.tsx';

interface RecordDetailProps {
  readonly id: string;
  readonly mayExport: boolean;
}

/** One record: what was decided, by whom, on what; and the whole of it as it was sealed. */
export function RecordDetail({ id, mayExport }: RecordDetailProps) {
  const { ask, failure } = useAsking();
  const [record, setRecord] = useState<RecordView | null>(null);
  useEffect(() => {
    void ask('records.show', id).then((answer) => setRecord(answer?.value ?? null));
  }, [ask, id]);
  if (failure !== null) return <FailureNotice code={failure} mark="failed" />;
  return record === null ? null : <Record record={record} mayExport={mayExport} />;
}

function Record({ record, mayExport }: { readonly record: RecordView; readonly mayExport: boolean }) {
  const { t } = useWords();
  const { row, hash, content } = record;
  const shown = shownRecord(content);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <article className={classes.record}>
      <header className={classes.head}>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          {t('records/record', { number: row.number })}
          {row.training ? <span className={classes.tag}>{t('records/training')}</span> : null}
        </h1>
        <p className={classes.verdict}>
          <VerdictCell row={row} />
          {row.outcome === null ? null : ` · ${t(`outcomes/${row.outcome}`)}`}
        </p>
        <RecordActs id={row.id} mayExport={mayExport} />
      </header>
      <div className={classes.columns}>
        <dl className={classes.facts}>
          <Fact name={t('records/id')} value={row.id} mono />
          <Fact name={t('records/fingerprint')} value={hash} mono />
          <Fact name={t('records/holder')} value={nameInList(t, row)} />
          <Fact name={t('records/purpose')} value={purposeInList(t, row)} />
          {shown === null ? null : <ShownFacts shown={shown} />}
        </dl>
        {shown === null ? null : (
          <CheckList
            checks={shown.checks}
            judged={null}
            passedOver={shown.checks.map(({ id }) => id).filter((id) => shown.verdict.passedOver.includes(id))}
          />
        )}
      </div>
      <details>
        <summary className={classes.summary}>
          {t(shown?.withheld === undefined ? 'records/whole' : 'records/withheld')}
        </summary>
        <pre className={classes.whole}>{JSON.stringify(content, null, 2)}</pre>
      </details>
    </article>
  );
}

/** What can be done with a record: on paper, as a receipt, as a signed file. */
function RecordActs({ id, mayExport }: RecordDetailProps) {
  const { t } = useWords();
  const { ask, failure, busy } = useAsking();
  const [receipt, setReceipt] = useState<ReceiptView | null>(null);
  const [written, setWritten] = useState<{ readonly file: string; readonly pages: string } | null>(null);
  const write = async () => {
    setWritten(null);
    const answer = await ask('records.export', id);
    setWritten(answer?.value ?? null);
  };
  const makeReceipt = async () => setReceipt((await ask('records.receipt', id))?.value ?? null);
  return (
    <div className={classes.acts}>
      <div className={classes.actions}>
        <Button icon={Printer} onClick={() => print()}>
          {t('records/print')}
        </Button>
        <Button icon={ReceiptIcon} disabled={busy} onClick={() => void makeReceipt()}>
          {t('receipt/print')}
        </Button>
        {mayExport ? (
          <Button icon={FileOutput} disabled={busy} onClick={() => void write()}>
            {t('records/export')}
          </Button>
        ) : null}
      </div>
      <p role="status">{written === null ? '' : t('records/exported', { name: written.file, pages: written.pages })}</p>
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      {receipt === null ? null : <PrintedReceipt receipt={receipt} onPrinted={() => setReceipt(null)} />}
    </div>
  );
}

function ShownFacts({ shown }: { readonly shown: ShownRecord }) {
  const { t, language } = useWords();
  const { stationKind, document, second, order, face, verdict, decision, begunAt, endedAt, taps } = shown;
  return (
    <>
      {stationKind === undefined ? null : (
        <Fact name={t('records/station')} value={t(`records/station-${stationKind ?? 'not-set'}`)} />
      )}
      {order === undefined ? null : <OrderFact shown={order} />}
      <Fact name={t('records/document')} value={documentWords(document, t)} />
      {second === undefined ? null : <Fact name={t('second/label')} value={documentWords(second.document, t)} />}
      <Fact
        name={t('records/face')}
        value={
          face === null ? t('common/none') : [t(`face/answer/${face.answer}`), face.reason].filter(Boolean).join(': ')
        }
      />
      {verdict.conditions.map((condition) => (
        <Fact
          key={JSON.stringify(condition)}
          name={t('conditions/heading')}
          value={conditionWords(condition, t, (date) => dayInWords(language, date))}
        />
      ))}
      <Fact name={t('records/decidedBy')} value={`${decision.by.sign} (${t(`records/by-${decision.by.source}`)})`} />
      {decision.reason === null ? null : <Fact name={t('records/reason')} value={decision.reason} />}
      <Fact name={t('records/began')} value={dayAndTime(language, begunAt)} />
      <Fact name={t('records/ended')} value={dayAndTime(language, endedAt)} />
      <Fact name={t('records/taps')} value={String(taps)} />
      <Fact name={t('records/stolen')} value={t(stolenWords(shown.stolenStatus))} />
    </>
  );
}

function documentWords(document: ShownRecord['document'], t: Texts): string {
  return document === null
    ? t('common/none')
    : `${t(`documentTypes/${document.type}`)} ${document.issuer} ${document.number}`.trimEnd();
}

function OrderFact({ shown }: { readonly shown: NonNullable<ShownRecord['order']> }) {
  const { t } = useWords();
  return (
    <>
      <dt>{t('order/title')}</dt>
      <dd>
        <OrderRows order={shown.order} />
        <p>{`${t(`order/source-${shown.source}`)} ${t(`order/boundBy-${shown.boundBy}`)}`}</p>
      </dd>
    </>
  );
}

function Fact({
  name,
  value,
  mono = false,
}: {
  readonly name: string;
  readonly value: string;
  readonly mono?: boolean;
}) {
  return (
    <>
      <dt>{name}</dt>
      <dd className={mono ? classes.mono : undefined}>{value}</dd>
    </>
  );
}
