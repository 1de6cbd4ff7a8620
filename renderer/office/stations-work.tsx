import { useId } from 'react';
import type { TextKey } from '../../resources/texts/catalogue.ts';
import { useWords } from '../parts/language.ts';
import { ProgressBar } from '../parts/progress-bar.tsx';
import classes from './upkeep.module.css';

/** What is under way with files: a dialog of the system is open, or a file is worked on. */
export type StationsWorking = 'hand' | 'take' | 'write';

/** A bar without an end: nobody knows how long somebody looks for a file. */
export function StationsWork({ working }: { readonly working: StationsWorking }) {
  const { t } = useWords();
  const label = useId();
  const words: TextKey = `stations/work/${working}`;
  return (
    <div className={classes.work} data-testid="stations-work">
      <p className={classes.figures}>
        <span id={label}>{t(words)}</span>
      </p>
      <ProgressBar aria-labelledby={label} />
    </div>
  );
}
