import type { KioskState } from '../../preload/kiosk-contract.ts';
import { specimenTitle } from '../desk/specimen-title.ts';
import { useWords } from '../parts/language.ts';
import classes from './kiosk.module.css';
import type { KioskAct } from './screen-model.ts';

interface TrainingBarProps {
  readonly state: KioskState;
  readonly act: (act: KioskAct) => void;
}

/** That all of it is made up, on every screen; and without a reader what lies on the one of the training. */
export function TrainingBar({ state, act }: TrainingBarProps) {
  const { t } = useWords();
  return (
    <header className={classes.training}>
      <span>
        <strong>{t('training/banner')}</strong>
        {' · '}
        {state.standIn ? t('training/standIn') : t('training/bannerText')}
      </span>
      {state.specimens.length === 0 ? null : (
        <select
          className={classes.select}
          aria-label={t('kiosk/training/lay')}
          value={state.specimen ?? ''}
          onChange={(event) => act({ method: 'lay', args: [event.target.value === '' ? null : event.target.value] })}
        >
          <option value="">{t('kiosk/training/nothing')}</option>
          {state.specimens.map((specimen) => (
            <option key={specimen.id} value={specimen.id}>
              {specimenTitle(specimen, t)}
            </option>
          ))}
        </select>
      )}
    </header>
  );
}
