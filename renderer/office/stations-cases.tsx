import { FolderInput } from 'lucide-react';
import { useId } from 'react';
import type { StationsView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { Table } from '../parts/table.tsx';
import classes from './headquarters.module.css';
import ownClasses from './stations.module.css';
import { calledById, waitingWords } from './stations-view.ts';

interface StationsCasesProps {
  readonly seen: StationsView;
  /** Not now, and the element of this id says why. */
  readonly notNow: string | undefined;
  /** Null for who may only look. */
  readonly onTake: (() => void) | null;
  readonly onGiveBack: ((id: string, station: string) => void) | null;
}

/** The cases between this station and others: what waits here, what waits there, and to take in what came. Nobody is named. */
export function StationsCases({ seen, notNow, onTake, onGiveBack }: StationsCasesProps) {
  const { t } = useWords();
  const title = useId();
  const { stations, away, awayCount, guests, guestCount } = seen;
  return (
    <section className={classes.part} aria-labelledby={title}>
      <h2 id={title} className={classes.subtitle}>
        {t('stations/cases')}
      </h2>
      <div data-testid="stations-waiting">
        {waitingWords(seen, t).map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {onTake === null ? null : (
        <>
          <p className={classes.help}>{t('stations/takeHelp')}</p>
          <div className={classes.actions}>
            <Button icon={FolderInput} kind="main" notNow={notNow} onClick={onTake}>
              {t('stations/take')}
            </Button>
          </div>
        </>
      )}
      <CaseTable
        testId="stations-away"
        title={t('stations/away')}
        none={t('stations/awayNone')}
        where={t('stations/at')}
        rows={away.map(({ id, at, to }) => ({ id, at, station: to }))}
        more={awayCount - away.length}
        stations={stations}
        notNow={notNow}
        onGiveBack={null}
      />
      {onTake === null || away.length === 0 ? null : <p className={classes.help}>{t('stations/lost')}</p>}
      <CaseTable
        testId="stations-guests"
        title={t('stations/guests')}
        none={t('stations/guestsNone')}
        where={t('stations/from')}
        rows={guests.map(({ id, at, from }) => ({ id, at, station: from }))}
        more={guestCount - guests.length}
        stations={stations}
        notNow={notNow}
        onGiveBack={onGiveBack}
      />
    </section>
  );
}

interface CaseTableProps extends Pick<StationsCasesProps, 'notNow' | 'onGiveBack'>, Pick<StationsView, 'stations'> {
  readonly testId: string;
  readonly title: string;
  readonly none: string;
  readonly where: string;
  readonly rows: readonly { readonly id: string; readonly at: string; readonly station: string }[];
  readonly more: number;
}

function CaseTable({ testId, title, none, where, rows, more, stations, notNow, onGiveBack }: CaseTableProps) {
  const { t, language } = useWords();
  return (
    <div className={ownClasses.list} data-testid={testId}>
      <h3 className={classes.name}>{title}</h3>
      {rows.length === 0 ? (
        <p>{none}</p>
      ) : (
        <Table>
          <caption className="only-heard">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t('stations/case')}</th>
              <th scope="col">{t('queue/since')}</th>
              <th scope="col">{where}</th>
              {onGiveBack === null ? null : (
                <th scope="col">
                  <span className="only-heard">{t('stations/giveBack')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, at, station }) => (
              <tr key={id}>
                <td className={ownClasses.mono}>{id}</td>
                <td>{dayAndTime(language, at)}</td>
                <td>
                  <bdi>{calledById(station, stations)}</bdi>
                </td>
                {onGiveBack === null ? null : (
                  <td>
                    <Button notNow={notNow} onClick={() => onGiveBack(id, station)}>
                      {t('stations/giveBack')}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {more > 0 ? <p>{t('stations/moreCases', { count: more })}</p> : null}
    </div>
  );
}
