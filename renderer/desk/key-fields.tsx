import { useState } from 'react';
import { longest } from '../../main/result/bounds.ts';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { typedDay } from './key-dates.ts';
import classes from './question.module.css';

/** Everything that can be typed to open a chip. */
export interface KeyFields {
  readonly text: string;
  readonly can: string;
  readonly documentNumber: string;
  readonly birthDate: string;
  readonly expiryDate: string;
}

interface DigitsProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (digits: string) => void;
  readonly first?: boolean;
  /** What is wrong with them, or where they come from. */
  readonly help?: string | undefined;
  readonly invalid?: boolean;
}

const sixDigits = 6;

// Exactly six digits, whatever was pasted around them; that there were more is said.
function SixDigits({ label, value, onChange, first = false, help, invalid = false }: DigitsProps) {
  const [isCut, setCut] = useState(false);
  const take = (given: string): void => {
    const digits = given.replace(/\D/g, '');
    setCut(digits.length > sixDigits);
    onChange(digits.slice(0, sixDigits));
  };
  return (
    <Field label={label} help={help} cut={isCut ? sixDigits : null}>
      {(attributes) => (
        <input
          {...attributes}
          className={`${fieldClasses.input} ${fieldClasses.mono}`}
          value={value}
          inputMode="numeric"
          autoComplete="off"
          aria-invalid={invalid}
          // biome-ignore lint/a11y/noAutofocus: the field is the question's one answer
          autoFocus={first}
          onChange={(event) => take(event.target.value)}
        />
      )}
    </Field>
  );
}

interface CanFieldProps {
  readonly value: string;
  readonly onChange: (can: string) => void;
}

/** The card access number. */
export function CanField({ value, onChange }: CanFieldProps) {
  const { t } = useWords();
  return (
    <div className={classes.narrow}>
      <SixDigits label={t('key/can')} value={value} onChange={onChange} first />
    </div>
  );
}

interface DateFieldsProps {
  readonly fields: KeyFields;
  readonly onChange: (changed: Partial<KeyFields>) => void;
  /** The holder's birth date as a page prints it; empty where none is known. */
  readonly known: string;
}

/** Number, birth date and last day, for lines that are worn or missing. */
export function DateFields({ fields, onChange, known }: DateFieldsProps) {
  const { t } = useWords();
  const birth = typedDay(fields.birthDate, 'birth');
  const expiry = typedDay(fields.expiryDate, 'expiry');
  const filled = known !== '' && fields.birthDate === known;
  return (
    <div className={classes.trio}>
      <Field label={t('key/documentNumber')}>
        {(attributes) => (
          <input
            {...attributes}
            className={`${fieldClasses.input} ${fieldClasses.mono}`}
            value={fields.documentNumber}
            maxLength={longest.number}
            autoComplete="off"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: the first of the three fields
            autoFocus
            onChange={(event) => onChange({ documentNumber: event.target.value })}
          />
        )}
      </Field>
      <SixDigits
        label={t('key/birthDate')}
        value={fields.birthDate}
        help={birth === 'impossible' ? t('key/noSuchDay') : filled ? t('key/birthFilled') : undefined}
        invalid={birth === 'impossible'}
        onChange={(birthDate) => onChange({ birthDate })}
      />
      <SixDigits
        label={t('key/expiryDate')}
        value={fields.expiryDate}
        help={expiry === 'impossible' ? t('key/noSuchDay') : undefined}
        invalid={expiry === 'impossible'}
        onChange={(expiryDate) => onChange({ expiryDate })}
      />
    </div>
  );
}
