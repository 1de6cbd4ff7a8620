import { ChevronRight, Search, UserRound, UserRoundX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { longest } from '../../main/result/bounds.ts';
import type { CaseView, FoundHolder } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { personalNumber } from '../parts/formats.ts';
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
    const answer = await ask('holders.find', asked);
    if (answer !== null) setFound({ query: asked, holders: answer.value });
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
              maxLength={longest.query}
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
      <Quote>{t('holder/ask')}</Quote>
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
  if (found.holders.length === 0) return <p role="status">{t('holder/nobody', { query: found.query })}</p>;
  return (
    <section className={classes.cards} aria-label={t('holder/found', { count: found.holders.length })}>
      <p role="status" className={classes.help}>
        {t('holder/found', { count: found.holders.length })}
      </p>
      <ul ref={list} className={classes.cards}>
        {found.holders.map(({ holder, matchedBy }) => (
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
              <span className={classes.cardEnd}>{t(`holder/matched-${matchedBy}`)}</span>
              <ChevronRight aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
