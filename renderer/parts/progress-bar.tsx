import type { ProgressHTMLAttributes } from 'react';
import classes from './progress-bar.module.css';

interface ProgressBarProps extends Omit<ProgressHTMLAttributes<HTMLProgressElement>, 'className'> {
  /** `ask` while people must do something for it to go on. */
  readonly tone?: 'ask' | undefined;
}

/** How far a work came; without a value a bar without an end. It needs a name (`aria-label` or `aria-labelledby`). */
export function ProgressBar({ tone, ...attributes }: ProgressBarProps) {
  return <progress {...attributes} className={classes.bar} data-tone={tone} />;
}
