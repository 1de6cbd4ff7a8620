import { useState } from 'react';
import type { KioskArguments } from '../../preload/kiosk-contract.ts';
import { useWords } from '../parts/language.ts';
import classes from './kiosk.module.css';
import { KioskButton } from './kiosk-button.tsx';
import { ScreenKeyboard } from './screen-keyboard.tsx';

interface KioskFieldProps {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  readonly hidden?: boolean;
  readonly onChange: (value: string) => void;
}

/** A field that real keys and those on the screen write into alike. */
function KioskField({ label, value, most, hidden = false, onChange }: KioskFieldProps) {
  return (
    <label className={classes.field}>
      <span>{label}</span>
      <input
        // The field has the focus, also where a key of the screen was touched.
        ref={(input) => input?.focus({ preventScroll: true })}
        className={classes.input}
        type={hidden ? 'password' : 'text'}
        inputMode="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={most}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

/** The six digits of the card access number. */
export function CanForm({ onDone }: { readonly onDone: (can: string) => void }) {
  const { t } = useWords();
  const [can, setCan] = useState('');
  const digits = (text: string) => setCan(text.replace(/\D/g, '').slice(0, 6));
  return (
    <form
      className={classes.typing}
      onSubmit={(event) => {
        event.preventDefault();
        onDone(can);
      }}
    >
      <KioskField label={t('kiosk/canField')} value={can} most={6} onChange={digits} />
      <ScreenKeyboard kind="digits" onSign={(sign) => digits(can + sign)} onErase={() => setCan(can.slice(0, -1))} />
      <KioskButton main type="submit">
        {t('kiosk/keyboard/ok')}
      </KioskButton>
    </form>
  );
}

type Fields = KioskArguments<'typeFields'>[0];
const names = ['documentNumber', 'birthDate', 'expiryDate'] as const satisfies readonly (keyof Fields)[];
const mostOf = { documentNumber: 22, birthDate: 6, expiryDate: 6 } as const;

/** Number and two dates, one after the other: Enter goes to the next, and hands in the last. */
export function FieldsForm({ onDone }: { readonly onDone: (fields: Fields) => void }) {
  const { t } = useWords();
  const [fields, setFields] = useState<Fields>({ documentNumber: '', birthDate: '', expiryDate: '' });
  const [at, setAt] = useState(0);
  const name = names[at] ?? 'documentNumber';
  const change = (text: string) =>
    setFields({
      ...fields,
      [name]: text
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, '')
        .slice(0, mostOf[name]),
    });
  return (
    <form
      className={classes.typing}
      onSubmit={(event) => {
        event.preventDefault();
        if (at < names.length - 1) setAt(at + 1);
        else onDone(fields);
      }}
    >
      {/* One thing at a time: the next field comes where this one was. */}
      <KioskField
        key={name}
        label={t(`kiosk/fieldNames/${name}`)}
        value={fields[name]}
        most={mostOf[name]}
        onChange={change}
      />
      <ScreenKeyboard
        kind={name === 'documentNumber' ? 'letters' : 'digits'}
        onSign={(sign) => change(fields[name] + sign)}
        onErase={() => change(fields[name].slice(0, -1))}
      />
      <KioskButton main type="submit">
        {t('kiosk/keyboard/ok')}
      </KioskButton>
    </form>
  );
}

/** A colleague signs in at the kiosk; in training without operators nobody need. */
export function ColleagueForm({
  signIn,
  onDone,
}: {
  readonly signIn: boolean;
  readonly onDone: (sign: string, secret: string) => void;
}) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(['', '']);
  const [at, setAt] = useState(0);
  const [capitals, setCapitals] = useState(true);
  const change = (text: string) => setTyped(typed.map((value, place) => (place === at ? text : value)));
  const value = typed[at] ?? '';
  if (!open)
    return <KioskButton onPress={() => (signIn ? setOpen(true) : onDone('', ''))}>{t('kiosk/iWorkHere')}</KioskButton>;
  return (
    <form
      className={classes.typing}
      onSubmit={(event) => {
        event.preventDefault();
        if (at === 0) return setAt(1);
        // The page keeps the secret no longer than the call.
        setTyped(['', '']);
        setAt(0);
        onDone(typed[0] ?? '', typed[1] ?? '');
      }}
    >
      <KioskField
        key={at}
        label={t(at === 0 ? 'kiosk/sign' : 'kiosk/secret')}
        value={value}
        most={at === 0 ? 40 : 200}
        hidden={at === 1}
        onChange={change}
      />
      <ScreenKeyboard
        kind="all"
        capitals={capitals}
        onSign={(sign) => change(value + sign)}
        onErase={() => change(value.slice(0, -1))}
      />
      <KioskButton pressed={!capitals} onPress={() => setCapitals(!capitals)}>
        {t('kiosk/keyboard/shift')}
      </KioskButton>
      <KioskButton main type="submit">
        {t('kiosk/signIn')}
      </KioskButton>
    </form>
  );
}
