import { X } from 'lucide-react';
import { useId } from 'react';
import type { RosterWorkView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { progressWords } from './roster-view.ts';
import classes from './upkeep.module.css';

interface RosterProgressProps {
  readonly work: RosterWorkView;
  readonly onCancel: () => void;
}

/** An import of customers as it goes on. */
export function RosterProgress({ work, onCancel }: RosterProgressProps) {
  const words = useWords();
  const { t } = words;
  const label = useId();
  const percent = t('roster/percent', { percent: Math.floor(work.part * 100) });
  return (
    <div className={classes.work}>
      {work.trial ? <p className={classes.small}>{t('roster/trial')}</p> : null}
      <p className={classes.figures}>
        <span id={label}>{t(`roster/${work.stage}`)}</span>
        <span>{percent}</span>
      </p>
      <ProgressBar aria-labelledby={label} aria-valuetext={percent} value={work.part} max={1} />
      <p className={classes.small}>{progressWords(work, words).join(' · ')}</p>
      <div>
        <Button icon={X} onClick={onCancel}>
          {t('roster/cancel')}
        </Button>
      </div>
    </div>
  );
}
