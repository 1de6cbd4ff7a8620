import { useEffect, useId, useRef } from 'react';
import classes from './field.module.css';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly name: string;
  readonly help?: string;
  readonly disabled?: boolean;
}

interface ChoicesProps<Value extends string> {
  readonly legend: string;
  /** What answering means, under the legend; heard with the group. */
  readonly help?: string | undefined;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  /** Where the choices lie far apart instead of one under the other. */
  readonly className?: string | undefined;
  readonly legendHidden?: boolean;
  /** Whether the first choice takes the focus once it can be chosen, and nothing else has been gone to; chosen it is by nobody. */
  readonly focusFirst?: boolean;
}

/** One answer out of several. Arrow keys move, as in every radio group; nothing happens until it is confirmed. */
export function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const {
    legend,
    help,
    choices,
    value,
    onChange,
    className = classes.choices,
    legendHidden = false,
    focusFirst = false,
  } = props;
  const [name, helpId] = [useId(), useId()];
  const group = useRef<HTMLFieldSetElement>(null);
  const ready = focusFirst && choices[0]?.disabled !== true;
  useEffect(() => {
    const { activeElement, body } = document;
    const isFree = activeElement === body || activeElement?.tagName === 'H1';
    if (ready && isFree) group.current?.querySelector('input')?.focus();
  }, [ready]);
  return (
    <fieldset ref={group} aria-describedby={help === undefined ? undefined : helpId}>
      <legend className={legendHidden ? 'only-heard' : classes.legend}>{legend}</legend>
      {help === undefined ? null : (
        <p id={helpId} className={classes.choiceHelp}>
          {help}
        </p>
      )}
      <div className={className}>
        {choices.map((choice) => (
          <label key={choice.value} className={classes.choice}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              disabled={choice.disabled ?? false}
              onChange={() => onChange(choice.value)}
            />
            <span>
              <span className={classes.choiceName}>{choice.name}</span>
              {choice.help === undefined ? null : <span className={classes.choiceHelp}>{choice.help}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
