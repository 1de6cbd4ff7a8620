import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { StationsView } from '../../preload/contract.ts';
import recordClasses from '../desk/records.module.css';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import classes from './headquarters.module.css';
import ownClasses from './stations.module.css';
import { stationCalled } from './stations-view.ts';

interface StationsNeverCameProps extends Pick<StationsView, 'stations'> {
  /** Not now, and the element of this id says why. */
  readonly notNow: string | undefined;
  readonly onGiveBack: (id: string, station: string) => void;
}

/** For a file that was lost: its case is given back by its number, and the file is refused should it turn up. */
export function StationsNeverCame({ stations, notNow, onGiveBack }: StationsNeverCameProps) {
  const { t } = useWords();
  const [id, setId] = useState('');
  const [station, setStation] = useState(stations[0]?.station ?? '');
  const isReady = id.trim() !== '' && station !== '';
  return (
    <details>
      <summary className={ownClasses.summary}>{t('stations/neverCame')}</summary>
      <form
        className={ownClasses.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && notNow === undefined) onGiveBack(id.trim(), station);
        }}
      >
        <p className={classes.help}>{t('stations/neverCameHelp')}</p>
        <Field label={t('stations/from')}>
          {(attributes) => (
            <select
              {...attributes}
              className={recordClasses.input}
              value={station}
              onChange={({ target }) => setStation(target.value)}
            >
              {stations.map((each) => (
                <option key={each.station} value={each.station}>
                  {stationCalled(each)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('stations/case')}>
          {(attributes) => (
            <input
              {...attributes}
              className={recordClasses.input}
              value={id}
              maxLength={60}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setId(target.value)}
            />
          )}
        </Field>
        <div>
          <Button type="submit" icon={Undo2} disabled={!isReady} notNow={notNow}>
            {t('stations/giveBackByNumber')}
          </Button>
        </div>
      </form>
    </details>
  );
}
