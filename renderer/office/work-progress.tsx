import { X } from 'lucide-react';
import { useId } from 'react';
import type { TrustWorkView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { workWords } from './update-view.ts';
import classes from './upkeep.module.css';

interface WorkProgressProps {
  readonly work: TrustWorkView;
  /** Null for who may only look. */
  readonly onCancel: (() => void) | null;
}

/** The work on the lists as it goes on; a bar without an end where nobody can know how long it is. */
export function WorkProgress({ work, onCancel }: WorkProgressProps) {
  const { t } = useWords();
  const label = useId();
  const percent = work.part === null ? null : t('trust/upkeep/percent', { percent: Math.floor(work.part * 100) });
  return (
    <div className={classes.work}>
      <p className={classes.figures}>
        <span id={label}>{workWords(work, t)}</span>
        <span>{percent}</span>
      </p>
      <ProgressBar
        aria-labelledby={label}
        aria-valuetext={percent ?? undefined}
        {...(work.part === null ? {} : { value: work.part, max: 1 })}
      />
      {work.background || onCancel === null ? null : (
        <div>
          <Button icon={X} onClick={onCancel}>
            {t('trust/upkeep/cancel')}
          </Button>
        </div>
      )}
    </div>
  );
}
