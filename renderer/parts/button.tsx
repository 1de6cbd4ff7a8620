import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import classes from './button.module.css';

interface ButtonProps {
  readonly children: ReactNode;
  readonly icon?: LucideIcon;
  /** `main`: the one action of this moment, which Enter does. */
  readonly kind?: 'main' | 'plain' | 'quiet';
  readonly type?: 'button' | 'submit';
  readonly disabled?: boolean;
  /** Not now, and the element of this id says why: the button keeps its place and the focus. */
  readonly notNow?: string | undefined;
  /** The element of this id says what follows from it. */
  readonly describedBy?: string;
  readonly shortcut?: string;
  /** One of several of which one holds. */
  readonly pressed?: boolean;
  readonly onClick?: () => void;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button with a word, and an icon beside it where one helps. */
export function Button({ children, icon: Icon, kind = 'plain', type = 'button', ref, ...rest }: ButtonProps) {
  const { shortcut, pressed, disabled = false, notNow, describedBy, onClick } = rest;
  return (
    <button
      ref={ref}
      type={type}
      className={`${classes.button} ${classes[kind]}`}
      disabled={disabled}
      data-main-action={kind === 'main' ? '' : undefined}
      aria-pressed={pressed}
      aria-disabled={notNow === undefined ? undefined : true}
      aria-describedby={notNow ?? describedBy}
      aria-keyshortcuts={shortcut}
      onClick={notNow === undefined ? onClick : undefined}
    >
      {Icon === undefined ? null : <Icon className={classes.icon} aria-hidden="true" />}
      <span>{children}</span>
      {shortcut === undefined ? null : (
        <span className={classes.shortcut} aria-hidden="true">
          {shortcut}
        </span>
      )}
    </button>
  );
}
