import { useId, useRef } from 'react';
import type { HeadquartersView } from '../../preload/contract.ts';
import { CopyButton } from '../parts/copied-text.tsx';
import { useWords } from '../parts/language.ts';
import classes from './headquarters.module.css';

/** Who the station is to its headquarters, to be taken there. */
export function HeadquartersStation({ station }: Pick<HeadquartersView, 'station'>) {
  const { t } = useWords();
  const facts = useRef<HTMLDListElement>(null);
  const title = useId();
  return (
    <section className={classes.part} aria-labelledby={title}>
      <h2 id={title} className={classes.subtitle}>
        {t('headquarters/station')}
      </h2>
      <p className={classes.help}>{t('headquarters/stationHelp')}</p>
      <dl ref={facts} className={classes.facts} data-testid="headquarters-station">
        {(['id', 'publicKey', 'role'] as const).map((field) => (
          <div key={field} className={classes.row}>
            <dt>{t(`headquarters/fields/${field}`)}</dt>
            <dd className={classes.mono}>{station[field]}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.actions}>
        <CopyButton of={facts}>{t('headquarters/copy')}</CopyButton>
      </div>
    </section>
  );
}
