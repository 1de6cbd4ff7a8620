import { useState } from 'react';
import type { TrustLimitsView } from '../../preload/contract.ts';
import recordClasses from '../desk/records.module.css';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { BasisPart, type PartProps } from './basis-part.tsx';
import signerClasses from './signers.module.css';
import classes from './trust-basis.module.css';
import { type TrustAct, useTrustAct } from './use-trust-act.ts';

const scopes = ['country', 'lists', 'deviations', 'purposes'] as const;
const fields = [
  'masterListDays',
  'revocationListDays',
  'defectListDays',
  'certificateDays',
  'noticeDays',
] as const satisfies readonly (keyof TrustLimitsView)[];

/** For what and for how long anything is trusted: told, and the ages changed. */
export function Limits({ basis, notNow, rights, onChanged }: PartProps) {
  const { t } = useWords();
  const act = useTrustAct(onChanged);
  const { limits, standardLimits } = basis;
  const days = (count: number): string => t('trust/limits/days', { count });
  return (
    <BasisPart title={t('trust/limits/title')} help={t('trust/limits/agesHelp')} act={act} testId="limits">
      <ul className={classes.scopes}>
        {scopes.map((scope) => (
          <li key={scope}>{t(`trust/limits/scopes/${scope}`)}</li>
        ))}
      </ul>
      <dl className={classes.limits} aria-label={t('trust/limits/ages')}>
        {fields.map((field) => (
          <div key={field}>
            <dt>{t(`trust/limits/fields/${field}`)}</dt>
            <dd>
              <strong>{days(limits[field])}</strong>
              {limits[field] === standardLimits[field] ? null : (
                <span className={signerClasses.small}>
                  {' '}
                  {t('trust/limits/standard', { days: days(standardLimits[field]) })}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {rights.mayChange ? <LimitsForm key={JSON.stringify(limits)} basis={basis} notNow={notNow} act={act} /> : null}
    </BasisPart>
  );
}

function LimitsForm({ basis, notNow, act }: Pick<PartProps, 'basis' | 'notNow'> & { readonly act: TrustAct }) {
  const { t } = useWords();
  const { limits, standardLimits } = basis;
  const [typed, setTyped] = useState<Readonly<Record<keyof TrustLimitsView, string>>>(() => asText(limits));
  const wanted = asLimits(typed);
  const isOwn = fields.every((field) => limits[field] === standardLimits[field]);
  const set = (to: TrustLimitsView | null) => void act.act(t('trust/limits/changed'), 'trust.setLimits', to);
  return (
    <details>
      <summary className={classes.summary}>{t('trust/limits/open')}</summary>
      <form
        className={classes.form}
        aria-label={t('trust/limits/ages')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== null && !act.busy && notNow === undefined) set(wanted);
        }}
      >
        {fields.map((field) => (
          <Field key={field} label={t(`trust/limits/fields/${field}`)}>
            {(attributes) => (
              <input
                {...attributes}
                className={recordClasses.input}
                inputMode="numeric"
                value={typed[field]}
                maxLength={4}
                autoComplete="off"
                aria-invalid={daysTyped(typed[field]) === null}
                onChange={({ target }) => setTyped({ ...typed, [field]: target.value })}
              />
            )}
          </Field>
        ))}
        <div className={signerClasses.actions}>
          <Button type="submit" disabled={wanted === null || act.busy || isSame(wanted, limits)} notNow={notNow}>
            {t('trust/limits/change')}
          </Button>
          {isOwn ? null : (
            <Button disabled={act.busy} notNow={notNow} onClick={() => set(null)}>
              {t('trust/limits/reset')}
            </Button>
          )}
        </div>
      </form>
    </details>
  );
}

function asText(limits: TrustLimitsView): Record<keyof TrustLimitsView, string> {
  const { masterListDays, revocationListDays, defectListDays, certificateDays, noticeDays } = limits;
  return {
    masterListDays: String(masterListDays),
    revocationListDays: String(revocationListDays),
    defectListDays: String(defectListDays),
    certificateDays: String(certificateDays),
    noticeDays: String(noticeDays),
  };
}

const mostDays = 3650;

function daysTyped(text: string): number | null {
  const days = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
  return days >= 1 && days <= mostDays ? days : null;
}

function asLimits(typed: Readonly<Record<keyof TrustLimitsView, string>>): TrustLimitsView | null {
  const days = fields.map((field) => [field, daysTyped(typed[field])] as const);
  return days.some(([, count]) => count === null) ? null : (Object.fromEntries(days) as unknown as TrustLimitsView);
}

function isSame(one: TrustLimitsView, other: TrustLimitsView): boolean {
  return fields.every((field) => one[field] === other[field]);
}
