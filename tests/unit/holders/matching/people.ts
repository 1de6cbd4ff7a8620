import type { HeldNumber, Holder, KnownDocument } from '../../../../main/holders/holder.ts';
import { checkDigitOf } from '../../../../main/holders/numbers/sweden.ts';
import type { NumberCountry } from '../../../../main/holders/numbers/types.ts';
import { addDays, type PlainDate } from '../../../../main/result/plain-date.ts';
import { heldNumber } from '../support.ts';
import { givenNames, surnames } from './names.ts';
import type { Random } from './random.ts';

export const today = '2026-11-23' as PlainDate;
/** When numbers of Norway's new rule are given. */
export const in2033 = '2033-05-01' as PlainDate;

/** An invented person. */
export interface Person {
  readonly surname: string;
  readonly givenNames: string;
  readonly birthDate: PlainDate;
}

/** Somebody between 25 and 90 years old, with one to three given names. */
export function anybody(random: Random): Person {
  const names = Array.from({ length: 1 + random.below(3) }, () => random.oneOf(givenNames));
  return { surname: random.oneOf(surnames), givenNames: [...new Set(names)].join(' '), birthDate: bornBefore(random) };
}

export function bornBefore(random: Random, youngest = 25, oldest = 90): PlainDate {
  return addDays(today, -(Math.round(youngest * 365.25) + random.below(Math.round((oldest - youngest) * 365.25))));
}

/** Somebody else, with no name in common. */
export function stranger(to: Person, random: Random): Person {
  for (;;) {
    const other = anybody(random);
    const shared = [...wordsOf(to)].some((word) => wordsOf(other).has(word));
    if (!shared && other.birthDate !== to.birthDate) return other;
  }
}

/** A given name that the person does not have. */
export function otherGivenName(to: Person, random: Random, fits: (name: string) => boolean = () => true): string {
  const names = givenNames.filter((name) => fits(name) && !name.split('-').some((part) => wordsOf(to).has(part)));
  return random.oneOf(names);
}

function wordsOf(person: Pick<Person, 'surname' | 'givenNames'>): ReadonlySet<string> {
  return new Set(`${person.surname} ${person.givenNames}`.split(/[ -]/));
}

const digit = (random: Random): string => String(random.below(10));

/** A Swedish number of that day. Serials 980 to 999 are kept for tests: nobody bears one. */
export function swedish(birthDate: PlainDate, random: Random, raisedDay = 0): string {
  const date = birthDate.replaceAll('-', '');
  const day = String(Number(date.slice(6)) + raisedDay).padStart(2, '0');
  const body = `${date.slice(0, 6)}${day}${980 + random.below(20)}`;
  return body + checkDigitOf(body.slice(2));
}

function dayMonthYear(date: PlainDate): string {
  return date.slice(8) + date.slice(5, 7) + date.slice(2, 4);
}

/** A Finnish code with a serial from 900 on: those are not in the register (DVV). */
export function finnish(birthDate: PlainDate, separator: string, random: Random): string {
  const serial = `9${digit(random)}${digit(random)}`;
  const body = dayMonthYear(birthDate);
  return body + separator + serial + '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(body + serial) % 31];
}

/** Norwegian numbers that today's rule refuses: nobody bears one before 2032. Remainder 1 to 3, or one number for each. */
export function norwegian(birthDate: PlainDate, random: Random): readonly [string, string] {
  for (;;) {
    const nine = `${dayMonthYear(birthDate)}${digit(random)}${digit(random)}${digit(random)}`;
    const found = [1, 2, 3].flatMap((remainder) => norwegianOf(nine, remainder));
    const [one, other] = found;
    if (one !== undefined && other !== undefined) return [one, other];
  }
}

function norwegianOf(nine: string, remainder: number): readonly string[] {
  const sum = (digits: string, weights: readonly number[]): number =>
    weights.reduce((all, weight, index) => all + weight * Number(digits[index]), 0);
  const first = (((remainder - sum(nine, [3, 7, 6, 1, 8, 9, 4, 5, 2])) % 11) + 11) % 11;
  const second = (11 - (sum(`${nine}${first}`, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return first === 10 || second === 10 ? [] : [`${nine}${first}${second}`];
}

/** A Danish number that does not fit modulus 11, of a day for which no such number has been given. */
export function danish(birthDate: PlainDate, random: Random): string {
  const fits = (digits: string): boolean =>
    [4, 3, 2, 7, 6, 5, 4, 3, 2, 1].reduce((all, weight, index) => all + weight * Number(digits[index]), 0) % 11 === 0;
  for (;;) {
    const number = `${dayMonthYear(birthDate)}${random.below(4)}${digit(random)}${digit(random)}${digit(random)}`;
    if (!fits(number)) return number;
  }
}

/** An Icelandic number with the sequence 14 or 15: those of the register's test data. */
export function icelandic(birthDate: PlainDate, random: Random): string {
  return `${dayMonthYear(birthDate)}${random.oneOf(['14', '15'])}${digit(random)}9`;
}

/** A person as they stand on file. */
export function onFile(person: Person, more: Partial<Holder> = {}): Holder {
  return { id: 'c1', personalNumber: null, ...person, ...more };
}

export function withNumber(person: Person, country: NumberCountry, key: string, more: Partial<Holder> = {}): Holder {
  const numbers: readonly HeldNumber[] = [heldNumber(country, key)];
  return onFile(person, { numbers, ...more });
}

export function knownDocument(issuer: string, number: string): KnownDocument {
  return { issuer, kind: 'passport', number, seenBy: 'op', seenOn: '2025-03-03' as PlainDate };
}
