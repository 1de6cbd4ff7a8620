import { asWritten, dayOfCentury, sexByParity } from './digits.ts';
import { type NumberContext, type NumberReading, read, unreadable } from './types.ts';

const writing = /^(\d{6})[- ]?(\d{4})$/;

/**
 * A Danish civil registration number (CPR), `DDMMYY-SSSS`. Since October 2007 numbers are given whose digits do not fit
 * modulus 11, for the birth dates of long ago that ran out of others, and they are fully valid (CPR-kontoret,
 * "Personnumre uden kontrolciffer"): there is no check digit to rely on. The seventh digit with the year tells the century.
 */
export function readDanish(text: string, { today }: NumberContext): NumberReading {
  const match = writing.exec(asWritten(text));
  if (match === null) return unreadable('form');
  const [, day = '', serial = ''] = match;
  const date = dayOfCentury(centuryOf(Number(serial[0]), Number(day.slice(4))), day);
  if (date === null) return unreadable('date');
  if (date > today) return unreadable('future');
  return read({
    country: 'DNK',
    kind: 'cpr',
    key: day + serial,
    birth: { known: 'certain', date },
    sex: sexByParity(serial[3]),
    checkDigit: 'none to rely on',
  });
}

// CPR-kontoret, "Personnummeret i CPR-systemet".
function centuryOf(seventh: number, year: number): number {
  if (seventh <= 3) return 1900;
  if (seventh === 4 || seventh === 9) return year <= 36 ? 2000 : 1900;
  return year <= 57 ? 2000 : 1800;
}
