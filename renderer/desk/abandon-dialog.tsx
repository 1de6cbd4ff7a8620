import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { useDraft } from '../parts/drafts.ts';
import { ReasonField } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './question.module.css';
import type { Sealed } from './sealed-question.tsx';

interface AbandonDialogProps {
  /** Who signs. */
  readonly sign: string;
  readonly onSealed: (sealed: Sealed) => void;
  readonly onKeep: () => void;
}

/** Asks once more before a case ends where it stands. */
export function AbandonDialog({ sign, onSealed, onKeep }: AbandonDialogProps) {
  const { t } = useWords();
  const { ask, busy, failure } = useAsking();
  const [reason, setReason] = useDraft('abandon/reason', '');
  const abandon = async () => {
    const answer = await ask('case.abandon', reason.trim() === '' ? null : reason.trim(), null);
    if (answer !== null) onSealed({ ...answer.value, outcome: 'abandoned' });
  };
  return (
    <Dialog title={t('abandon/question')} onClose={onKeep}>
      <form
        className={classes.body}
        onSubmit={(event) => {
          // Enter in the field goes on with the case: to close it is an act of its own.
          event.preventDefault();
          onKeep();
        }}
      >
        <p className={classes.help}>
          {t('abandon/help')} {t('decide/sign')}: {sign}.
        </p>
        <ReasonField label={t('abandon/reason')} value={reason} onChange={setReason} />
        {failure === null ? null : <FailureNotice code={failure} />}
        <div className={classes.actions}>
          <Button type="submit" kind="main">
            {t('abandon/keep')}
          </Button>
          <span className={classes.apart}>
            <Button disabled={busy} onClick={() => void abandon()}>
              {t('abandon/action')}
            </Button>
          </span>
        </div>
      </form>
    </Dialog>
  );
}
