import { LogIn } from 'lucide-react';
import { useState } from 'react';
import { longest } from '../../main/result/bounds.ts';
import { Button } from '../parts/button.tsx';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './layout.module.css';
import { Question } from './question.tsx';

/** An operator comes to the desk; `waiting` is the sign of whoever left a case open, of which nothing is shown. */
export function SignIn({ waiting }: { readonly waiting: string | null }) {
  const { t } = useWords();
  const { ask, busy, failure } = useAsking();
  const [sign, setSign] = useState('');
  const [secret, setSecret] = useState('');
  const signIn = async () => {
    if (sign.trim() === '' || secret === '') return;
    // The page keeps the secret no longer than the call.
    setSecret('');
    await ask('session.signIn', sign, secret);
  };
  return (
    <main className={classes.alone}>
      <Question
        question={t('session/question')}
        help={waiting === null ? t('session/help') : t('session/waiting', { sign: waiting })}
        onSubmit={() => void signIn()}
        focusHeading={false}
      >
        <Field label={t('session/sign')}>
          {(attributes) => (
            <input
              {...attributes}
              className={fieldClasses.input}
              autoComplete="off"
              spellCheck={false}
              // biome-ignore lint/a11y/noAutofocus: the first field of this screen
              autoFocus
              value={sign}
              maxLength={longest.sign}
              onChange={(event) => setSign(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('session/secret')}>
          {(attributes) => (
            <input
              {...attributes}
              className={fieldClasses.input}
              type="password"
              autoComplete="off"
              value={secret}
              onChange={(event) => setSecret(event.target.value)}
            />
          )}
        </Field>
        {failure === null || busy ? null : <FailureNotice code={failure} />}
        <p role="status">{busy ? t('session/checking') : ''}</p>
        <div>
          <Button kind="main" type="submit" icon={LogIn} disabled={busy || sign.trim() === '' || secret === ''}>
            {t('session/action')}
          </Button>
        </div>
      </Question>
    </main>
  );
}
