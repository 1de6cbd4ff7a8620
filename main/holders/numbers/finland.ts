import type { PlainDate } from '../../result/plain-date.ts';
import { asWritten, dayOfCentury, sexByParity } from './digits.ts';
import { type NationalNumber, type NumberContext, type NumberReading, read, unreadable } from './types.ts';

// DVV, "hetu-uudistus": since 2023 each century of birth has several separators, and the same digits with another one are
// another person's. The first number with Y was given on 2023-12-19.
const separators: ReadonlyMap<string, number> = new Map([
  ['+', 1800],
  ...[...'-YXWVU'].map((sign) => [sign, 1900] as const),
  ...[...'ABCDEF'].map((sign) => [sign, 2000] as const),
]);

const writing = /^(\d{6})([-+A-FU-Y<]?)(\d{3})([0-9A-FHJ-NPR-Y])$/;
const controls = '0123456789ABCDEFHJKLMNPRSTUVWXY';
/** Serials begin at 002 (DVV); 900 to 999 are for those not in the register, and for tests. */
const firstSerial = 2;

/**
 * A Finnish personal identity code (henkilötunnus), `DDMMYYCZZZQ`. The separator C is part of the number and never left out
 * of its key. An MRZ has neither `+` nor `-` and prints a filler for both (9303-4 §4.2.2.2): then it is one of two numbers,
 * as it is one of many where no separator is written; `context.birthDate`, where it is known, tells the century.
 */
export function readFinnish(text: string, { today, birthDate }: NumberContext): NumberReading {
  const match = writing.exec(asWritten(text).toUpperCase());
  if (match === null) return unreadable('form');
  const [, day = '', written = '', serial = '', control = ''] = match;
  if (Number(serial) < firstSerial) return unreadable('form');
  const possible = written === '' ? [...separators.keys()] : written === '<' ? ['+', '-'] : [written];
  const calendar = possible
    .map((separator) => ({ separator, date: dayOfCentury(separators.get(separator) ?? 0, day) }))
    .filter((one): one is { separator: string; date: PlainDate } => one.date !== null);
  if (calendar.length === 0) return unreadable('date');
  const born = calendar.filter(({ date }) => date <= today);
  if (born.length === 0) return unreadable('future');
  const fitting = birthDate === null ? born : born.filter(({ date }) => date.slice(0, 2) === birthDate.slice(0, 2));
  if (fitting.length === 0) return unreadable('contradiction');
  const numbers = fitting.map(({ separator, date }): NationalNumber => {
    const right = controls[Number(`${day}${serial}`) % controls.length] === control;
    return {
      country: 'FIN',
      kind: 'henkilötunnus',
      key: `${day}${separator}${serial}${control}`,
      birth: { known: 'certain', date },
      sex: sexByParity(serial[2]),
      checkDigit: right ? 'right' : 'wrong',
    };
  });
  const [number] = numbers;
  return number !== undefined && numbers.length === 1 ? read(number) : { outcome: 'ambiguous', numbers };
}
