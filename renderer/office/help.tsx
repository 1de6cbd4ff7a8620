import { useDeferredValue, useMemo, useState } from 'react';
import { type FailureCode, failureCodes } from '../../main/result/failure-codes.ts';
import { retryAfter } from '../../resources/failures/retry.ts';
import recordClasses from '../desk/records.module.css';
import { Field } from '../parts/field.tsx';
import { useWords, type Words } from '../parts/language.ts';
import { usePageHeading } from '../parts/use-page-heading.ts';
import classes from './help.module.css';

/** So many are shown at once: more are nobody's answer. */
const mostShown = 40;

/** The codes whose words hold all that is typed, in the order of the catalogue. */
export function helpFor(
  query: string,
  { language, failure }: Pick<Words, 'language' | 'failure'>,
): readonly FailureCode[] {
  const wanted = query.toLocaleLowerCase(language).split(/\s+/).filter(Boolean);
  return failureCodes.filter((code) => {
    const { happened, staff, customer } = failure(code);
    const text = `${code} ${happened} ${staff} ${customer}`.toLocaleLowerCase(language);
    return wanted.every((word) => text.includes(word));
  });
}

/** Help for each way to fail: what happened, what to do, what the customer is told, and whether trying again helps. */
export function Help() {
  const words = useWords();
  const { t, failure } = words;
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query);
  const found = useMemo(() => helpFor(asked, words), [asked, words]);
  const heading = usePageHeading();
  return (
    <main className={recordClasses.records}>
      <header>
        <h1 ref={heading} tabIndex={-1} className={recordClasses.title}>
          {t('help/title')}
        </h1>
        <p className={classes.help}>{t('help/help')}</p>
      </header>
      <search className={classes.search}>
        <Field label={t('help/search')}>
          {(attributes) => (
            <input
              {...attributes}
              type="search"
              className={recordClasses.input}
              value={query}
              maxLength={200}
              autoComplete="off"
              onChange={({ target }) => setQuery(target.value)}
            />
          )}
        </Field>
      </search>
      <p role="status">{t('help/found', { count: found.length })}</p>
      <ul className={classes.list}>
        {found.slice(0, mostShown).map((code) => {
          const { happened, staff, customer } = failure(code);
          return (
            <li key={code}>
              <details className={classes.entry} data-failure={code}>
                <summary>{happened}</summary>
                <dl className={classes.facts}>
                  <dt>{t('common/whatToDo')}</dt>
                  <dd>{staff}</dd>
                  <dt>{t('common/tellTheCustomer')}</dt>
                  <dd>{customer}</dd>
                  <dt>{t('help/again')}</dt>
                  <dd>{t(`help/retry/${retryAfter(code)}`)}</dd>
                  <dt>{t('help/code')}</dt>
                  <dd className={recordClasses.mono}>{code}</dd>
                </dl>
              </details>
            </li>
          );
        })}
      </ul>
      {found.length > mostShown ? <p>{t('help/more', { count: found.length - mostShown })}</p> : null}
    </main>
  );
}
