import { useId } from 'react';
import { dayTyped } from './day-typed.ts';
import classes from './field.module.css';
import { useWords } from './language.ts';

interface DayFieldProps {
  readonly label: string;
  /** As it was typed: `dayTyped` says which day that is. */
  readonly value: string;
  readonly className: string | undefined;
  readonly onChange: (value: string) => void;
}

/**
 * A day, typed as the house writes days. The platform's own field writes them by the language of the system, where 11/12 is another
 * day than on the next machine.
 */
export function DayField({ label, value, className, onChange }: DayFieldProps) {
  const { t } = useWords();
  const id = useId();
  const wrong = value.length >= 8 && dayTyped(value) === null;
  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={className}
        value={value}
        maxLength={10}
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        placeholder={t('common/dayShape')}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={({ target }) => onChange(target.value)}
      />
      <p id={`${id}-wrong`} role="status" className={classes.help}>
        {wrong ? t('common/noSuchDay') : ''}
      </p>
    </div>
  );
}
