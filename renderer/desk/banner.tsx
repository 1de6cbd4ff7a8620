import { useEffect, useState } from 'react';
import type { AppInfo, DeskState, SpecimenRow } from '../../preload/contract.ts';
import { useBridge } from '../parts/bridge.ts';
import { useWords } from '../parts/language.ts';
import { useAsking } from '../parts/use-asking.ts';
import classes from './layout.module.css';
import { specimenTitle } from './specimen-title.ts';

interface BannerProps {
  readonly info: AppInfo;
  readonly station: DeskState['station'];
  /** Whether the page shown is the one on which the station is set. */
  readonly isSettingUp: boolean;
  /** What lies on the training reader. */
  readonly specimen: string | null;
  /** Whether somebody has to sign in first, who then lays something on the reader. */
  readonly isAway: boolean;
  /** Takes what is printed on the specimen as a scanner would; null where no case may begin or go on now. */
  readonly onScan: ((lines: string) => void) | null;
}

/** What must be known on every screen: training, the stand-in, a weak place for keys, a station that nobody set. Nothing where none is so. */
export function Banner({ info, station, isSettingUp, specimen, isAway, onScan }: BannerProps) {
  const { t } = useWords();
  const lines = [
    info.training ? t('training/bannerText') : null,
    info.standIn ? t('training/standIn') : null,
    info.key === 'basic-text' ? t('app/basicText') : null,
    station === null && !info.training && !isSettingUp ? t('app/stationNotSet') : null,
  ].filter((line) => line !== null);
  if (lines.length === 0) return null;
  return (
    <section className={classes.banner} data-training={info.training} aria-label={t('training/banner')}>
      <p className={classes.bannerWords}>
        {info.training ? <strong>{t('training/banner')}</strong> : null} {lines.join(' ')}
      </p>
      {info.training && !isAway ? <SpecimenPicker specimen={specimen} onScan={onScan} /> : null}
    </section>
  );
}

function SpecimenPicker({ specimen, onScan }: Pick<BannerProps, 'specimen' | 'onScan'>) {
  const { t, failure: failureWords } = useWords();
  const bridge = useBridge();
  const { ask, failure } = useAsking();
  const [rows, setRows] = useState<readonly SpecimenRow[]>([]);
  useEffect(() => {
    void bridge.call('training.specimens').then((result) => {
      if (result.ok) setRows(result.value);
    });
  }, [bridge]);
  if (rows.length === 0) return null;
  const lay = (id: string) => void (id === '' ? ask('training.lift') : ask('training.lay', id));
  const printed = rows.find(({ id }) => id === specimen)?.mrz ?? [];
  return (
    <div className={classes.picker}>
      {failure === null ? null : <span role="alert">{failureWords(failure).happened}</span>}
      <label className={classes.picked}>
        <span>{t('training/specimen')}</span>
        <select className={classes.select} value={specimen ?? ''} onChange={(event) => lay(event.target.value)}>
          <option value="">{t('training/noSpecimen')}</option>
          {rows.map(({ id, title }) => (
            <option key={id} value={id}>
              {specimenTitle({ id, title }, t)}
            </option>
          ))}
        </select>
      </label>
      {onScan === null || printed.length === 0 ? null : (
        <button type="button" className={classes.scan} onClick={() => onScan(printed.join('\n'))}>
          {t('training/scan')}
        </button>
      )}
    </div>
  );
}
