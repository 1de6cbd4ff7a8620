import { Eraser } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { OperatorRow, RetentionView } from '../../preload/contract.ts';
import recordClasses from '../desk/records.module.css';
import { Button } from '../parts/button.tsx';
import { dayInWords } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { usePageHeading } from '../parts/use-page-heading.ts';
import classes from './retention.module.css';
import { EventForm, HoldForm } from './retention-forms.tsx';

interface RetentionProps {
  /** The role of whoever looks; null where nobody signs in. */
  readonly role: OperatorRow['role'] | null;
}

/** How long records are kept: what is due, what an authority has kept longer, what the bank says of the years, and what went. */
export function Retention({ role }: RetentionProps) {
  const { t } = useWords();
  const { ask, failure, busy } = useAsking();
  const [seen, setSeen] = useState<RetentionView | null>(null);
  const [said, setSaid] = useState('');
  const heading = usePageHeading();
  const refresh = useCallback(async () => {
    const answer = await ask('retention.state');
    if (answer !== null) setSeen(answer.value);
  }, [ask]);
  useEffect(() => void refresh(), [refresh]);
  const change = async <Value,>(act: () => Promise<{ value: Value } | null>, words: (value: Value) => string) => {
    setSaid(t('confirm/waits'));
    const answer = await act();
    setSaid(answer === null ? '' : words(answer.value));
    if (answer === null) return false;
    await refresh();
    return true;
  };
  const done = ({ count }: { readonly count: number }) => t('retention/done', { count });
  const mayChange = role === null || role === 'supervisor' || role === 'administrator';
  const mayRelease = role === null || role === 'administrator';
  return (
    <main className={recordClasses.records}>
      <header>
        <h1 ref={heading} tabIndex={-1} className={recordClasses.title}>
          {t('retention/title')}
        </h1>
        <p className={classes.help}>{t('retention/help')}</p>
      </header>
      {failure === null ? null : <FailureNotice code={failure} customer={false} />}
      <p role="status" className={classes.said}>
        {said}
      </p>
      {seen === null ? null : (
        <>
          <Due
            seen={seen}
            onErase={
              mayChange
                ? () =>
                    void change(
                      () => ask('retention.erase'),
                      ({ erased, left }) =>
                        t(left > 0 ? 'retention/erasedLeft' : 'retention/erasedNow', { count: erased, left }),
                    )
                : null
            }
            busy={busy}
          />
          <Holds
            seen={seen}
            busy={busy}
            onRelease={
              mayRelease
                ? (hold) =>
                    void change(
                      () => ask('retention.release', hold),
                      () => t('retention/released'),
                    )
                : null
            }
          />
          {mayChange ? (
            <div className={classes.forms}>
              <EventForm
                busy={busy}
                today={seen.today}
                onSay={(meant, event) => change(() => ask('retention.event', meant, event), done)}
              />
              <HoldForm busy={busy} onSay={(meant, hold) => change(() => ask('retention.hold', meant, hold), done)} />
            </div>
          ) : null}
          <Erasures seen={seen} />
        </>
      )}
    </main>
  );
}

interface DueProps {
  readonly seen: RetentionView;
  readonly busy: boolean;
  readonly onErase: (() => void) | null;
}

function Due({ seen, busy, onErase }: DueProps) {
  const { t, language } = useWords();
  const { due, next, erased } = seen;
  return (
    <section className={classes.part} aria-labelledby="retention-due">
      <h2 id="retention-due" className={classes.subtitle}>
        {t('retention/due')}
      </h2>
      <p>
        {due.count === 0
          ? t('retention/noneDue')
          : t('retention/dueNow', { count: due.count, numbers: numbersInWords(due.numbers) })}{' '}
        {next === null ? t('retention/noNext') : t('retention/next', { day: dayInWords(language, next) })}{' '}
        {t('retention/erasedSoFar', { count: erased })}
      </p>
      {onErase === null || due.count === 0 ? null : (
        <div>
          <Button icon={Eraser} disabled={busy} onClick={onErase}>
            {t('retention/erase')}
          </Button>
        </div>
      )}
    </section>
  );
}

interface HoldsProps {
  readonly seen: RetentionView;
  readonly busy: boolean;
  readonly onRelease: ((hold: number) => void) | null;
}

function Holds({ seen, busy, onRelease }: HoldsProps) {
  const { t, language } = useWords();
  return (
    <section className={classes.part} aria-labelledby="retention-holds">
      <h2 id="retention-holds" className={classes.subtitle}>
        {t('retention/holds')}
      </h2>
      <p className={classes.help}>{t('retention/holdsHelp')}</p>
      {seen.holds.length === 0 ? (
        <p>{t('retention/noHolds')}</p>
      ) : (
        <Table>
          <caption className="only-heard">{t('retention/holds')}</caption>
          <thead>
            <tr>
              {(['records', 'until', 'authority', 'reason'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`retention/rows/${column}`)}
                </th>
              ))}
              {onRelease === null ? null : (
                <th scope="col">
                  <span className="only-heard">{t('retention/release')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {seen.holds.map(({ hold, until, numbers, authority, reason }) => (
              <tr key={hold}>
                <td>{numbersInWords(numbers)}</td>
                <td>{dayInWords(language, until)}</td>
                <td>
                  <bdi>{authority ?? t('retention/sealed')}</bdi>
                </td>
                <td>
                  <bdi>{reason ?? t('retention/sealed')}</bdi>
                </td>
                {onRelease === null ? null : (
                  <td>
                    <Button disabled={busy} onClick={() => onRelease(hold)}>
                      {t('retention/release')} <span className="only-heard">{numbers}</span>
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function Erasures({ seen }: { readonly seen: RetentionView }) {
  const { t, language } = useWords();
  if (seen.erasures.length === 0) return null;
  return (
    <section className={classes.part} aria-labelledby="retention-erased">
      <h2 id="retention-erased" className={classes.subtitle}>
        {t('retention/erasures')}
      </h2>
      <Table>
        <caption className="only-heard">{t('retention/erasures')}</caption>
        <thead>
          <tr>
            {(['on', 'records', 'why'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`retention/erasedColumns/${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {seen.erasures.map(({ on, numbers, years, event, eventOn }) => (
            <tr key={`${on} ${numbers}`}>
              <td>{dayInWords(language, on)}</td>
              <td>{numbersInWords(numbers)}</td>
              <td>
                {event === null || eventOn === null
                  ? t('retention/whyOwnDay', { count: years })
                  : t('retention/why', {
                      count: years,
                      event: t(`retention/events/${event}`),
                      day: dayInWords(language, eventOn),
                    })}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

/** Numbers of records as people read them, and as lines can be broken: `3–7, 12`. */
function numbersInWords(numbers: string): string {
  return numbers.replaceAll('-', '–').replaceAll(',', ', ');
}
