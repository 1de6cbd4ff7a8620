import { FileSearch } from 'lucide-react';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { SignersView, TrustWorkView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { ResultMark } from '../parts/result-mark.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { Fingerprint } from './fingerprint.tsx';
import { ListsOutcome } from './lists-outcome.tsx';
import classes from './signers.module.css';
import { pinMarks, pinName, pinWords } from './signers-view.ts';
import { Signing } from './signing.tsx';
import type { TrustRights } from './trust-rights.ts';
import { nameInShort } from './trust-view.ts';
import { importWords } from './update-view.ts';

interface SignersProps {
  /** What is done to the lists now. */
  readonly work: TrustWorkView | null;
  readonly rights: TrustRights;
  /** Something may have changed. */
  readonly onChanged: () => void;
}

/** Whose signature on a list counts: who stands pinned, by whom a list is signed that was not taken, and to vouch for them. */
export function Signers({ work, rights, onChanged }: SignersProps) {
  const { t, language } = useWords();
  const { ask, failure, fields, busy } = useAsking();
  // Looking anew is no answer to what failed, and leaves it told.
  const looking = useAsking();
  const [seen, setSeen] = useState<SignersView | null>(null);
  const [waits, setWaits] = useState(false);
  const [report, setReport] = useState<readonly string[]>([]);
  const [opened, setOpened] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const title = useId();
  const working = useId();
  const { ask: askForThem } = looking;
  const look = useCallback(async () => {
    const answer = await askForThem('trust.signers');
    if (answer !== null) setSeen(answer.value);
  }, [askForThem]);
  const isQuiet = work === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: work that ends may have refused a list
  useEffect(() => void look(), [look, isQuiet]);
  const notNow = busy || !isQuiet ? working : undefined;
  // What was pressed may be gone by then.
  const goOn = async () => {
    heading.current?.focus();
    await look();
  };
  const open = async (which: 'refused' | 'chosen') => {
    setReport([]);
    if ((await ask('trust.lookAtSigner', which)) === null) return;
    setOpened(true);
    await look();
  };
  const confirmed = async (
    method: 'trust.pin' | 'trust.unpin' | 'trust.pinAuthority',
    fingerprint: string,
  ): Promise<boolean> => {
    setReport([]);
    setWaits(true);
    const done = await ask(method, fingerprint);
    setWaits(false);
    return done !== null;
  };
  const take = async (before: readonly string[]) => {
    const taken = await ask('trust.takeAgain');
    setReport(taken === null ? before : [...before, ...importWords(taken.value, t)]);
    await goOn();
    onChanged();
  };
  const pin = async (fingerprint: string, subject: string) => {
    const kind = seen?.looked?.kind;
    if (!(await confirmed('trust.pin', fingerprint))) return;
    const said = [t('trust/signers/pinned', { name: nameInShort(subject) })];
    setReport(said);
    await goOn();
    // A list that waited for nothing else is taken at once.
    if (kind !== 'certificate') await take(said);
    else onChanged();
  };
  const pinAuthority = async (fingerprint: string, subject: string) => {
    if (!(await confirmed('trust.pinAuthority', fingerprint))) return;
    setReport([t('trust/authorities/pinned', { name: nameInShort(subject) })]);
    await goOn();
    onChanged();
  };
  const withdraw = async (fingerprint: string) => {
    if (!(await confirmed('trust.unpin', fingerprint))) return;
    setReport([t('trust/signers/withdrawn')]);
    await goOn();
    onChanged();
  };
  const leave = async () => {
    setReport([]);
    if ((await ask('trust.leaveSigner')) !== null) await goOn();
  };
  return (
    <section className={classes.signers} aria-labelledby={title}>
      <h2 id={title} ref={heading} tabIndex={-1} className={classes.title}>
        {t('trust/signers/title')}
      </h2>
      <p className={classes.small}>{t('trust/signers/help')}</p>
      <p id={working} className="only-heard">
        {notNow === undefined ? '' : t('trust/upkeep/opening')}
      </p>
      {seen === null || !rights.mayChange ? null : seen.looked !== null ? (
        <Signing
          signing={seen.looked}
          opened={opened}
          notNow={notNow}
          onPin={(fingerprint, subject) => void pin(fingerprint, subject)}
          onPinAuthority={(fingerprint, subject) => void pinAuthority(fingerprint, subject)}
          onTake={() => void take([])}
          onLeave={() => void leave()}
        />
      ) : (
        <>
          {seen.refused === null ? null : (
            <div className={classes.refused}>
              <p role="status">{t('trust/signers/refused', { file: seen.refused })}</p>
              <Button icon={FileSearch} notNow={notNow} onClick={() => void open('refused')}>
                {t('trust/signers/look')}
              </Button>
            </div>
          )}
          <div>
            <Button notNow={notNow} onClick={() => void open('chosen')}>
              {t('trust/signers/open')}
            </Button>
          </div>
        </>
      )}
      <p role="status">{waits ? t('confirm/waits') : ''}</p>
      {looking.failure === null ? null : <FailureNotice code={looking.failure} customer={false} />}
      <ListsOutcome report={report} testId="signers-report" failure={failure} fields={fields} />
      {seen === null ? null : seen.pins.length === 0 ? (
        <p>{t('trust/signers/none')}</p>
      ) : (
        <ul className={classes.pins} data-testid="pins">
          {seen.pins.map((each) => (
            <li key={`${each.kind} ${each.fingerprint}`} className={classes.pin}>
              <p className={classes.standing}>
                <ResultMark mark={pinMarks[each.state]} />
                <span>
                  <strong>
                    <bdi>{pinName(each, t)}</bdi>
                  </strong>{' '}
                  {pinWords(each, language, t)}
                </span>
              </p>
              <Fingerprint digits={each.fingerprint} />
              {rights.mayChange ? (
                <div>
                  <Button notNow={notNow} onClick={() => void withdraw(each.fingerprint)}>
                    {t('trust/signers/withdraw', { name: pinName(each, t) })}
                  </Button>
                </div>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {seen !== null && seen.pinCount > seen.pins.length ? (
        <p>{t('trust/signers/more', { count: seen.pinCount - seen.pins.length })}</p>
      ) : null}
    </section>
  );
}
