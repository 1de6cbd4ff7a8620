import { FileUp } from 'lucide-react';
import { useId, useRef } from 'react';
import type { StationsView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { CopyButton } from '../parts/copied-text.tsx';
import { useWords } from '../parts/language.ts';
import { Fingerprint } from './fingerprint.tsx';
import classes from './headquarters.module.css';
import ownClasses from './stations.module.css';

interface StationsOwnProps extends Pick<StationsView, 'own'> {
  /** Not now, and the element of this id says why. */
  readonly notNow: string | undefined;
  readonly onSave: () => void;
}

/** Who this station is to others, to be compared there, and its card to be taken there. */
export function StationsOwn({ own, notNow, onSave }: StationsOwnProps) {
  const { t } = useWords();
  const facts = useRef<HTMLDListElement>(null);
  const title = useId();
  return (
    <section className={classes.part} aria-labelledby={title}>
      <h2 id={title} className={classes.subtitle}>
        {t('stations/own')}
      </h2>
      <p className={classes.help}>{t('stations/ownHelp')}</p>
      <dl ref={facts} className={classes.facts} data-testid="stations-own">
        <div className={classes.row}>
          <dt>{t('stations/fields/name')}</dt>
          <dd>
            <bdi>{own.name === '' ? t('stations/nameless') : own.name}</bdi>
          </dd>
        </div>
        <div className={classes.row}>
          <dt>{t('stations/fields/id')}</dt>
          <dd className={classes.mono}>{own.station}</dd>
        </div>
        <div className={ownClasses.large}>
          <dt>{t('stations/fields/fingerprint')}</dt>
          <dd>
            <Fingerprint digits={own.fingerprint} />
          </dd>
        </div>
      </dl>
      <div className={classes.actions}>
        <CopyButton of={facts}>{t('stations/copy')}</CopyButton>
        <Button icon={FileUp} notNow={notNow} onClick={onSave}>
          {t('stations/saveCard')}
        </Button>
      </div>
    </section>
  );
}
