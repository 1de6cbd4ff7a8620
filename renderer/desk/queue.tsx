import { useEffect, useRef, useState } from 'react';
import { caseNumber } from '../../main/result/case-number.ts';
import type { Answer, OperatorRow, ReferralRow, StationsView } from '../../preload/contract.ts';
import { calledById } from '../office/stations-view.ts';
import { Button } from '../parts/button.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { nameInList } from '../parts/holder-name.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { GiveBackDialog, type GivenBack } from './give-back-dialog.tsx';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { waitsUntil } from './queue-view.ts';
import classes from './records.module.css';

interface QueueProps {
  /** How many wait: the list is asked for anew when it changes. */
  readonly count: number;
  /** A case is open at the desk: another can be opened when it has ended. */
  readonly busy: boolean;
  /** The role of whoever looks; null where nobody signs in. */
  readonly role: OperatorRow['role'] | null;
  readonly onOpened: () => void;
}

/** The cases that wait for a colleague: who, since when, for what, and why. */
export function Queue({ count, busy, role, onOpened }: QueueProps) {
  const { t } = useWords();
  const { ask, failure, busy: asking } = useAsking();
  const { ask: askForStations, failure: noStations } = useAsking();
  const [queue, setQueue] = useState<Answer<'referrals.list'> | null>(null);
  const [stations, setStations] = useState<StationsView['stations']>([]);
  const [handing, setHanding] = useState<string | null>(null);
  const [givingBack, setGivingBack] = useState<GivenBack | null>(null);
  const [report, setReport] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another count is another queue
  useEffect(() => {
    void ask('referrals.list').then((answer) => {
      if (answer !== null) setQueue(answer.value);
    });
  }, [ask, count]);
  useEffect(() => {
    void askForStations('stations.state').then((answer) => {
      if (answer !== null) setStations(answer.value.stations);
    });
  }, [askForStations]);
  const rows = queue?.rows ?? null;
  const damaged = queue?.damaged ?? [];
  const left = count - (rows?.length ?? 0) - damaged.length;
  const mayGiveBack = role === null || role === 'supervisor';
  const giveBack = (id: string, station: string) =>
    setGivingBack({ id, station, called: calledById(station, stations) });
  // The row that was pressed is gone.
  const done = (said: string) => {
    setHanding(null);
    setGivingBack(null);
    setReport(said);
    heading.current?.focus();
  };
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
      {noStations === null || noStations === failure ? null : <FailureNotice code={noStations} customer={false} />}
      <p role="status" className={classes.found} data-testid="queue-report">
        {report}
      </p>
      {busy ? <p>{t('queue/busy')}</p> : null}
      {damaged.length === 0 ? null : <DamagedCases damaged={damaged} />}
      {rows?.length === 0 && damaged.length === 0 ? <p>{t('queue/none')}</p> : null}
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
              <QueueRow
                key={row.id}
                row={row}
                closed={busy || asking}
                from={row.from === null ? null : calledById(row.from, stations)}
                onOpen={() => void open(row.id)}
                onHandOver={row.travels && stations.length > 0 ? () => setHanding(row.id) : null}
                onGiveBack={mayGiveBack && row.from !== null ? () => giveBack(row.id, row.from ?? '') : null}
              />
            ))}
          </tbody>
        </Table>
      )}
      {rows === null || rows.length === 0 || left <= 0 ? null : <p>{t('queue/more', { count: left })}</p>}
      {rows === null || rows.length === 0 ? null : <p>{t('queue/after')}</p>}
      {handing === null ? null : (
        <HandOverDialog id={handing} stations={stations} onHandedOver={done} onClose={() => setHanding(null)} />
      )}
      {givingBack === null ? null : (
        <GiveBackDialog
          given={givingBack}
          onGivenBack={() => done(t('stations/givenBack', { station: givingBack.called }))}
          onClose={() => setGivingBack(null)}
        />
      )}
    </main>
  );
}

interface DamagedCasesProps {
  readonly damaged: Answer<'referrals.list'>['damaged'];
}

// They keep none of the others back, and stand first: somebody waits for each.
function DamagedCases({ damaged }: DamagedCasesProps) {
  const { t, language } = useWords();
  return (
    <section className={classes.damaged}>
      <FailureNotice code="referral.damaged" urgent={false} customer={false} />
      <ul>
        {damaged.map(({ id, at }) => (
          <li key={id}>
            {at === null
              ? t('queue/number', { number: caseNumber(id) })
              : t('queue/damaged', { number: caseNumber(id), at: dayAndTime(language, at) })}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface QueueRowProps {
  readonly row: ReferralRow;
  readonly closed: boolean;
  /** What the station is called that handed it over; null where it was referred here. */
  readonly from: string | null;
  readonly onOpen: () => void;
  /** Null where it cannot go to another station, and where it did not come from one. */
  readonly onHandOver: (() => void) | null;
  readonly onGiveBack: (() => void) | null;
}

function QueueRow({ row, closed, from, onOpen, onHandOver, onGiveBack }: QueueRowProps) {
  const { t, language, failure } = useWords();
  const [first] = row.reasons;
  return (
    <tr>
      <td>
        <div>{dayAndTime(language, row.at)}</div>
        <div>{t('queue/number', { number: caseNumber(row.id) })}</div>
      </td>
      <td>{waitsUntil(t, language, row)}</td>
      <td>{nameInList(t, row)}</td>
      <td>{t(`purposes/${row.purpose}`)}</td>
      <td>
        {first === undefined ? null : <div>{failure(first).happened}</div>}
        {row.reason === null ? null : <div>{t('queue/said', { reason: row.reason })}</div>}
      </td>
      <td>
        <div>{row.by}</div>
        {from === null ? null : <div>{t('queue/from', { station: from })}</div>}
      </td>
      <td>
        <div className={classes.acts}>
          {row.own ? (
            t('queue/own')
          ) : (
            <Button disabled={closed} onClick={onOpen}>
              {t('queue/open')}
            </Button>
          )}
          {onHandOver === null ? null : <Button onClick={onHandOver}>{t('queue/toStation')}</Button>}
          {onGiveBack === null ? null : <Button onClick={onGiveBack}>{t('stations/giveBack')}</Button>}
        </div>
      </td>
    </tr>
  );
}
