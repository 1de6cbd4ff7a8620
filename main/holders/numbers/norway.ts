import type { PlainDate } from '../../result/plain-date.ts';
import { asWritten, dayOfCentury, sexByParity, weightedSum } from './digits.ts';
import {
  type BirthInNumber,
  type CheckDigit,
  type NationalNumber,
  type NumberContext,
  type NumberKind,
  type NumberReading,
  read,
  unreadable,
} from './types.ts';

const writing = /^(\d{6})[- ]?(\d{5})$/;
const firstWeights = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
const secondWeights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
/** Skatteetaten, "Nytt fødselsnummer fra 2032": from this day the first control digit may leave more remainders than 0. */
const newRule = '2032-01-01';
const newRemainders = [0, 1, 2, 3];
/** Added to the day of a D-number, and to the month of a help number (Skatteetaten; HIS 1001). */
const raised = 40;
const firstFhNumber = '8';

/**
 * A Norwegian identity number of eleven digits: fødselsnummer, D-number, or the help numbers H and FH of the health
 * service. From 2032 on both rules stand side by side: nobody who has a number gets another. A number that only the new rule
 * allows tells neither sex nor birth date; of one that both allow, given before or after, nothing tells which it is, and so
 * its century is open and its sex untold. Months raised by 65 or 80 are those of test numbers and name nobody.
 */
export function readNorwegian(text: string, { today }: NumberContext): NumberReading {
  const match = writing.exec(asWritten(text));
  if (match === null) return unreadable('form');
  const digits = `${match[1] ?? ''}${match[2] ?? ''}`;
  const kind = kindOf(digits);
  const common = { country: 'NOR', key: digits, kind, checkDigit: checkDigits(digits, today) } as const;
  // Help numbers have a day that may be invented; FH-numbers have none.
  if (kind === 'fh-number') return read({ ...common, birth: { known: 'none' }, sex: null });
  const birth = birthOf(plainDigits(digits, kind), kind, today);
  if (birth === null) return unreadable('date');
  const told = today < newRule && kind !== 'h-number';
  const number: NationalNumber = { ...common, birth, sex: told ? sexByParity(digits[8]) : null };
  return birth.known === 'certain' && birth.date > today ? unreadable('future') : read(number);
}

function kindOf(digits: string): NumberKind {
  if (digits.slice(0, 1) >= firstFhNumber) return 'fh-number';
  if (Number(digits.slice(0, 2)) > raised) return 'd-number';
  const month = Number(digits.slice(2, 4));
  return month > raised && month <= raised + 12 ? 'h-number' : 'fødselsnummer';
}

function plainDigits(digits: string, kind: NumberKind): string {
  const lowered = (part: string): string => String(Number(part) - raised).padStart(2, '0');
  if (kind === 'd-number') return lowered(digits.slice(0, 2)) + digits.slice(2);
  return kind === 'h-number' ? digits.slice(0, 2) + lowered(digits.slice(2, 4)) + digits.slice(4) : digits;
}

function checkDigits(digits: string, today: PlainDate): CheckDigit {
  const remainder = weightedSum(digits, firstWeights) % 11;
  const first = today < newRule ? remainder === 0 : newRemainders.includes(remainder);
  return first && weightedSum(digits, secondWeights) % 11 === 0 ? 'right' : 'wrong';
}

// Null where no calendar has the day, or where before 2032 no series has such a number of that year.
function birthOf(digits: string, kind: NumberKind, today: PlainDate): BirthInNumber | null {
  // Which 29 February there is nobody can tell without a century: 2000 has one (as in Skatteetaten's own check).
  const days = [1900, 2000].map((century) => dayOfCentury(century, digits));
  if (days.every((day) => day === null)) return null;
  if (kind === 'h-number') return { known: 'none' };
  if (today < newRule) {
    const century = centuryOf(Number(digits.slice(6, 9)), Number(digits.slice(4, 6)));
    const date = century === null ? null : dayOfCentury(century, digits);
    return date === null ? null : { known: 'certain', date };
  }
  if (weightedSum(digits, firstWeights) % 11 !== 0) return { known: 'none' };
  const [earlier, later] = days;
  return earlier && later && later <= today ? { known: 'centuries', dates: [earlier, later] } : { known: 'none' };
}

// The series of individual numbers (Skatteetaten).
function centuryOf(individual: number, year: number): number | null {
  if (individual <= 499) return 1900;
  if (individual <= 749 && year >= 54) return 1800;
  if (year <= 39) return 2000;
  return individual >= 900 && year >= 40 ? 1900 : null;
}
