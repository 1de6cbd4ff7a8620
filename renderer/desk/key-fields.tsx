import type { KeyboardEvent } from 'react';
import { longest } from '../../main/result/bounds.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import fieldClasses from '../parts/field.module.css';
import { Field } from '../parts/field.tsx';
import { useWords } from '../parts/language.ts';
import { ResultMark } from '../parts/result-mark.tsx';
import { isMrzWhole, type MrzEntry, mrzEntry } from './mrz-entry.ts';
import classes from './question.module.css';

/** Everything that can be typed to open a chip. */
export interface KeyFields {
  readonly text: string;
  readonly can: string;
  readonly documentNumber: string;
  readonly birthDate: string;
  readonly expiryDate: string;
}

interface LinesFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Enter with all lines there: how a swipe ends. */
  readonly onWhole: () => void;
  /** The part whose check digit did not fit when these lines were last taken. */
  readonly wrongField: string | null;
}

/** The lines of the photo page, typed or swiped; says which part holds a mistake as soon as that can be told. */
export function LinesField({ label, value, onChange, onWhole, wrongField }: LinesFieldProps) {
  const hear = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || !isMrzWhole(value)) return;
    event.preventDefault();
    onWhole();
  };
  return (
    <div className={classes.zoneAround}>
      <Field label={label}>
        {(attributes) => (
          <textarea
            {...attributes}
            className={classes.zone}
            rows={3}
            value={value}
            maxLength={longest.pageLines}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: a swipe arrives here at once
            autoFocus
            onKeyDown={hear}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <EntryWords entry={mrzEntry(value)} wrongField={wrongField} />
    </div>
  );
}

const checkedFields = ['documentNumber', 'birthDate', 'expiryDate', 'optionalData', 'composite'] as const;

interface EntryWordsProps {
  readonly entry: MrzEntry;
  readonly wrongField: string | null;
}

function EntryWords({ entry, wrongField }: EntryWordsProps) {
  const { t } = useWords();
  const wrong = checkedFields.find((field) => field === wrongField);
  if (entry.state === 'growing') {
    return (
      <p className={classes.entry}>
        {entry.lines.map(({ line, count, width }) => (
          <span key={line} className={classes.entryLine}>
            {t('key/line', { line })}: {lengthWords(t, count, width)}
          </span>
        ))}
      </p>
    );
  }
  return (
    <div className={classes.entry} role="status">
      {entry.state === 'empty' ? null : (
        <ResultMark mark={entry.state === 'whole' && wrong === undefined ? 'successful' : 'refer'} />
      )}
      <strong>
        {entry.state === 'strange' ? t('key/strange', { line: entry.line, position: entry.position }) : null}
        {wrong === undefined ? null : t('key/wrongDigit', { field: t(`key/fields/${wrong}`) })}
      </strong>
      {entry.state === 'whole' && wrong === undefined ? t('key/whole') : null}
    </div>
  );
}

function lengthWords(t: Texts, count: number, width: number | null): string {
  if (width === null) return String(count);
  return count > width ? t('key/tooLong', { count: count - width }) : t('key/lineCount', { count, width });
}

interface DigitsProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (digits: string) => void;
  readonly first?: boolean;
}

// Exactly six digits, whatever was pasted around them.
function SixDigits({ label, value, onChange, first = false }: DigitsProps) {
  return (
    <Field label={label}>
      {(attributes) => (
        <input
          {...attributes}
          className={`${fieldClasses.input} ${fieldClasses.mono}`}
          value={value}
          inputMode="numeric"
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: the field is the question's one answer
          autoFocus={first}
          onChange={(event) => onChange(event.target.value.replace(/\D/g, '').slice(0, 6))}
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
}

/** Number, birth date and last day, for lines that are worn or missing. */
export function DateFields({ fields, onChange }: DateFieldsProps) {
  const { t } = useWords();
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
        onChange={(birthDate) => onChange({ birthDate })}
      />
      <SixDigits
        label={t('key/expiryDate')}
        value={fields.expiryDate}
        onChange={(expiryDate) => onChange({ expiryDate })}
      />
    </div>
  );
}
