import type { Answer } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import classes from './headquarters.module.css';

interface HeadquartersRefusedProps {
  readonly refused: Answer<'headquarters.fetch'>['refused'];
}

/** What headquarters sent and the station could not take, each kind with why, and what is to be done. */
export function HeadquartersRefused({ refused }: HeadquartersRefusedProps) {
  const { t, failure } = useWords();
  return (
    <div role="alert" className={classes.said} data-testid="headquarters-refused">
      {refused.map(({ kind, number, code }) => {
        const { happened, staff } = failure(code);
        return (
          <p key={kind} className={classes.state} data-failure={code}>
            <ResultMark mark="refer" />
            <span>
              <strong>{t(`delivery/refused-${kind}`)}</strong> {t('headquarters/refusedNumber', { number })} {happened}{' '}
              {staff}
            </span>
          </p>
        );
      })}
    </div>
  );
}
