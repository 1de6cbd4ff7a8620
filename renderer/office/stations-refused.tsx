import type { TakenFile } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import classes from './headquarters.module.css';

interface StationsRefusedProps {
  readonly refused: Extract<TakenFile, { kind: 'outcomes' }>['refused'];
}

/** Ends of cases that came and could not be taken, each with why, and what is to be done. */
export function StationsRefused({ refused }: StationsRefusedProps) {
  const { t, failure } = useWords();
  return (
    <div role="alert" className={classes.said} data-testid="stations-refused">
      {refused.map(({ id, code }) => {
        const { happened, staff } = failure(code);
        return (
          <p key={id} className={classes.state} data-failure={code}>
            <ResultMark mark="refer" />
            <span>
              <strong>{t('stations/refused', { id })}</strong> {happened} {staff}
            </span>
          </p>
        );
      })}
    </div>
  );
}
