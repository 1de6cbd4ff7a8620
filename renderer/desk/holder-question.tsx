import { ChevronRight, Search, UserRound, UserRoundX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { longest } from '../../main/result/bounds.ts';
import { isDigitalIdCard, longestScanned } from '../../main/result/digital-id-card.ts';
import type { CaseView, DigitalIdFound, DirectoryFound, FoundHolder } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { dayAndTime, personalNumber } from '../parts/formats.ts';
import { holderName } from '../parts/holder-name.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Quote } from '../parts/quote.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './question.module.css';
import { Question } from './question.tsx';

interface Found {
  readonly query: string;
  readonly holders: readonly FoundHolder[];
  /** Whom the bank's own directory found; null where none is set, or it could not be asked. */
  readonly directory: DirectoryFound | null;
  /** Whom a digital identity card named. */
  readonly verified: DigitalIdFound['person'] | null;
}

/** Finds the person on file, or goes on without one. */
export function HolderQuestion({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const { ask, busy, failure } = useAsking();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const search = async () => {
    const asked = query.trim();
    if (asked === '') return;
    setFound(null);
    if (isDigitalIdCard(asked)) {
      const card = await ask('holders.byDigitalId', asked);
      if (card === null) return;
      const { person, holders } = card.value;
      const name = `${person.givenNames} ${person.surname}`;
      const directory = await ask('holders.inDirectory', person.personalNumber);
      setFound({ query: name, holders, directory: directory?.value ?? null, verified: person });
      return;
    }
    const cut = asked.slice(0, longest.query);
    const answer = await ask('holders.find', cut);
    if (answer === null) return;
    const directory = await ask('holders.inDirectory', cut);
    setFound({ query: cut, holders: answer.value, directory: directory?.value ?? null, verified: null });
  };
  const renewal = view.purpose === 'renew-bankid';
  return (
    <Question
      question={t(renewal ? 'holder/question-renew-bankid' : 'holder/question')}
      help={t('holder/help')}
      onSubmit={() => void search()}
      focusHeading={false}
    >
      <div className={classes.search}>
        <Field label={t('holder/field')}>
          {(attributes) => (
            <input
              {...attributes}
              className={fieldClasses.input}
              value={query}
              maxLength={longestScanned}
              autoComplete="off"
              spellCheck={false}
              // biome-ignore lint/a11y/noAutofocus: the field is the question's one answer
              autoFocus
              onChange={(event) => setQuery(event.target.value)}
            />
          )}
        </Field>
        <Button kind="main" type="submit" icon={Search} disabled={busy || query.trim() === ''}>
          {t('holder/action')}
        </Button>
      </div>
      <Quote say={({ t: said }) => said('holder/ask')} />
      {failure === null ? null : <FailureNotice code={failure} />}
      {found === null ? null : <FoundHolders found={found} onChoose={(id) => void ask('case.chooseHolder', id)} />}
      {found === null && view.holder !== null ? (
        <p className={classes.help}>{t('holder/chosen', { name: holderName(t, view.holder) })}</p>
      ) : null}
      <div className={classes.actions}>
        <Button icon={UserRoundX} disabled={busy} onClick={() => void ask('case.holderNotOnFile')}>
          {t('holder/notOnFile')}
        </Button>
        <span className={classes.aside}>{t('holder/notOnFileHelp')}</span>
      </div>
    </Question>
  );
}

interface Shown {
  readonly holder: FoundHolder['holder'];
  readonly how: string;
}

/** When the directory said so, and why it was not asked now: an old answer is never shown as a new one. */
function DirectoryAge({ found: { code, fetchedAt } }: { readonly found: DirectoryFound }) {
  const { t, language } = useWords();
  if (code === null) return null;
  return (
    <>
      <FailureNotice code={code} />
      <p role="status">{t('holder/directoryAge', { time: dayAndTime(language, fetchedAt) })}</p>
    </>
  );
}

interface FoundHoldersProps {
  readonly found: Found;
  readonly onChoose: (id: string) => void;
}

function FoundHolders({ found, onChoose }: FoundHoldersProps) {
  const { t } = useWords();
  const list = useRef<HTMLUListElement>(null);
  // The first of what was found is one Enter away.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each search anew
  useEffect(() => list.current?.querySelector('button')?.focus(), [found]);
  const others = (found.directory?.holders ?? []).filter(
    ({ id }) => !found.holders.some(({ holder }) => holder.id === id),
  );
  const people: readonly Shown[] = [
    ...found.holders.map(({ holder, matchedBy }) => ({ holder, how: t(`holder/matched-${matchedBy}`) })),
    ...others.map((holder) => ({ holder, how: t('holder/directory') })),
  ];
  const count = people.length;
  return (
    <section className={classes.cards} aria-label={t('holder/found', { count })}>
      {found.verified === null ? null : (
        <p role="status">{t('holder/digitalId', { name: `${found.verified.givenNames} ${found.verified.surname}` })}</p>
      )}
      <p role="status" className={classes.help}>
        {count === 0 ? t('holder/nobody', { query: found.query }) : t('holder/found', { count })}
      </p>
      {found.directory === null ? null : <DirectoryAge found={found.directory} />}
      <ul ref={list} className={classes.cards}>
        {people.map(({ holder, how }) => (
          <li key={holder.id}>
            <button type="button" className={classes.card} onClick={() => onChoose(holder.id)}>
              <UserRound className={classes.cardIcon} aria-hidden="true" />
              <span className={classes.cardText}>
                <span className={classes.cardName}>{holderName(t, holder)}</span>
                <span className={classes.cardHelp}>
                  {holder.personalNumber !== null
                    ? personalNumber(holder.personalNumber)
                    : holder.birthDate === null
                      ? holder.id
                      : t('holder/born', { date: holder.birthDate })}
                </span>
              </span>
              <span className={classes.cardEnd}>{how}</span>
              <ChevronRight aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
