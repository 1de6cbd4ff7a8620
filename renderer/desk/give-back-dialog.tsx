import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { ReasonField } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './question.module.css';

/** A case of another station that is to go back there, and what that station is called. */
export interface GivenBack {
  readonly id: string;
  readonly station: string;
  readonly called: string;
}

interface GiveBackDialogProps {
  readonly given: GivenBack;
  readonly onGivenBack: () => void;
  readonly onClose: () => void;
}

/** Asks why a case goes back to the station that it came from, undecided: it is never taken here again. */
export function GiveBackDialog({ given, onGivenBack, onClose }: GiveBackDialogProps) {
  const { t } = useWords();
  const { ask, busy, failure } = useAsking();
  const [reason, setReason] = useState('');
  const give = async () => {
    if ((await ask('stations.giveBack', given.station, given.id, reason.trim())) !== null) onGivenBack();
  };
  return (
    <Dialog title={t('stations/giveBackTitle', { station: given.called })} onClose={onClose}>
      <form
        className={classes.body}
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void give();
        }}
      >
        <p className={classes.help}>{t('stations/giveBackHelp')}</p>
        <ReasonField label={t('stations/giveBackReason')} value={reason} required onChange={setReason} />
        {failure === null ? null : <FailureNotice code={failure} customer={false} />}
        <div className={classes.actions}>
          <Button type="submit" kind="main" disabled={busy}>
            {t('stations/giveBackAction')}
          </Button>
          <span className={classes.apart}>
            <Button onClick={onClose}>{t('stations/keepHere')}</Button>
          </span>
        </div>
      </form>
    </Dialog>
  );
}
