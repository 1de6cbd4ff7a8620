import type { CaseView } from '../../preload/contract.ts';
import fieldClasses from '../parts/field.module.css';
import { personalNumber } from '../parts/formats.ts';
import { holderName } from '../parts/holder-name.ts';
import { useWords } from '../parts/language.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAsking } from '../parts/use-asking.ts';
import classes from './question.module.css';

/** Who becomes a customer with this case, for staff to confirm, and who on file may be the same person. */
export function NewPersonPanel({ found }: { readonly found: NonNullable<CaseView['newPerson']> }) {
  const { t } = useWords();
  const { ask, busy, failure } = useAsking();
  const { person, onFile, onFileCount, confirmed } = found;
  return (
    <section className={classes.reasons} aria-labelledby="new-person">
      <h2 id="new-person">{t('newPerson/title')}</h2>
      <p className={classes.help}>{t('newPerson/help')}</p>
      <dl className={classes.sealed}>
        <dt>{t('evidence/name')}</dt>
        <dd>{`${person.givenNames} ${person.surname}`.trim()}</dd>
        <dt>{t('evidence/personalNumber')}</dt>
        <dd>{person.personalNumber === null ? t('newPerson/noNumber') : personalNumber(person.personalNumber)}</dd>
        <dt>{t('evidence/birthDate')}</dt>
        <dd>{person.birthDate ?? t('common/unknown')}</dd>
      </dl>
      {onFileCount === 0 ? null : (
        <>
          <p>{t('newPerson/onFile', { count: onFileCount })}</p>
          <ul>
            {onFile.map((holder) => (
              <li key={holder.id}>
                {[
                  holderName(t, holder),
                  holder.personalNumber === null ? holder.birthDate : personalNumber(holder.personalNumber),
                  holder.id,
                ]
                  .filter(Boolean)
                  .join(', ')}
              </li>
            ))}
          </ul>
        </>
      )}
      <label className={fieldClasses.choice}>
        <input
          type="checkbox"
          // What was asked for is shown at once: the answer comes with the next snapshot.
          checked={busy ? !confirmed : confirmed}
          disabled={busy}
          onChange={(event) => void ask('case.confirmPerson', event.target.checked)}
        />
        <span className={fieldClasses.choiceName}>{t('newPerson/confirm')}</span>
      </label>
      {failure === null ? null : <FailureNotice code={failure} />}
    </section>
  );
}
