import { Lock, LockOpen } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './layout.module.css';
import { Question } from './question.tsx';

interface UnlockProps {
  /** Whether nothing locks the folder yet: the passphrase is chosen here, and is to be typed twice. */
  readonly isNew: boolean;
  readonly onOpen: () => void;
}

/** Opens records that are locked by a passphrase, or chooses the one that locks them from now on. */
export function Unlock({ isNew, onOpen }: UnlockProps) {
  const { t } = useWords();
  const { ask, busy, failure } = useAsking();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const differ = isNew && again !== '' && again !== passphrase;
  const ready = !busy && passphrase !== '' && (!isNew || again === passphrase);
  const unlock = async () => {
    if (!ready) return;
    const answer = await ask('app.unlock', passphrase);
    setPassphrase('');
    setAgain('');
    if (answer !== null) onOpen();
  };
  return (
    <main className={classes.alone}>
      <Question
        question={t(isNew ? 'unlock/newQuestion' : 'unlock/question')}
        help={t(isNew ? 'unlock/newHelp' : 'unlock/help')}
        onSubmit={unlock}
        focusHeading={false}
      >
        <Field label={t('unlock/field')}>
          {(attributes) => (
            <input
              {...attributes}
              className={fieldClasses.input}
              type="password"
              autoComplete={isNew ? 'new-password' : 'current-password'}
              // biome-ignore lint/a11y/noAutofocus: the one field of this screen
              autoFocus
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          )}
        </Field>
        {isNew ? (
          <>
            <Field label={t('confirm/again')}>
              {(attributes) => (
                <input
                  {...attributes}
                  className={fieldClasses.input}
                  type="password"
                  autoComplete="new-password"
                  value={again}
                  onChange={(event) => setAgain(event.target.value)}
                />
              )}
            </Field>
            <p role="status">{differ ? t('confirm/differ') : ''}</p>
          </>
        ) : null}
        {failure === null ? null : <FailureNotice code={failure} />}
        <div>
          <Button kind="main" type="submit" icon={isNew ? Lock : LockOpen} disabled={!ready}>
            {t(isNew ? 'unlock/newAction' : 'unlock/action')}
          </Button>
        </div>
      </Question>
    </main>
  );
}
