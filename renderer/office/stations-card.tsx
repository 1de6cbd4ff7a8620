import { ShieldCheck, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { LookedCard } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import { Fingerprint } from './fingerprint.tsx';
import classes from './signers.module.css';
import ownClasses from './stations.module.css';

interface StationsCardProps {
  readonly looked: LookedCard;
  /** Whether somebody here has just chosen it, with a button that is gone. */
  readonly opened: boolean;
  /** Not now, and the element of this id says why. */
  readonly notNow: string | undefined;
  readonly onTrust: () => void;
  readonly onLeave: () => void;
}

/** A card that somebody chose, to be compared with what the other station shows, before two people trust it. */
export function StationsCard({ looked, opened, notNow, onTrust, onLeave }: StationsCardProps) {
  const { t } = useWords();
  const { file, card, known } = looked;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (opened) heading.current?.focus();
  }, [opened]);
  return (
    <div className={classes.signing} data-testid="stations-card">
      <h3 ref={heading} tabIndex={-1} className={classes.question}>
        {t('stations/cardIn', { file })}
      </h3>
      <dl className={classes.fields}>
        <div className={classes.field}>
          <dt>{t('stations/fields/name')}</dt>
          <dd>
            <bdi>{card.name === '' ? t('stations/nameless') : card.name}</bdi>
          </dd>
        </div>
        <div className={classes.field}>
          <dt>{t('stations/fields/id')}</dt>
          <dd>{card.station}</dd>
        </div>
        <div className={ownClasses.large}>
          <dt>{t('stations/fields/fingerprint')}</dt>
          <dd>
            <Fingerprint digits={card.fingerprint} />
          </dd>
        </div>
      </dl>
      <p>{t('stations/compare')}</p>
      {known === 'new' ? null : (
        <p className={classes.standing}>
          <ResultMark mark={known === 'same' ? 'successful' : 'refer'} />
          <span>{t(`stations/known-${known}`)}</span>
        </p>
      )}
      <div className={classes.actions}>
        {known === 'same' ? null : (
          <Button icon={ShieldCheck} notNow={notNow} onClick={onTrust}>
            {t('stations/trust')}
          </Button>
        )}
        <Button icon={X} kind="quiet" notNow={notNow} onClick={onLeave}>
          {t('stations/leave')}
        </Button>
      </div>
    </div>
  );
}
