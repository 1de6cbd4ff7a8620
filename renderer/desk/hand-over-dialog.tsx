import { useState } from 'react';
import type { StationsView } from '../../preload/contract.ts';
import { stationCalled } from '../office/stations-view.ts';
import { Button } from '../parts/button.tsx';
import { Choices } from '../parts/choices.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './question.module.css';

interface HandOverDialogProps {
  /** The case that goes. */
  readonly id: string;
  readonly stations: StationsView['stations'];
  /** What came of it, in a sentence. */
  readonly onHandedOver: (report: string) => void;
  readonly onClose: () => void;
}

/** Asks to which station one case of the queue goes, and has its file written. */
export function HandOverDialog({ id, stations, onHandedOver, onClose }: HandOverDialogProps) {
  const { t } = useWords();
  const { ask, busy, failure } = useAsking();
  // One that is the only one is chosen: there is nothing to choose.
  const [to, setTo] = useState(stations.length === 1 ? (stations[0]?.station ?? null) : null);
  const chosen = stations.find(({ station }) => station === to);
  const handOver = async () => {
    if (chosen === undefined) return;
    const answer = await ask('stations.handOver', chosen.station, id);
    if (answer === null || answer.value === null) return;
    const { file, cases } = answer.value;
    const station = stationCalled(chosen);
    onHandedOver(
      file === null ? t('stations/nothingToHand') : t('stations/handedOver', { file, count: cases, station }),
    );
  };
  return (
    <Dialog title={t('stations/handTitle')} onClose={onClose}>
      <form
        className={classes.body}
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void handOver();
        }}
      >
        <p className={classes.help}>{t('stations/handHelp')}</p>
        <Choices
          legend={t('stations/handTo')}
          choices={stations.map((each) => ({
            value: each.station,
            name: stationCalled(each),
            ...(each.name === '' ? {} : { help: each.station }),
          }))}
          value={to}
          onChange={setTo}
        />
        {failure === null ? null : <FailureNotice code={failure} customer={false} />}
        <div className={classes.actions}>
          <Button type="submit" kind="main" disabled={busy || chosen === undefined}>
            {t('stations/handAction')}
          </Button>
          <span className={classes.apart}>
            <Button onClick={onClose}>{t('stations/keepHere')}</Button>
          </span>
        </div>
      </form>
    </Dialog>
  );
}
