import { type ReactNode, useId } from 'react';
import { longest } from '../../main/result/bounds.ts';
import classes from './field.module.css';

interface FieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly children: (attributes: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
  }) => ReactNode;
}

/** A label, a control and its help. The control takes the attributes it is handed. */
export function Field({ label, help, children }: FieldProps) {
  const id = useId();
  const helpId = `${id}-help`;
  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': help === undefined ? undefined : helpId })}
      {help === undefined ? null : (
        <p id={helpId} className={classes.help}>
          {help}
        </p>
      )}
    </div>
  );
}

interface ReasonFieldProps {
  readonly label: string;
  readonly value: string;
  readonly required?: boolean;
  readonly onChange: (reason: string) => void;
}

/** A few words of staff's own, at most 500 characters. Enter goes on; there is one line of thought here. */
export function ReasonField({ label, value, required = false, onChange }: ReasonFieldProps) {
  return (
    <Field label={label}>
      {(attributes) => (
        <input
          {...attributes}
          className={classes.input}
          value={value}
          maxLength={longest.reason}
          required={required}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
