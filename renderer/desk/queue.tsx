import { useEffect, useRef, useState } from 'react';
import type { ReferralRow } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { nameInList } from '../parts/holder-name.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { waitsUntil } from './queue-view.ts';
import classes from './records.module.css';

interface QueueProps {
  /** How many wait: the list is asked for anew when it changes. */
  readonly count: number;
  /** A case is open at the desk: another can be opened when it has ended. */
  readonly busy: boolean;
  readonly onOpened: () => void;
}

/** The cases that wait for a colleague: who, since when, for what, and why. */
export function Queue({ count, busy, onOpened }: QueueProps) {
  const { t } = useWords();
  const { ask, failure, busy: asking } = useAsking();
  const [rows, setRows] = useState<readonly ReferralRow[] | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another count is another queue
  useEffect(() => {
    void ask('referrals.list').then((answer) => {
      if (answer !== null) setRows(answer.value);
    });
  }, [ask, count]);
  const open = async (id: string) => {
    if ((await ask('referrals.open', id)) !== null) onOpened();
  };
  return (
    <main className={classes.records}>
      <header className={classes.head}>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          {t('queue/title')}
        </h1>
      </header>
      {failure === null ? null : <FailureNotice code={failure} />}
      {busy ? <p>{t('queue/busy')}</p> : null}
      {rows?.length === 0 ? <p>{t('queue/none')}</p> : null}
      {rows === null || rows.length === 0 ? null : (
        <Table many>
          <caption className="only-heard">{t('queue/title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('queue/since')}</th>
              <th scope="col">{t('queue/until')}</th>
              <th scope="col">{t('records/holder')}</th>
              <th scope="col">{t('records/purpose')}</th>
              <th scope="col">{t('queue/why')}</th>
              <th scope="col">{t('queue/by')}</th>
              <th scope="col">
                <span className="only-heard">{t('queue/open')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <QueueRow key={row.id} row={row} closed={busy || asking} onOpen={() => void open(row.id)} />
            ))}
          </tbody>
        </Table>
      )}
      {rows === null || rows.length === 0 || count <= rows.length ? null : (
        <p>{t('queue/more', { count: count - rows.length })}</p>
      )}
      {rows === null || rows.length === 0 ? null : <p>{t('queue/after')}</p>}
    </main>
  );
}

interface QueueRowProps {
  readonly row: ReferralRow;
  readonly closed: boolean;
  readonly onOpen: () => void;
}

function QueueRow({ row, closed, onOpen }: QueueRowProps) {
  const { t, language, failure } = useWords();
  const [first] = row.reasons;
  return (
    <tr>
      <td>{dayAndTime(language, row.at)}</td>
      <td>{waitsUntil(t, language, row)}</td>
      <td>{nameInList(t, row)}</td>
      <td>{t(`purposes/${row.purpose}`)}</td>
      <td>
        {first === undefined ? null : <div>{failure(first).happened}</div>}
        {row.reason === null ? null : <div>{t('queue/said', { reason: row.reason })}</div>}
      </td>
      <td>{row.by}</td>
      <td>
        {row.own ? (
          t('queue/own')
        ) : (
          <Button disabled={closed} onClick={onOpen}>
            {t('queue/open')}
          </Button>
        )}
      </td>
    </tr>
  );
}
