import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { Answer, HeadquartersView, HeadquartersWorkView, OperatorRow } from '../../preload/contract.ts';
import type { TextKey } from '../../resources/texts/catalogue.ts';
import recordClasses from '../desk/records.module.css';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { usePageHeading } from '../parts/use-page-heading.ts';
import { FileFailure } from './file-failure.tsx';
import classes from './headquarters.module.css';
import { HeadquartersDelivery } from './headquarters-delivery.tsx';
import { HeadquartersFiles } from './headquarters-files.tsx';
import { HeadquartersForm } from './headquarters-form.tsx';
import { HeadquartersRefused } from './headquarters-refused.tsx';
import { HeadquartersSet } from './headquarters-set.tsx';
import { HeadquartersStation } from './headquarters-station.tsx';
import { broughtBy, fetchedWords, takenWords, writtenWords } from './headquarters-view.ts';
import { HeadquartersWork } from './headquarters-work.tsx';

interface HeadquartersProps {
  /** The role of whoever looks; null where nobody signs in. */
  readonly role: OperatorRow['role'] | null;
  /** What somebody has done with headquarters now. */
  readonly work: HeadquartersWorkView | null;
  /** How far the delivery in the background is, as the strip knows it: what changes there is looked at here. */
  readonly told: string;
}

/** The way to headquarters: who the station is there, what is set, how delivery and fetching stand, and to do both now. */
export function Headquarters({ role, work, told }: HeadquartersProps) {
  const { t } = useWords();
  const { ask, failure, fields, busy } = useAsking();
  // Looking anew is no answer to what failed, and leaves it told.
  const looking = useAsking();
  // A cancellation answers while the work that it ends is still asked for.
  const cancelling = useAsking();
  const [seen, setSeen] = useState<HeadquartersView | null>(null);
  const [report, setReport] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState<Answer<'headquarters.fetch'>['refused']>([]);
  const [waits, setWaits] = useState(false);
  const heading = usePageHeading();
  const outcome = useRef<HTMLDivElement>(null);
  const working = useId();
  const { ask: askForIt } = looking;
  const look = useCallback(async () => {
    const answer = await askForIt('headquarters.state');
    if (answer !== null) setSeen(answer.value);
  }, [askForIt]);
  const isQuiet = work === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was delivered or fetched since is seen
  useEffect(() => void look(), [look, isQuiet, told]);
  const notNow = busy || work !== null ? working : undefined;
  const maySet = role === null || role === 'administrator';
  const mayTend = role === null || role === 'supervisor' || role === 'administrator';
  const act = async <Value,>(
    asked: () => Promise<{ value: Value } | null>,
    words: (value: Value) => readonly string[],
  ): Promise<boolean> => {
    setReport([]);
    setRefused([]);
    const answer = await asked();
    if (answer !== null) setReport(words(answer.value));
    await look();
    return answer !== null;
  };
  const confirmed = async (asked: () => Promise<{ value: null } | null>, done: TextKey): Promise<boolean> => {
    setWaits(true);
    const well = await act(asked, () => [t(done)]);
    setWaits(false);
    // What was pressed may be gone by then.
    if (well) heading.current?.focus();
    return well;
  };
  return (
    <main className={recordClasses.records}>
      <header>
        <h1 ref={heading} tabIndex={-1} className={recordClasses.title}>
          {t('headquarters/title')}
        </h1>
        <p className={classes.help}>{t('headquarters/help')}</p>
      </header>
      {looking.failure === null ? null : <FailureNotice code={looking.failure} customer={false} />}
      <p role="status" className={classes.said}>
        {waits ? t('confirm/waits') : ''}
      </p>
      {work === null ? null : (
        <HeadquartersWork
          work={work}
          outcome={outcome}
          onCancel={mayTend ? () => void cancelling.ask('headquarters.cancel') : null}
        />
      )}
      <p id={working} className="only-heard" role="status">
        {work === null ? '' : t(`headquarters/work/${work.kind}`)}
      </p>
      <div ref={outcome} tabIndex={-1} className={classes.outcome}>
        <FileFailure failure={failure} fields={fields} />
        <div role="status" className={classes.said} data-testid="headquarters-report">
          {report.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
        <HeadquartersRefused refused={refused} />
      </div>
      {seen === null ? null : (
        <div className={classes.parts}>
          {seen.delivery === null ? null : (
            <HeadquartersDelivery
              delivery={seen.delivery}
              now={seen.now}
              notNow={notNow}
              onDeliver={
                mayTend
                  ? () =>
                      void act(
                        () => ask('headquarters.deliver'),
                        (brought) => [t('headquarters/delivered', { count: broughtBy(brought) })],
                      )
                  : null
              }
              onFetch={
                mayTend && seen.set !== null && seen.set.issuingKey !== null
                  ? () =>
                      void act(
                        () => ask('headquarters.fetch'),
                        (fetched) => {
                          setRefused(fetched.refused);
                          return fetchedWords(fetched, t);
                        },
                      )
                  : null
              }
            />
          )}
          <HeadquartersSet
            set={seen.set}
            notNow={notNow}
            onUnset={maySet ? () => void confirmed(() => ask('headquarters.unset'), 'headquarters/unsetDone') : null}
          />
          <HeadquartersStation station={seen.station} />
          {maySet && seen.set !== null ? (
            <HeadquartersFiles
              notNow={notNow}
              onWrite={() =>
                void act(
                  () => ask('headquarters.writeFile'),
                  (written) => writtenWords(written, t),
                )
              }
              onTake={
                seen.set.issuingKey === null
                  ? null
                  : () =>
                      void act(
                        () => ask('headquarters.takeFile'),
                        (taken) => takenWords(taken, t),
                      )
              }
            />
          ) : null}
          {maySet ? (
            <HeadquartersForm
              chosen={seen.chosen}
              notNow={notNow}
              onChoose={(what) =>
                void act(
                  () => ask('headquarters.choose', what),
                  () => [],
                )
              }
              onLeave={() =>
                act(
                  () => ask('headquarters.leave'),
                  () => [],
                )
              }
              onSet={(address) => confirmed(() => ask('headquarters.set', address), 'headquarters/setDone')}
            />
          ) : null}
        </div>
      )}
    </main>
  );
}
