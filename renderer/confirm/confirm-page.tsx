import { useEffect, useRef, useState } from 'react';
import type { FailureCode } from '../../main/result/failure-codes.ts';
import type { ConfirmBridge, ConfirmInput, ConfirmResult, ConfirmView } from '../../preload/confirm-contract.ts';
import type { Language } from '../../resources/texts/languages.ts';
import { Button } from '../parts/button.tsx';
import { LanguageContext, loadWords, useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import classes from './confirm.module.css';
import { ConfirmStep } from './confirm-step.tsx';

interface Shown {
  readonly view: ConfirmView | null;
  readonly code: FailureCode | null;
}

/** One act to be confirmed: what, what follows from it, what it is done to, and the step that is next. */
export function ConfirmPage({ bridge }: { readonly bridge: ConfirmBridge }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [language, setLanguage] = useState<Language>('en');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void bridge.ask().then(async (result) => {
      // Words first; English where they are not to be had, which the page has from its start.
      const wanted = result.ok && result.value !== null ? result.value.language : 'en';
      if (await loadWords(wanted)) setLanguage(wanted);
      setShown(afterAnswer(null, result));
    });
  }, [bridge]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const stands = shown !== null && shown.view !== null;
  useEffect(() => {
    if (!stands) return;
    // Escape is the way out, as of every question; Enter alone says yes to nothing.
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) void bridge.answer({ kind: 'cancel' });
    };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, [bridge, stands]);
  const say = async (input: ConfirmInput) => {
    setBusy(true);
    const result = await bridge.answer(input);
    setShown((before) => afterAnswer(before?.view ?? null, result));
    setBusy(false);
  };
  if (shown === null) return null;
  return (
    <LanguageContext value={language}>
      <main className={classes.page}>
        {shown.view === null ? <Over /> : <Asked view={shown.view} />}
        {shown.code === null ? null : <FailureNotice code={shown.code} customer={false} />}
        {shown.view === null ? null : (
          <>
            {/* Another step, another form: nothing that was typed stays. */}
            <ConfirmStep
              key={`${shown.view.step} ${shown.view.signed.length}`}
              view={shown.view}
              busy={busy}
              onSay={say}
            />
            <div>
              <Button onClick={() => void say({ kind: 'cancel' })}>
                <Cancel />
              </Button>
            </div>
          </>
        )}
      </main>
    </LanguageContext>
  );
}

// What failed can be said again; what is shown stays.
function afterAnswer(before: ConfirmView | null, result: ConfirmResult): Shown {
  if (result.ok) return { view: result.value, code: null };
  return { view: result.code === 'confirm.over' ? null : before, code: result.code };
}

function Cancel() {
  return useWords().t('confirm/cancel');
}

function Over() {
  const { t } = useWords();
  return <p role="status">{t('confirm/over')}</p>;
}

function Asked({ view }: { readonly view: ConfirmView }) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const { step } = view;
  // Every other step begins in its first field; a yes has none, and no key that says it.
  useEffect(() => {
    if (step === 'yes') heading.current?.focus();
  }, [step]);
  return (
    <>
      <header className={classes.head}>
        <p className={classes.kind}>{t('confirm/title')}</p>
        <h1 ref={heading} tabIndex={-1} className={classes.what}>
          {view.what}
        </h1>
      </header>
      <section>
        <h2 className={classes.label}>{t('confirm/follows')}</h2>
        <p>{view.why}</p>
      </section>
      <section>
        <h2 className={classes.label}>{t('confirm/onWhat')}</h2>
        <dl className={classes.rows} data-testid="confirm-rows">
          {view.rows.map(({ label, value }) => (
            <div key={label} className={classes.row}>
              <dt>{label}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <div role="status">
        {view.signed.length === 0 ? null : (
          <ul className={classes.signed}>
            {view.signed.map(({ sign, name }) => (
              <li key={sign}>{t('confirm/signed', { sign, name })}</li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
