import { X } from 'lucide-react';
import { type RefObject, useId } from 'react';
import type { HeadquartersWorkView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';
import { useFocusAfter } from '../parts/use-focus-after.ts';
import classes from './upkeep.module.css';

interface HeadquartersWorkProps {
  readonly work: HeadquartersWorkView;
  /** Null for who may only look. */
  readonly onCancel: (() => void) | null;
  /** What came of it: whoever was here when it ends goes on there. */
  readonly outcome: RefObject<HTMLElement | null>;
}

/** A delivery or a fetching as it goes on; a bar without an end where nobody can know how long it is. */
export function HeadquartersWork({ work: { kind, done, all }, onCancel, outcome }: HeadquartersWorkProps) {
  const { t } = useWords();
  const label = useId();
  const part = useFocusAfter<HTMLDivElement>(outcome);
  const isMeasured = all !== null && all > 0;
  const figures = isMeasured ? t('headquarters/ofNewest', { delivered: done, newest: all }) : null;
  return (
    <div ref={part} className={classes.work} data-testid="headquarters-work">
      <p className={classes.figures}>
        <span id={label}>{t(`headquarters/work/${kind}`)}</span>
        <span>{figures}</span>
      </p>
      <ProgressBar
        aria-labelledby={label}
        aria-valuetext={figures ?? undefined}
        {...(isMeasured ? { value: done, max: all } : {})}
      />
      {onCancel === null ? null : (
        <div>
          <Button icon={X} onClick={onCancel}>
            {t('headquarters/stop')}
          </Button>
        </div>
      )}
    </div>
  );
}
