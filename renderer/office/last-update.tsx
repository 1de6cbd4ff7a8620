import type { Answer } from '../../preload/contract.ts';
import { dayAndTime } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import classes from './upkeep.module.css';

type Sources = Answer<'trust.sources'>;

/** How the last update from the source ended, with the reasons for what was refused, and where lists are fetched. */
export function LastUpdate({ last, places }: Pick<Sources, 'last' | 'places'>) {
  const { t, language, failure } = useWords();
  const refused = last?.files.filter(({ outcome }) => outcome === 'refused') ?? [];
  return (
    <dl className={classes.facts}>
      <dt>{t('trust/upkeep/last')}</dt>
      <dd>
        {last === null ? (
          t('trust/upkeep/never')
        ) : (
          <>
            <p className={classes.state}>
              <ResultMark mark={last.outcome === 'failed' ? 'failed' : 'successful'} />
              <span>
                <strong>{dayAndTime(language, last.at)}</strong> {t(`trust/upkeep/${last.outcome}`)}
              </span>
            </p>
            {last.code === null ? null : <p>{failure(last.code).happened}</p>}
            {refused.length === 0 ? null : (
              <ul className={classes.refused} aria-label={t('trust/upkeep/refusedFiles')}>
                {refused.map(({ name, code }) => (
                  <li key={name}>
                    <strong>{name}</strong> {code === null ? null : failure(code).happened}
                  </li>
                ))}
              </ul>
            )}
            {last.failingSince === null ? null : (
              <p>{t('trust/upkeep/failingSince', { when: dayAndTime(language, last.failingSince) })}</p>
            )}
          </>
        )}
      </dd>
      <dt>{t('trust/upkeep/places')}</dt>
      <dd>
        {places === null ? (
          t('trust/upkeep/noPlace')
        ) : (
          <>
            {places.map((place) => (
              <p key={place} className={classes.place}>
                {place}
              </p>
            ))}
            <p className={classes.small}>{t('trust/upkeep/automatic')}</p>
          </>
        )}
      </dd>
    </dl>
  );
}
