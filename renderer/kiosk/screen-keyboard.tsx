import { useWords } from '../parts/language.ts';
import classes from './kiosk.module.css';
import { KioskButton } from './kiosk-button.tsx';

const rows = {
  digits: ['123', '456', '789', '0'],
  letters: ['1234567890', 'QWERTYUIOP', 'ASDFGHJKL', 'ZXCVBNM'],
  all: ['1234567890-', 'qwertyuiopå', 'asdfghjklöä', 'zxcvbnm.,_'],
} as const;
export type KeyboardKind = keyof typeof rows;

interface ScreenKeyboardProps {
  readonly kind: KeyboardKind;
  readonly capitals?: boolean;
  readonly onSign: (sign: string) => void;
  readonly onErase: () => void;
}

/** A keyboard to touch, for whoever has none before them; what is typed on a real one goes the same way. */
export function ScreenKeyboard({ kind, capitals = true, onSign, onErase }: ScreenKeyboardProps) {
  const { t } = useWords();
  const shown = (sign: string) => (kind === 'all' && capitals ? sign.toUpperCase() : sign);
  return (
    <fieldset className={classes.keyboard} aria-label={t('kiosk/keyboard/label')}>
      {rows[kind].map((row, place) => (
        <div key={row} className={classes.keys}>
          {[...row].map((sign) => (
            <button key={sign} type="button" className={classes.key} onClick={() => onSign(shown(sign))}>
              {shown(sign)}
            </button>
          ))}
          {place === rows[kind].length - 1 ? (
            <>
              {kind === 'all' ? (
                <button type="button" className={classes.key} onClick={() => onSign(' ')}>
                  {t('kiosk/keyboard/space')}
                </button>
              ) : null}
              <KioskButton onPress={onErase}>{t('kiosk/keyboard/erase')}</KioskButton>
            </>
          ) : null}
        </div>
      ))}
    </fieldset>
  );
}
