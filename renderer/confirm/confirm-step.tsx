import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { longest } from '../../main/result/bounds.ts';
import type { ConfirmInput, ConfirmView } from '../../preload/confirm-contract.ts';
import { Button } from '../parts/button.tsx';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import classes from './confirm.module.css';

interface StepProps {
  readonly view: ConfirmView;
  readonly busy: boolean;
  readonly onSay: (input: ConfirmInput) => void;
}

/** What is asked now. Whatever was typed is gone from the page with the answer. */
export function ConfirmStep(props: StepProps) {
  const { step } = props.view;
  if (step === 'sign-in') return <SignInStep {...props} />;
  if (step === 'names') return <NamesStep {...props} />;
  return step === 'secret' ? <SecretStep {...props} /> : <YesStep {...props} />;
}

function SignInStep({ view, busy, onSay }: StepProps) {
  const { t } = useWords();
  const [sign, setSign] = useState('');
  const [secret, setSecret] = useState('');
  const { persons, signed } = view;
  const ready = !busy && sign.trim() !== '' && secret !== '';
  return (
    <Form
      action={t('confirm/signIn')}
      ready={ready}
      onSubmit={() => {
        setSecret('');
        onSay({ kind: 'sign-in', sign, secret });
      }}
    >
      <p>
        {t('confirm/progress', { number: signed.length + 1, persons })}
        {signed.length === 0 ? '' : ` ${t('confirm/another')}`}
      </p>
      <TextField label={t('confirm/sign')} value={sign} onChange={setSign} first />
      <TextField label={t('confirm/secret')} value={secret} onChange={setSecret} secret />
    </Form>
  );
}

function NamesStep({ busy, onSay }: StepProps) {
  const { t } = useWords();
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const ready = !busy && first.trim() !== '' && second.trim() !== '';
  return (
    <Form action={t('confirm/answerFor')} ready={ready} onSubmit={() => onSay({ kind: 'names', first, second })}>
      <p>{t('confirm/names')}</p>
      <TextField label={t('confirm/first')} value={first} onChange={setFirst} first />
      <TextField label={t('confirm/second')} value={second} onChange={setSecond} />
    </Form>
  );
}

function SecretStep({ view, busy, onSay }: StepProps) {
  const { t } = useWords();
  const [secret, setSecret] = useState('');
  const [again, setAgain] = useState('');
  const chosen = useRef<HTMLInputElement>(null);
  const differ = again !== '' && again !== secret;
  return (
    <Form
      action={t('confirm/keepSecret')}
      ready={!busy && secret !== '' && again === secret}
      onSubmit={() => {
        setSecret('');
        setAgain('');
        // A secret that is refused is typed anew from the first field.
        chosen.current?.focus();
        onSay({ kind: 'secret', secret });
      }}
    >
      <p>{t('confirm/newSecret', { sign: view.secretFor ?? '' })}</p>
      <TextField label={t('confirm/chosen')} value={secret} onChange={setSecret} secret first field={chosen} />
      <TextField label={t('confirm/again')} value={again} onChange={setAgain} secret />
      <p role="status">{differ ? t('confirm/differ') : ''}</p>
    </Form>
  );
}

function YesStep({ busy, onSay }: StepProps) {
  const { t } = useWords();
  return (
    <Form action={t('confirm/yes')} ready={!busy} onSubmit={() => onSay({ kind: 'yes' })}>
      {null}
    </Form>
  );
}

interface FormProps {
  readonly action: string;
  readonly ready: boolean;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

function Form({ action, ready, onSubmit, children }: FormProps) {
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSubmit();
      }}
    >
      {children}
      <div>
        <Button kind="main" type="submit" disabled={!ready}>
          {action}
        </Button>
      </div>
    </form>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly secret?: boolean;
  readonly first?: boolean;
  readonly field?: RefObject<HTMLInputElement | null>;
}

function TextField({ label, value, onChange, secret = false, first = false, field }: TextFieldProps) {
  return (
    <Field label={label}>
      {(attributes) => (
        <input
          {...attributes}
          ref={field}
          className={fieldClasses.input}
          type={secret ? 'password' : 'text'}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the first field of this step
          autoFocus={first}
          value={value}
          maxLength={secret ? 1000 : longest.sign}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
