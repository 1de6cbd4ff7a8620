import { useCallback, useEffect, useId, useState } from 'react';
import type { OperatorRow, StationsView, TakenFile } from '../../preload/contract.ts';
import { GiveBackDialog, type GivenBack } from '../desk/give-back-dialog.tsx';
import recordClasses from '../desk/records.module.css';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { usePageHeading } from '../parts/use-page-heading.ts';
import classes from './headquarters.module.css';
import ownClasses from './stations.module.css';
import { StationsCases } from './stations-cases.tsx';
import { StationsNeverCame } from './stations-never-came.tsx';
import { StationsOwn } from './stations-own.tsx';
import { StationsRefused } from './stations-refused.tsx';
import { StationsTrusted } from './stations-trusted.tsx';
import { calledById, takenWords, writtenWords } from './stations-view.ts';
import { StationsWork, type StationsWorking } from './stations-work.tsx';

interface StationsProps {
  /** The role of whoever looks; null where nobody signs in. */
  readonly role: OperatorRow['role'] | null;
  /** How many wait in the queue: the page is asked for anew when it changes. */
  readonly told: number | null;
  /** To the page Headquarters; null for whom it is not. */
  readonly onHeadquarters: (() => void) | null;
}

type Refused = Extract<TakenFile, { kind: 'outcomes' }>['refused'];

