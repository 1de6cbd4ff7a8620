import { Search, UserRoundX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { longest } from '../../main/result/bounds.ts';
import { isDigitalIdCard, longestScanned } from '../../main/result/digital-id-card.ts';
import type { CaseView, DigitalIdFound, DirectoryFound, FoundHolder } from '../../preload/contract.ts';
import { useBridge } from '../parts/bridge.ts';
import { Button } from '../parts/button.tsx';
import { useDraft } from '../parts/drafts.ts';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { holderName, isolated } from '../parts/holder-name.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { Quote } from '../parts/quote.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { BeforeNews, PrintedDocument } from './before-news.tsx';
import { DocumentCandidates, type FoundByDocument } from './document-candidates.tsx';
import { HolderCard } from './holder-card.tsx';
import classes from './question.module.css';
import { Question } from './question.tsx';
import { isZoneLine, mayBeZone } from './swipe.ts';

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
  const [query, setQuery] = useDraft('holder/query', '');
  const [found, setFound] = useState<Found | null>(null);
  const byDocument = useByDocument(view);
  const search = async () => {
    const asked = query.trim();
    if (asked === '') return;
    if (!isDigitalIdCard(asked) && isZoneLine(asked)) {
      // A scanner types its lines here where the field has the focus: an Enter between them is no search.
      if (mayBeZone(asked) && (await ask('case.takeDocument', asked)) !== null) setQuery('');
      return;
    }
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
      question={t(
        byDocument !== null ? 'holder/questionDocument' : renewal ? 'holder/question-renew-bankid' : 'holder/question',
      )}
      help={byDocument === null ? t('holder/help') : undefined}
      onSubmit={() => void search()}
      focusHeading={false}
    >
      <PrintedDocument view={view} />
      <BeforeNews view={view} />
      {byDocument === null || found !== null ? null : (
        <DocumentCandidates by={byDocument} onChoose={(id) => void ask('case.chooseHolder', id)} />
      )}
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
              data-takes-scans=""
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

/** Whom the document leads to that was swiped; null where none was, and before it is told. */
function useByDocument({ printed, holder }: CaseView): FoundByDocument | null {
  const bridge = useBridge();
  const [by, setBy] = useState<FoundByDocument | null>(null);
  const document = printed === null || holder !== null ? null : `${printed.issuer} ${printed.number}`;
  useEffect(() => {
    setBy(null);
    if (document === null) return;
    let wanted = true;
    void bridge.call('holders.byDocument').then((result) => {
      if (wanted && result.ok) setBy(result.value);
    });
    return () => {
      wanted = false;
    };
  }, [bridge, document]);
  return by;
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
        <p role="status">
          {t('holder/digitalId', { name: isolated(`${found.verified.givenNames} ${found.verified.surname}`) })}
        </p>
      )}
      <p role="status" className={classes.help}>
        {count === 0 ? t('holder/nobody', { query: found.query }) : t('holder/found', { count })}
      </p>
      {found.directory === null ? null : <DirectoryAge found={found.directory} />}
      <ul ref={list} className={classes.cards}>
        {people.map(({ holder, how }) => (
          <li key={holder.id}>
            <HolderCard holder={holder} how={how} onChoose={() => onChoose(holder.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
