import { asWritten, dayOfCentury, weightedSum } from './digits.ts';
import { type NumberContext, type NumberReading, read, unreadable } from './types.ts';

const writing = /^(\d{6})[- ]?(\d{4})$/;
const weights = [3, 2, 7, 6, 5, 4, 3, 2, 1];
const centuries: Readonly<Record<string, number>> = { '8': 1800, '9': 1900, '0': 2000 };

/**
 * An Icelandic kennitala, `DDMMYY-NNPC`; C is the century, and nothing tells the sex (Þjóðskrá, "Um kennitölur"). Since
 * 18 February 2026 numbers are given whose ninth digit was not computed (Þjóðskrá; HermannBjorgvin/Kennitala#46): one that
 * fits is right, one that does not says nothing. A system number (kerfiskennitala) begins with 8 or 9 and has neither date
 * nor check digit. Days from 41 on are those of companies.
 */
export function readIcelandic(text: string, { today }: NumberContext): NumberReading {
  const match = writing.exec(asWritten(text));
  if (match === null) return unreadable('form');
  const key = `${match[1] ?? ''}${match[2] ?? ''}`;
  if (/^[89]/.test(key)) {
    const birth = { known: 'none' } as const;
    return read({ country: 'ISL', kind: 'system number', key, birth, sex: null, checkDigit: 'undetermined' });
  }
  const century = centuries[key.slice(9)];
  const date = century === undefined ? null : dayOfCentury(century, key);
  if (date === null) return unreadable('date');
  if (date > today) return unreadable('future');
  const fits = weightedSum(key, weights) % 11 === 0;
  const birth = { known: 'certain', date } as const;
  return read({
    country: 'ISL',
    kind: 'kennitala',
    key,
    birth,
    sex: null,
    checkDigit: fits ? 'right' : 'none to rely on',
  });
}
