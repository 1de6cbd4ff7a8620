import { ArrowLeft, Link2, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Answer, DeskState, RecordRow } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { nameInList, purposeInList } from '../parts/holder-name.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { ResultMark } from '../parts/result-mark.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { RecordDetail } from './record-detail.tsx';
import classes from './records.module.css';
import { VerdictCell } from './verdict-cell.tsx';

const pageLength = 50;

interface RecordsProps {
  /** How far the check of all records is; null where none is under way. */
  readonly checking: DeskState['recordsCheck'];
  /** The record that is open; null shows the list. */
  readonly shown: string | null;
  readonly onShow: (id: string | null) => void;
}

/** Past cases: a list, one record at a time, and whether the chain is whole. */
export function Records({ checking, shown, onShow }: RecordsProps) {
  const { t } = useWords();
  return (
    <main className={classes.records}>
      {shown === null ? (
        <RecordList checking={checking} onShow={onShow} />
      ) : (
        <>
          <div>
            <Button icon={ArrowLeft} onClick={() => onShow(null)}>
              {t('app/pastCases')}
            </Button>
          </div>
          <RecordDetail id={shown} />
        </>
      )}
    </main>
  );
}

interface RecordListProps {
  readonly checking: DeskState['recordsCheck'];
  readonly onShow: (id: string) => void;
}

function RecordList({ checking, onShow }: RecordListProps) {
  const { t } = useWords();
  const { ask, failure, busy } = useAsking();
  const stopping = useAsking();
  const [rows, setRows] = useState<readonly RecordRow[] | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [whole, setWhole] = useState(false);
  const [chain, setChain] = useState<Answer<'records.check'> | null>(null);
  useEffect(() => {
    void ask('records.list', { limit: pageLength, offset: 0 }).then((answer) => {
      if (answer === null) return;
      setRows(answer.value);
      setWhole(answer.value.length < pageLength);
    });
  }, [ask]);
  const older = async () => {
    const answer = await ask('records.list', { limit: pageLength, offset: rows?.length ?? 0 });
    if (answer === null) return;
    setRows([...(rows ?? []), ...answer.value]);
    setWhole(answer.value.length < pageLength);
  };
  const check = async () => {
    const answer = await ask('records.check', false);
    if (answer !== null) setChain(answer.value);
  };
  return (
    <>
      <header className={classes.head}>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          {t('records/title')}
        </h1>
        <div className={classes.actions}>
          <Button icon={Link2} disabled={busy} onClick={() => void check()}>
            {t('records/check')}
          </Button>
        </div>
      </header>
      {failure === null ? null : <FailureNotice code={failure} />}
      {checking === null ? null : (
        <CheckProgress checking={checking} onStop={() => void stopping.ask('records.stopCheck')} />
      )}
      <div role="status">{chain === null ? null : <ChainWords chain={chain} />}</div>
      {rows?.length === 0 ? <p>{t('records/none')}</p> : null}
      {rows === null || rows.length === 0 ? null : <RecordTable rows={rows} onShow={onShow} />}
      {rows === null || whole ? null : (
        <div>
          <Button disabled={busy} onClick={() => void older()}>
            {t('records/older')}
          </Button>
        </div>
      )}
    </>
  );
}

interface CheckProgressProps {
  readonly checking: NonNullable<DeskState['recordsCheck']>;
  readonly onStop: () => void;
}

function CheckProgress({ checking, onStop }: CheckProgressProps) {
  const { t } = useWords();
  const { done, all } = checking;
  const words = t('records/checking', { done, all });
  return (
    <div>
      <p>{words}</p>
      <ProgressBar aria-label={t('records/check')} aria-valuetext={words} value={done} max={Math.max(1, all)} />
      <Button icon={X} onClick={onStop}>
        {t('records/stopCheck')}
      </Button>
    </div>
  );
}

function ChainWords({ chain }: { readonly chain: Answer<'records.check'> }) {
  const { t, failure } = useWords();
  return (
    <div className={classes.chain} data-intact={chain.intact}>
      <ResultMark mark={chain.intact ? 'successful' : 'failed'} />
      <div>
        <p>
          <strong>{chain.intact ? t('records/intact', { count: chain.records }) : t('records/broken')}</strong>
        </p>
        {chain.broken.map(({ id, number, code }) => (
          <p key={`${id} ${number} ${code}`}>
            {number === null ? null : t('records/record', { number })} <span className={classes.mono}>{id}</span>{' '}
            {failure(code).happened}
          </p>
        ))}
      </div>
    </div>
  );
}

interface RecordTableProps {
  readonly rows: readonly RecordRow[];
  readonly onShow: (id: string) => void;
}

function RecordTable({ rows, onShow }: RecordTableProps) {
  const { t, language } = useWords();
  return (
    <table className={classes.table}>
      <caption className="only-heard">{t('records/title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('records/number')}</th>
          <th scope="col">{t('records/ended')}</th>
          <th scope="col">{t('records/holder')}</th>
          <th scope="col">{t('records/purpose')}</th>
          <th scope="col">{t('records/verdict')}</th>
          <th scope="col">{t('records/outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <button
                type="button"
                className={classes.open}
                aria-label={t('records/open', { number: row.number })}
                onClick={() => onShow(row.id)}
              >
                {row.number}
              </button>
            </td>
            <td>{dayAndTime(language, row.endedAt)}</td>
            <td>{nameInList(t, row)}</td>
            <td>{purposeInList(t, row)}</td>
            <td>
              <VerdictCell row={row} />
            </td>
            <td>
              {row.outcome === null ? t('common/unknown') : t(`outcomes/${row.outcome}`)}
              {row.training ? <span className={classes.tag}>{t('records/training')}</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
