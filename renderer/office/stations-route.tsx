import { ArrowRight } from 'lucide-react';
import { Button } from '../parts/button.tsx';
import { useWords } from '../parts/language.ts';
import classes from './headquarters.module.css';

interface StationsRouteProps {
  /** Of the element that says what it needs. */
  readonly id: string;
  readonly headquartersSet: boolean;
  /** To the page Headquarters; null for whom it is not. */
  readonly onHeadquarters: (() => void) | null;
}

/** That cases can go to another station by themselves, what that needs, and where it is missing here. */
export function StationsRoute({ id, headquartersSet, onHeadquarters }: StationsRouteProps) {
  const { t } = useWords();
  return (
    <>
      <p id={id} className={classes.help}>
        {t('stations/routeNeeds')} {headquartersSet ? null : t('stations/routeUnset')}
      </p>
      {headquartersSet || onHeadquarters === null ? null : (
        <div className={classes.actions}>
          <Button icon={ArrowRight} kind="quiet" onClick={onHeadquarters}>
            {t('stations/toHeadquarters')}
          </Button>
        </div>
      )}
    </>
  );
}
