import { Search } from 'lucide-react';
import type { CaseView } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { type Choice, Choices } from '../parts/choices.tsx';
import { dayAndTime, personalNumber } from '../parts/formats.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './question.module.css';
import { type RegisterWord, registerWords } from './register-view.ts';

/** The register of blocked documents: what to type on the police's page, and what it answered. */
export function RegisterPanel({ register }: { readonly register: NonNullable<CaseView['register']> }) {
  const { t, language } = useWords();
  const { ask, busy, failure } = useAsking();
  const { question, answer, service } = register;
  if (question === null) return <p className={classes.aside}>{t('register/elsewhere')}</p>;
  const choices = registerWords.map(
    (value): Choice<RegisterWord> => ({
      value,
      name: t(`register/answer-${value}`),
      help: t(`register/help-${value}`),
      disabled: busy,
    }),
  );
  return (
    <section className={classes.reasons} aria-labelledby="register-of-documents" data-testid="register">
      <h2 id="register-of-documents">{t('register/heading')}</h2>
      <p className={classes.help}>{t('register/open')}</p>
      <dl className={classes.sealed}>
        <dt>{t('register/documentNumber')}</dt>
        <dd>{question.documentNumber}</dd>
        <dt>{t('register/personalNumber')}</dt>
        <dd>{personalNumber(question.personalNumber)}</dd>
        <dt>{t('register/expiry')}</dt>
        <dd>{question.expiry}</dd>
      </dl>
      <Choices
        legend={t('register/legend')}
        choices={choices}
        value={answer?.word ?? null}
        onChange={(word) => void ask('case.answerRegister', word)}
      />
      {answer === null ? null : (
        <p className={classes.aside} role="status">
          {[dayAndTime(language, answer.at), answer.by === 'service' ? t('register/service') : answer.person]
            .filter(Boolean)
            .join(', ')}
        </p>
      )}
      {answer === null || answer.code === null ? null : <FailureNotice code={answer.code} />}
      {failure === null ? null : <FailureNotice code={failure} />}
      {service ? (
        <Button icon={Search} disabled={busy} onClick={() => void ask('case.askRegister')}>
          {t('register/ask')}
        </Button>
      ) : null}
    </section>
  );
}
