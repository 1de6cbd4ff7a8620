import { useState } from 'react';
import { roles } from '../../main/result/roles.ts';
import type { OperatorRow } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { UntilField } from './new-operator.tsx';
import classes from './operators.module.css';
import type { AskChange } from './operators-view.ts';

interface OperatorActsProps {
  readonly operator: OperatorRow;
  readonly role: OperatorRow['role'] | null;
  readonly busy: boolean;
  readonly onAsk: AskChange;
}

/** What can be changed of one operator: training and lock by supervisors too, the rest by administrators. */
export function OperatorActs({ operator, role, busy, onAsk }: OperatorActsProps) {
  const { t } = useWords();
  const [chosen, setRole] = useState(operator.role);
  const [until, setUntil] = useState('');
  const { sign } = operator;
  return (
    <section className={classes.form} aria-label={t('operators/change', { sign })}>
      <h2 className={classes.subtitle}>{t('operators/change', { sign })}</h2>
      <form
        className={classes.line}
        onSubmit={(event) => {
          event.preventDefault();
          if (until !== '') void onAsk('operators.train', sign, until);
        }}
      >
        <UntilField value={until} onChange={setUntil} />
        <Button type="submit" disabled={busy || until === ''}>
          {t('operators/trainAction')}
        </Button>
      </form>
      {role === 'administrator' ? (
        <form
          className={classes.line}
          onSubmit={(event) => {
            event.preventDefault();
            void onAsk('operators.setRole', sign, chosen);
          }}
        >
          <Field label={t('operators/columns/role')}>
            {(attributes) => (
              <select
                {...attributes}
                className={fieldClasses.input}
                value={chosen}
                onChange={(event) => setRole(roles.find((known) => known === event.target.value) ?? operator.role)}
              >
                {roles.map((known) => (
                  <option key={known} value={known}>
                    {t(`operators/roles/${known}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Button type="submit" disabled={busy || chosen === operator.role}>
            {t('operators/setRole')}
          </Button>
        </form>
      ) : null}
      <div className={classes.actions}>
        <Button disabled={busy} onClick={() => void onAsk('operators.reset', sign)}>
          {t('operators/reset')}
        </Button>
        {role === 'administrator' ? (
          <>
            <Button disabled={busy} onClick={() => void onAsk('operators.newSecret', sign)}>
              {t('operators/newSecret')}
            </Button>
            <Button disabled={busy} onClick={() => void onAsk('operators.remove', sign)}>
              {t('operators/remove')}
            </Button>
          </>
        ) : null}
      </div>
    </section>
  );
}
