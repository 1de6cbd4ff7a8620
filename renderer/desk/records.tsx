import { ArrowLeft, Link2, Printer, X } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { Answer, DeskState, RecordFilterInput, RecordRow } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import { Button } from '../parts/button.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { nameInList, purposeInList } from '../parts/holder-name.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { ResultMark } from '../parts/result-mark.tsx';
import { Table } from '../parts/table.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { usePageHeading } from '../parts/use-page-heading.ts';
import { RecordDetail } from './record-detail.tsx';
import { anyRecord, RecordSearch } from './record-search.tsx';
import classes from './records.module.css';
import { VerdictCell } from './verdict-cell.tsx';

interface RecordsProps {
  /** How far the check of all records is; null where none is under way. */
  readonly checking: DeskState['recordsCheck'];
  /** The record that is open; null shows the list. */
  readonly shown: string | null;
  readonly onShow: (id: string | null) => void;
  /** Whether whoever is there may take a record out whole. */
  readonly mayExport: boolean;
  /** Whether whoever is there reads cases; else they check that nothing was changed in them. */
  readonly mayLook: boolean;
}

/** Past cases: a list, one record at a time, and whether the chain is whole. */
export function Records({ checking, shown, onShow, mayExport, mayLook }: RecordsProps) {
  const { t } = useWords();
  return (
    <main className={classes.records}>
      {shown === null || !mayLook ? (
        <RecordList checking={checking} mayLook={mayLook} onShow={onShow} />
      ) : (
        <>
          <div className={classes.unprinted}>
            <Button icon={ArrowLeft} onClick={() => onShow(null)}>
              {t('app/pastCases')}
            </Button>
          </div>
          <RecordDetail id={shown} mayExport={mayExport} />
        </>
      )}
    </main>
  );
}

interface RecordListProps extends Pick<RecordsProps, 'checking' | 'mayLook'> {
  readonly onShow: (id: string) => void;
}

interface Found {
  readonly rows: readonly RecordRow[];
  readonly before: number | null;
  readonly behind: number;
}

const nothingYet: Found = { rows: [], before: null, behind: 0 };

function RecordList({ checking, mayLook, onShow }: RecordListProps) {
  const { t } = useWords();
  const { ask, failure, busy } = useAsking();
  const stopping = useAsking();
  const [filter, setFilter] = useState(anyRecord);
  const [found, setFound] = useState<Found | null>(null);
  const [chain, setChain] = useState<Answer<'records.check'> | null>(null);
  const heading = usePageHeading();
  const look = useCallback(
    async (wanted: RecordFilterInput, so: Found) => {
      const answer = await ask('records.search', wanted, so.before);
      if (answer === null) return;
      const { rows, before, behind } = answer.value;
      setFound({ rows: [...so.rows, ...rows], before, behind });
    },
    [ask],
  );
  useEffect(() => {
    if (mayLook) void look(anyRecord, nothingYet);
  }, [look, mayLook]);
  const search = (wanted: RecordFilterInput) => {
    setFilter(wanted);
    setFound(null);
    void look(wanted, nothingYet);
  };
  const check = async () => {
    const answer = await ask('records.check');
    if (answer !== null) setChain(answer.value);
  };
  const isAny = Object.values(filter).every((value) => value === null);
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
          {mayLook ? (
            <Button icon={Printer} disabled={found === null} onClick={() => print()}>
              {t('records/print')}
            </Button>
          ) : null}
        </div>
      </header>
      {mayLook ? <RecordSearch busy={busy} onSearch={search} /> : <p>{t('records/checkOnly')}</p>}
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      {checking === null ? null : (
        <CheckProgress checking={checking} onStop={() => void stopping.ask('records.stopCheck')} />
      )}
      <div role="status">{chain === null ? null : <ChainWords chain={chain} />}</div>
      <p role="status" className={classes.found}>
        {found === null ? '' : foundWords(found, isAny, t)}
      </p>
      {found === null || found.rows.length === 0 ? null : <RecordTable rows={found.rows} onShow={onShow} />}
      {found === null || found.before === null ? null : (
        <div className={classes.unprinted}>
          <Button disabled={busy} onClick={() => void look(filter, found)}>
            {t(isAny ? 'records/older' : 'records/further')}
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

function foundWords({ rows, before, behind }: Found, isAny: boolean, t: Texts): string {
  if (isAny) return rows.length === 0 && before === null ? t('records/none') : '';
  const words = t('records/found', { count: rows.length });
  return [
    words,
    before === null ? '' : t('records/moreMayBe'),
    behind === 0 ? '' : t('records/behind', { count: behind }),
  ]
    .filter(Boolean)
    .join(' ');
}

function ChainWords({ chain }: { readonly chain: Answer<'records.check'> }) {
  const { t, failure } = useWords();
  const { records, erased, intact, broken, brokenCount, log, backwards, actsWhole } = chain;
  // The records alone may be as they were, and what decides which of them are erased not.
  const whole = intact && actsWhole;
  return (
    <div className={classes.chain} data-intact={whole}>
      <ResultMark mark={whole ? 'successful' : 'failed'} />
      <div>
        <p>
          <strong>{intact ? t('records/intact', { count: records }) : t('records/broken')}</strong>
          {erased === 0 ? null : ` ${t('records/erasedCount', { count: erased })}`}
        </p>
        <p>
          {log.intact && log.size !== null
            ? t('records/logWhole', { count: log.size })
            : t(log.size === null ? 'records/logMissing' : 'records/logBroken')}
        </p>
        {broken.map(({ id, number, code }) => (
          <p key={`${id} ${number} ${code}`}>
            {number === null ? null : t('records/record', { number })} <span className={classes.mono}>{id}</span>{' '}
            {failure(code).happened}
          </p>
        ))}
        {brokenCount === broken.length ? null : (
          <p>{t('records/brokenMore', { count: brokenCount - broken.length })}</p>
        )}
        {actsWhole ? null : (
          <p>
            {failure('retention.acts-broken').happened} {failure('retention.acts-broken').staff}
          </p>
        )}
        {backwards === 0 ? null : <p>{t('records/backwards', { count: backwards })}</p>}
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
    <Table many>
      <caption className="only-heard">{t('records/title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('records/number')}</th>
          <th scope="col">{t('records/ended')}</th>
          <th scope="col">{t('records/holder')}</th>
          <th scope="col">{t('records/purpose')}</th>
          <th scope="col">{t('records/verdict')}</th>
          <th scope="col">{t('records/outcome')}</th>
          <th scope="col">{t('records/decidedBy')}</th>
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
            <td>
              <bdi>{nameInList(t, row)}</bdi>
            </td>
            <td>{purposeInList(t, row)}</td>
            <td>
              <VerdictCell row={row} />
            </td>
            <td>
              {row.outcome === null ? t('common/unknown') : t(`outcomes/${row.outcome}`)}
              {row.training ? <span className={classes.tag}>{t('records/training')}</span> : null}
            </td>
            <td>
              <bdi>{row.decidedBy ?? ''}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
