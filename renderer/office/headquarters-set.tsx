import { useId } from 'react';
import type { HeadquartersView } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import { Fingerprint } from './fingerprint.tsx';
import classes from './headquarters.module.css';
import { setRows } from './headquarters-view.ts';

/** Which headquarters is set, by whom, and until when its certificates hold; never a key or a password. */
export function HeadquartersSet({ set }: Pick<HeadquartersView, 'set'>) {
  const { t, language } = useWords();
  const title = useId();
  return (
    <section className={classes.part} aria-labelledby={title}>
      <h2 id={title} className={classes.subtitle}>
        {t('headquarters/set')}
      </h2>
      {set === null ? (
        <p>{t('headquarters/none')}</p>
      ) : (
        <dl className={classes.facts} data-testid="headquarters-set">
          {setRows(set, language, t).map(({ field, words, compare, mark }) => (
            <div key={field} className={classes.row}>
              <dt>{t(`headquarters/fields/${field}`)}</dt>
              <dd>
                {compare ? (
                  <Fingerprint digits={words} />
                ) : (
                  <span className={classes.state}>
                    {mark === null ? null : <ResultMark mark={mark} />}
                    <bdi>{words}</bdi>
                  </span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
