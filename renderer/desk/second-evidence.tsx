import type { CaseView } from '../../preload/contract.ts';
import { useWords } from '../parts/language.ts';
import { CheckList } from './check-list.tsx';
import classes from './evidence.module.css';

/** The second document as its chip states it, and its own checks on demand: what they come to stands among the case's. */
export function SecondEvidence({ second }: { readonly second: NonNullable<CaseView['second']> }) {
  const { t } = useWords();
  const { document, checks, specimen } = second;
  if (document === null) return null;
  const { surname, givenNames, birthDate, nationality } = document.holder;
  return (
    <section className={classes.second} aria-label={t('second/label')} data-testid="second-document">
      <dl className={classes.facts}>
        <dt className="only-heard">{t('second/label')}</dt>
        <dd className={classes.documentType}>
          {t(`documentTypes/${document.type}`)}
          {specimen ? <span className={classes.specimen}>{t('evidence/specimen')}</span> : null}
        </dd>
        <dt>{t('evidence/name')}</dt>
        <dd>{[givenNames, surname].filter(Boolean).join(' ')}</dd>
        <dt>{t('evidence/birthDate')}</dt>
        <dd>{birthDate ?? t('common/unknown')}</dd>
        <dt>{t('second/nationality')}</dt>
        <dd>{nationality}</dd>
        <dt>{t('evidence/number')}</dt>
        <dd className={classes.mono}>{document.number}</dd>
        <dt>{t('evidence/expiry')}</dt>
        <dd>{document.expiry ?? t('common/unknown')}</dd>
        <dt>{t('evidence/issuer')}</dt>
        <dd>{document.issuer}</dd>
      </dl>
      <details className={classes.notMade}>
        <summary className={classes.secondChecks}>{t('second/checks', { count: checks.length })}</summary>
        <CheckList checks={checks} judged={null} passedOver={[]} />
      </details>
    </section>
  );
}
