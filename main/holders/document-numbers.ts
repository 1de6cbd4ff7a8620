import type { PlainDate } from '../result/plain-date.ts';
import { numberCountryOf, numberKey, readNumberInField } from './numbers/read-number.ts';
import type { NationalNumber, NumberCountry, NumberFault, NumberReading } from './numbers/types.ts';
import type { ReadPerson } from './read-person.ts';

export type NumberSource = 'DG1 optional data' | 'DG11 personal number';

interface Written {
  readonly source: NumberSource;
  readonly text: string;
}

/**
 * The number of its own state that a document holds: one; several, of which the writing leaves open which it is; one that
 * cannot be right; or none. `text` is as the document writes it.
 */
export type DocumentNumber =
  | { readonly state: 'none' }
  | ({ readonly state: 'one'; readonly number: NationalNumber } & Written)
  | ({ readonly state: 'open'; readonly numbers: readonly NationalNumber[] } & Written)
  | ({ readonly state: 'wrong'; readonly fault: NumberFault | 'check-digit' | 'sources-disagree' } & Written);

/**
 * Looks for the number in all places where issuers put it, which must agree. Outside Sweden the optional data may hold
 * whatever the state likes: what is no number of a person there is none, and not a wrong one.
 */
export function numberInDocument(person: ReadPerson): DocumentNumber {
  const country = numberCountryOf(person.mrz.issuer);
  if (country === null) return { state: 'none' };
  const context = { today: person.today, birthDate: statedBirthDate(person) };
  const readings = writtenNumbers(person, country)
    .map((written) => ({ written, reading: readNumberInField(country, written.text, context) }))
    .filter(
      ({ reading }) => country === 'SWE' || reading.outcome !== 'unreadable' || reading.fault === 'contradiction',
    );
  const [first] = readings;
  if (first === undefined) return { state: 'none' };
  for (const { reading } of readings) {
    if (reading.outcome === 'unreadable') return { state: 'wrong', fault: reading.fault, ...first.written };
  }
  const common = readings
    .map(({ reading }) => numbersOf(reading))
    .reduce((all, others) => all.filter((one) => others.some((other) => numberKey(other) === numberKey(one))));
  const [number] = common;
  if (number === undefined) return { state: 'wrong', fault: 'sources-disagree', ...first.written };
  if (number.checkDigit === 'wrong') return { state: 'wrong', fault: 'check-digit', ...first.written };
  if (common.length > 1) return { state: 'open', numbers: common, ...first.written };
  const source = readings.find(({ reading }) => reading.outcome === 'read') ?? first;
  return { state: 'one', number, ...source.written };
}

function numbersOf(reading: NumberReading): readonly NationalNumber[] {
  if (reading.outcome === 'read') return [reading.number];
  return reading.outcome === 'ambiguous' ? reading.numbers : [];
}

// TD3: line 2, positions 29–42 (9303-4 §4.2.2.2). TD1 has two fields of optional data; Sweden uses the first, as on its
// specimen. DG11: 5F10.
function writtenNumbers({ mrz, details }: ReadPerson, country: NumberCountry): readonly Written[] {
  const fields = country === 'SWE' ? [mrz.optionalData] : [mrz.optionalData, mrz.optionalData2];
  const additional = details?.personalNumber ?? '';
  return [
    ...fields.map((text): Written => ({ source: 'DG1 optional data', text })),
    { source: 'DG11 personal number', text: additional } as const,
  ].filter(({ text }) => text.replace(/[\s<-]/g, '') !== '');
}

/**
 * The birth date that DG11 states with its century, where it agrees with the two-digit year of DG1; null where the two
 * contradict each other, and where there is no DG11.
 */
export function statedBirthDate({ mrz, details }: Pick<ReadPerson, 'mrz' | 'details'>): PlainDate | null {
  const additional = details?.birthDate?.date ?? null;
  if (additional === null) return null;
  const printed = additional.slice(2).replaceAll('-', '');
  const agrees = [...mrz.birthDate.printed].every((digit, index) => !/\d/.test(digit) || digit === printed[index]);
  return agrees ? additional : null;
}
