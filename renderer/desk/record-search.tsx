import { Search } from 'lucide-react';
import { useState } from 'react';
import { longest } from '../../main/result/bounds.ts';
import { purposeSchema, type RecordFilterInput, verdictSchema } from '../../preload/contract.ts';
import { Button } from '../parts/button.tsx';
import { DayField } from '../parts/day-field.tsx';
import { dayTyped } from '../parts/day-typed.ts';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import classes from './records.module.css';

export const anyRecord: RecordFilterInput = {
  from: null,
  to: null,
  teller: null,
  purpose: null,
  verdict: null,
  document: null,
};

interface RecordSearchProps {
  readonly busy: boolean;
  readonly onSearch: (filter: RecordFilterInput) => void;
}

/** Which past cases are meant: by day, who decided, reason for visit, result, document. */
export function RecordSearch({ busy, onSearch }: RecordSearchProps) {
  const { t } = useWords();
  const [filter, setFilter] = useState(anyRecord);
  const [days, setDays] = useState({ from: '', to: '' });
  const [from, to] = [dayTyped(days.from), dayTyped(days.to)];
  const ready = [days.from, days.to].every((typed) => typed.trim() === '' || dayTyped(typed) !== null);
  const set = (changes: Partial<RecordFilterInput>) => setFilter({ ...filter, ...changes });
  const said = (text: string): string | null => (text === '' ? null : text);
  return (
    <search>
      <form
        className={classes.search}
        aria-label={t('records/search')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onSearch({ ...filter, from, to });
        }}
      >
        {(['from', 'to'] as const).map((end) => (
          <DayField
            key={end}
            label={t(`records/${end}`)}
            className={classes.input}
            value={days[end]}
            onChange={(value) => setDays({ ...days, [end]: value })}
          />
        ))}
        <Field label={t('records/decidedBy')}>
          {(attributes) => (
            <input
              {...attributes}
              className={classes.input}
              value={filter.teller ?? ''}
              maxLength={longest.sign}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => set({ teller: said(target.value) })}
            />
          )}
        </Field>
        <Field label={t('records/purpose')}>
          {(attributes) => (
            <select
              {...attributes}
              className={classes.input}
              value={filter.purpose ?? ''}
              onChange={({ target }) =>
                set({ purpose: purposeSchema.options.find((known) => known === target.value) ?? null })
              }
            >
              <option value="">{t('records/any')}</option>
              {purposeSchema.options.map((known) => (
                <option key={known} value={known}>
                  {t(`purposes/${known}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('records/verdict')}>
          {(attributes) => (
            <select
              {...attributes}
              className={classes.input}
              value={filter.verdict ?? ''}
              onChange={({ target }) =>
                set({ verdict: verdictSchema.options.find((known) => known === target.value) ?? null })
              }
            >
              <option value="">{t('records/any')}</option>
              {verdictSchema.options.map((known) => (
                <option key={known} value={known}>
                  {t(`verdict/words/${known}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('records/documentNumber')}>
          {(attributes) => (
            <input
              {...attributes}
              className={`${classes.input} ${fieldClasses.mono}`}
              value={filter.document ?? ''}
              maxLength={longest.number}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => set({ document: said(target.value) })}
            />
          )}
        </Field>
        <Button kind="main" type="submit" icon={Search} disabled={busy || !ready}>
          {t('records/searchAction')}
        </Button>
      </form>
    </search>
  );
}
