import { readDanish } from './denmark.ts';
import { readFinnish } from './finland.ts';
import { readIcelandic } from './iceland.ts';
import { readNorwegian } from './norway.ts';
import { readSwedish } from './sweden.ts';
import {
  type NationalNumber,
  type NumberContext,
  type NumberCountry,
  type NumberReading,
  numberCountries,
  unreadable,
} from './types.ts';

/** Longer than any writing of a number; keeps the work small on nonsense. */
const longestText = 40;
const twelveDigits = /^\d{12}$/;

/** Reads a number of one country in any usual writing. No text makes it fail: it says what is wrong with it. */
export function readNumber(country: NumberCountry, text: string, context: NumberContext): NumberReading {
  if (text.length > longestText) return unreadable('form');
  switch (country) {
    case 'SWE':
      return readSwedish(text, context);
    case 'FIN':
      return readFinnish(text, context);
    case 'NOR':
      return readNorwegian(text, context);
    case 'DNK':
      return readDanish(text, context);
    case 'ISL':
      return readIcelandic(text, context);
  }
}

/**
 * Reads a number as a field of a document holds it: fillers at the end go, and within it they stand for signs that the
 * field has no character for (9303-4 §4.2.2.2). Sweden prints twelve digits, never ten.
 */
export function readNumberInField(country: NumberCountry, field: string, context: NumberContext): NumberReading {
  if (field.length > longestText) return unreadable('form');
  if (country === 'SWE') {
    const digits = field.replace(/[\s<-]/g, '');
    return twelveDigits.test(digits) ? readSwedish(digits, context) : unreadable('form');
  }
  const text = field.trim().replace(/<+$/, '');
  // In Finland a filler is one of two signs of a number; elsewhere it parts the date from the rest.
  return readNumber(country, country === 'FIN' ? text : text.replace('<', '-'), context);
}

/** The country whose numbers a document of this issuer may hold: its own; null where none of its numbers is known here. */
export function numberCountryOf(issuer: string): NumberCountry | null {
  return numberCountries.find((country) => country === issuer) ?? null;
}

/** By what two numbers are the same, whichever countries they are of. */
export function numberKey({ country, key }: Pick<NationalNumber, 'country' | 'key'>): string {
  return `${country} ${key}`;
}
