import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { longest } from '../../main/result/bounds.ts';
import classes from './field.module.css';
import { useWords } from './language.ts';

interface FieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  /** How many characters the control takes, where more were given than that and its own code left them out. */
  readonly cut?: number | null;
  readonly children: (attributes: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
  }) => ReactNode;
}

/** A label, a control and its help. The control takes the attributes it is handed. That it takes no more is said where more was typed. */
export function Field({ label, help, cut = null, children }: FieldProps) {
  const { t } = useWords();
  const id = useId();
  const helpId = `${id}-help`;
  const field = useRef<HTMLDivElement>(null);
  const leftOut = useFull(field);
  const full = cut ?? leftOut;
  return (
    <div ref={field} className={classes.field}>
      <label className={classes.label} htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': help === undefined ? undefined : helpId })}
      {help === undefined ? null : (
        <p id={helpId} className={classes.help}>
          {help}
        </p>
      )}
      <p role="status" className={classes.full}>
        {full === null ? '' : t('common/full', { count: full })}
      </p>
    </div>
  );
}

/**
 * The most characters of the control within, once it has been given more than it takes: the browser leaves those out without a word.
 * Null again when something was taken away.
 */
function useFull(field: RefObject<HTMLElement | null>): number | null {
  const [full, setFull] = useState<number | null>(null);
  useEffect(() => {
    const around = field.current;
    if (around === null) return;
    const hear = (event: Event) => {
      const { target } = event;
      if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) || target.maxLength < 0)
        return;
      const { value, maxLength, selectionStart, selectionEnd } = target;
      const kept = value.length - ((selectionEnd ?? 0) - (selectionStart ?? 0));
      const { data, inputType } = event as InputEvent;
      const given = inputType === 'insertLineBreak' ? 1 : (data?.length ?? 0);
      setFull(kept + given > maxLength ? maxLength : null);
    };
    around.addEventListener('beforeinput', hear);
    return () => around.removeEventListener('beforeinput', hear);
  }, [field]);
  return full;
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
