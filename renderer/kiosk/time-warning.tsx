import { useEffect, useRef } from 'react';
import type { KioskState } from '../../preload/kiosk-contract.ts';
import { useWords } from '../parts/language.ts';
import classes from './kiosk.module.css';
import { KioskButton } from './kiosk-button.tsx';
import type { KioskAct } from './screen-model.ts';

interface TimeWarningProps {
  readonly time: NonNullable<KioskState['time']>;
  readonly act: (act: KioskAct) => void;
}

const radius = 50;
const round = 2 * Math.PI * radius;

/** The screen is about to be cleared: a ring that runs out, the seconds, and a tone. Any touch and any key keeps it. */
export function TimeWarning({ time, act }: TimeWarningProps) {
  const { t } = useWords();
  const dialog = useRef<HTMLDivElement>(null);
  useEffect(() => dialog.current?.focus(), []);
  return (
    <div
      ref={dialog}
      className={classes.warning}
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="time-title"
      tabIndex={-1}
    >
      <h2 id="time-title">{t('kiosk/time')}</h2>
      <svg className={classes.ring} viewBox="0 0 120 120" aria-hidden="true">
        <circle className={classes.ringLine} cx="60" cy="60" r={radius} />
        <circle
          cx="60"
          cy="60"
          r={radius}
          strokeDasharray={round}
          strokeDashoffset={round * (1 - time.left / time.total)}
        />
      </svg>
      <p data-testid="time-left">{t('kiosk/timeLeft', { count: time.left })}</p>
      <KioskButton main onPress={() => act({ method: 'touched', args: [] })}>
        {t('kiosk/stillHere')}
      </KioskButton>
    </div>
  );
}