/** Other stations: whom this one trusts with referred cases, which cases wait where, and the files that carry them. */
export function Stations({ role, told, onHeadquarters }: StationsProps) {
  const { t } = useWords();
  const { ask, failure, fields, busy, forget } = useAsking();
  // Looking anew is no answer to what failed, and leaves it told.
  const looking = useAsking();
  const [seen, setSeen] = useState<StationsView | null>(null);
  const [report, setReport] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState<Refused>([]);
  const [working, setWorking] = useState<StationsWorking | null>(null);
  const [waits, setWaits] = useState(false);
  const [opened, setOpened] = useState(false);
  const [givingBack, setGivingBack] = useState<GivenBack | null>(null);
  const heading = usePageHeading();
  const busyId = useId();
  const { ask: askForIt } = looking;
  const look = useCallback(async () => {
    const answer = await askForIt('stations.state');
    if (answer !== null) setSeen(answer.value);
  }, [askForIt]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another count is another queue
  useEffect(() => void look(), [look, told]);
  const isStaff = role === null || role === 'teller' || role === 'supervisor';
  const mayTrust = role === null || role === 'administrator';
  const mayGiveBack = role === null || role === 'supervisor';
  const notNow = busy ? busyId : undefined;
  const stations = seen?.stations ?? [];
  const called = (station: string): string => calledById(station, stations);
  /** Does something, and says what came of it: null where nothing did. */
  const act = async <Value,>(
    asked: () => Promise<{ value: Value } | null>,
    words: (value: Value) => readonly string[],
    work: StationsWorking | null = null,
  ): Promise<boolean> => {
    setReport([]);
    setRefused([]);
    setWorking(work);
    const answer = await asked();
    setWorking(null);
    if (answer !== null) setReport(words(answer.value));
    await look();
    return answer !== null;
  };
  const confirmed = async (asked: () => Promise<{ value: null } | null>, done: string): Promise<void> => {
    setWaits(true);
    const well = await act(asked, () => [done]);
    setWaits(false);
    // What was pressed may be gone by then.
    if (well) heading.current?.focus();
  };
  const handOver = (station: string) =>
    act(
      () => ask('stations.handOver', station, null),
      (written) =>
        writtenWords(written, t('stations/nothingToHand'), (file, count) =>
          t('stations/handedOver', { file, count, station: called(station) }),
        ),
      'hand',
    );
  const writeEnds = (station: string) =>
    act(
      () => ask('stations.writeEnds', station),
      (written) =>
        writtenWords(written, t('stations/noEnds'), (file, count) =>
          t('stations/endsWritten', { file, count, station: called(station) }),
        ),
      'write',
    );
  const take = () =>
    act(
      () => ask('stations.takeFile'),
      (taken) => {
        if (taken === null) return [];
        setRefused(taken.kind === 'outcomes' ? taken.refused : []);
        return takenWords(taken, stations, t);
      },
      'take',
    );
  const choose = async () => {
    const well = await act(
      () => ask('stations.chooseCard'),
      () => [],
    );
    setOpened(well);
  };
  return (
    <main className={recordClasses.records}>
      <header>
        <h1 ref={heading} tabIndex={-1} className={recordClasses.title}>
          {t('stations/title')}
        </h1>
        <p className={classes.help}>{t('stations/help')}</p>
      </header>
      {looking.failure === null ? null : <FailureNotice code={looking.failure} customer={false} />}
      <p role="status" className={classes.said}>
        {waits ? t('confirm/waits') : ''}
      </p>
      <p id={busyId} className="only-heard">
        {busy ? t('common/workingOn') : ''}
      </p>
      {working === null ? null : <StationsWork working={working} />}
      <div className={classes.outcome}>
        {failure === null ? null : <FailureNotice code={failure} customer={false} />}
        {failure === null || typeof fields.file !== 'string' ? null : (
          <p>{t('stations/file', { file: fields.file })}</p>
        )}
        <div role="status" className={classes.said} data-testid="stations-report">
          {report.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
        <StationsRefused refused={refused} />
      </div>
      {seen === null ? null : (
        <div className={classes.parts}>
          <div className={ownClasses.column}>
            <StationsCases
              seen={seen}
              notNow={notNow}
              onTake={isStaff ? () => void take() : null}
              onGiveBack={mayGiveBack ? (id, station) => setGivingBack({ id, station, called: called(station) }) : null}
            />
            {mayGiveBack && stations.length > 0 ? (
              <StationsNeverCame
                stations={stations}
                notNow={notNow}
                onGiveBack={(id, station) => setGivingBack({ id, station, called: called(station) })}
              />
            ) : null}
          </div>
          <div className={ownClasses.column}>
            <StationsTrusted
              seen={seen}
              notNow={notNow}
              opened={opened}
              trusting={
                mayTrust
                  ? {
                      onChoose: () => void choose(),
                      onTrust: () => {
                        if (seen.looked === null) return;
                        const { card } = seen.looked;
                        void confirmed(
                          () => ask('stations.trust', card.fingerprint),
                          t('stations/trustDone', { station: card.name === '' ? card.station : card.name }),
                        );
                      },
                      onLeave: () =>
                        void act(
                          () => ask('stations.leaveCard'),
                          () => [],
                        ).then(() => heading.current?.focus()),
                      onDistrust: (station) =>
                        void confirmed(
                          () => ask('stations.distrust', station),
                          t('stations/distrustDone', { station: called(station) }),
                        ),
                      onRoute: (station) =>
                        void confirmed(
                          () => ask('stations.setRoute', station),
                          t(seen.headquartersSet ? 'stations/routeDone' : 'stations/routeDoneUnset', {
                            station: called(station),
                          }),
                        ),
                      onEndRoute: (station) =>
                        void confirmed(
                          () => ask('stations.endRoute', station),
                          t('stations/routeEnded', { station: called(station) }),
                        ),
                    }
                  : null
              }
              onHeadquarters={onHeadquarters}
              sending={
                isStaff
                  ? { onHandOver: (station) => void handOver(station), onEnds: (station) => void writeEnds(station) }
                  : null
              }
            />
            <StationsOwn
              own={seen.own}
              notNow={notNow}
              onSave={() =>
                void act(
                  () => ask('stations.saveCard'),
                  (saved) => (saved === null ? [] : [t('stations/cardSaved', { file: saved.file })]),
                )
              }
            />
          </div>
        </div>
      )}
      {givingBack === null ? null : (
        <GiveBackDialog
          given={givingBack}
          onClose={() => setGivingBack(null)}
          onGivenBack={() => {
            forget();
            setRefused([]);
            setReport([t('stations/givenBack', { station: givingBack.called })]);
            setGivingBack(null);
            heading.current?.focus();
            void look();
          }}
        />
      )}
    </main>
  );
}
