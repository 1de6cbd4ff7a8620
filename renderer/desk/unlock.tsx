import { LockOpen } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './layout.module.css';
import { Question } from './question.tsx';

/** Opens records that are locked by a passphrase. */
export function Unlock({ onOpen }: { readonly onOpen: () => void }) {
  const { t } = useWords();
  const { ask, busy, failure } = useAsking();
  const [passphrase, setPassphrase] = useState('');
  const unlock = async () => {
    const answer = await ask('app.unlock', passphrase);
    setPassphrase('');
    if (answer !== null) onOpen();
  };
  return (
    <main className={classes.alone}>
      <Question question={t('unlock/question')} help={t('unlock/help')} onSubmit={unlock} focusHeading={false}>
        <Field label={t('unlock/field')}>
          {(attributes) => (
            <input
              {...attributes}
              className={fieldClasses.input}
              type="password"
              autoComplete="current-password"
              // biome-ignore lint/a11y/noAutofocus: the one field of this screen
              autoFocus
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          )}
        </Field>
        {failure === null ? null : <FailureNotice code={failure} />}
        <div>
          <Button kind="main" type="submit" icon={LockOpen} disabled={busy || passphrase === ''}>
            {t('unlock/action')}
          </Button>
        </div>
      </Question>
    </main>
  );
}
