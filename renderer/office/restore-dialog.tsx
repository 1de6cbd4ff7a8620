import { useState } from 'react';
import { longest } from '../../main/result/bounds.ts';
import type { TrustUpdateView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { dayAndTime } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import { updateKind } from './update-view.ts';
import classes from './upkeep.module.css';

interface RestoreDialogProps {
  /** The change that is taken back. */
  readonly change: TrustUpdateView;
  readonly onRestored: () => void;
  readonly onKeep: () => void;
}

/** Asks two administrators for their names before the newest change of the lists is taken back. */
export function RestoreDialog({ change, onRestored, onKeep }: RestoreDialogProps) {
  const { t, language } = useWords();
  const { ask, busy, failure } = useAsking();
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const restore = async () => {
    const answer = await ask('trust.restore', first.trim(), second.trim());
    if (answer !== null) onRestored();
  };
  const names = [
    { label: t('trust/upkeep/first'), value: first, set: setFirst },
    { label: t('trust/upkeep/second'), value: second, set: setSecond },
  ];
  return (
    <Dialog title={t('trust/upkeep/restoreTitle')} onClose={onKeep}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          void restore();
        }}
      >
        <p>
          {t('trust/upkeep/restoreHelp', { when: dayAndTime(language, change.at), kind: updateKind(change.kind, t) })}
        </p>
        {names.map(({ label, value, set }) => (
          <Field key={label} label={label}>
            {(attributes) => (
              <input
                {...attributes}
                className={fieldClasses.input}
                value={value}
                maxLength={longest.sign}
                required
                autoComplete="off"
                onChange={(event) => set(event.target.value)}
              />
            )}
          </Field>
        ))}
        {failure === null ? null : <FailureNotice code={failure} customer={false} />}
        <div className={classes.actions}>
          <Button type="submit" kind="main" disabled={busy}>
            {t('trust/upkeep/restoreAction')}
          </Button>
          <Button onClick={onKeep}>{t('trust/upkeep/keep')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
