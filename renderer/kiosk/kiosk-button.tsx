import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './kiosk.module.css';

interface KioskButtonProps {
  readonly children: ReactNode;
  readonly icon?: LucideIcon;
  readonly main?: boolean;
  readonly type?: 'button' | 'submit';
  /** The number that presses it. */
  readonly number?: number;
  readonly pressed?: boolean;
  readonly language?: string;
  readonly onPress?: () => void;
}

/** A button of the kiosk: 64 px at least, with a word. */
export function KioskButton({ children, icon: Icon, main = false, type = 'button', ...rest }: KioskButtonProps) {
  const { number, pressed, language, onPress } = rest;
  return (
    <button
      type={type}
      className={main ? `${classes.button} ${classes.main}` : classes.button}
      lang={language}
      aria-pressed={pressed}
      aria-keyshortcuts={number === undefined ? undefined : String(number)}
      onClick={onPress}
    >
      {Icon === undefined ? null : <Icon className={classes.icon} aria-hidden="true" />}
      {number === undefined ? null : (
        <span className={classes.number} aria-hidden="true">
          {number}
        </span>
      )}
      <span>{children}</span>
    </button>
  );
}
