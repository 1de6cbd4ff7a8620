import { documentKind } from '../document/document-kind.ts';
import { type Check, successful, unsuccessful } from '../result/check.ts';
import { numberInDocument } from './document-numbers.ts';
import type { HeldNumber, Holder } from './holder.ts';
import { numberCountryOf, numberKey } from './numbers/read-number.ts';
import { type NationalNumber, type NumberCountry, type NumberKind, numberCountries } from './numbers/types.ts';
import type { ReadPerson } from './read-person.ts';

const id = 'holder.personal-number';

/** Kinds that are given before anybody is sure of the person, or by others than the register. */
const uncertain: readonly NumberKind[] = ['system number', 'h-number', 'fh-number'];

/**
 * `holder.personal-number`: the number on file against the one in the document, which must be equal sign by sign. Only a
 * document's own state's number is read from it: elsewhere the fields hold other numbers. A number that the person had
 * before, or whose writing leaves open whose it is, is for staff; so is one that differs, and name and birth date never
 * stand in for it. Where there is nothing to compare, a document that somebody has seen as this person's speaks for itself.
 * An equal number alone proves nothing: states have given one number to two people.
 */
export function matchPersonalNumber(holder: Holder, person: ReadPerson): Check {
  const { mrz } = person;
  const found = numberInDocument(person);
  const country = numberCountryOf(mrz.issuer);
  const onFile = country === null ? [] : numbersOnFile(holder, country);
  if (found.state === 'none' || onFile.length === 0) return matchKnownDocument(holder, person, found.state !== 'none');

  const current = onFile.filter(({ validTo }) => validTo === null);
  const compared = {
    source: found.source,
    onFile: (current[0] ?? onFile[0])?.key ?? '',
    inDocument: found.text.replace(/[\s<]+$/, ''),
  };
  if (found.state === 'wrong')
    return unsuccessful(id, 'undetermined', 'holder.personal-number-invalid', { ...compared, fault: found.fault });
  const numbers = found.state === 'one' ? [found.number] : found.numbers;
  const isAmong = (held: readonly HeldNumber[]): boolean =>
    held.some((one) => numbers.some((number) => numberKey(number) === numberKey(one)));
  if (!isAmong(onFile)) return unsuccessful(id, 'failed', 'holder.personal-number-differs', compared);
  if (!isAmong(current)) return unsuccessful(id, 'undetermined', 'holder.number-replaced', compared);
  if (found.state === 'open') {
    const possible = numbers.map(({ key }) => key);
    return unsuccessful(id, 'undetermined', 'holder.number-ambiguous', { ...compared, possible });
  }
  if (uncertain.includes(found.number.kind))
    return unsuccessful(id, 'undetermined', 'holder.number-ambiguous', { ...compared, kind: found.number.kind });
  return successful(id, { source: found.source, ...described(found.number, holder) });
}

function described({ kind }: NationalNumber, { identityLevel }: Holder): Check['detail'] {
  return kind === 'coordination' ? { kind, identityLevel: identityLevel ?? 'unknown' } : { kind };
}

/** The numbers of all countries that a person has or had. */
export function allNumbers(holder: Pick<Holder, 'personalNumber' | 'numbers'>): readonly HeldNumber[] {
  return numberCountries.flatMap((country) => numbersOnFile(holder, country));
}

function numbersOnFile(
  { personalNumber, numbers = [] }: Pick<Holder, 'personalNumber' | 'numbers'>,
  country: NumberCountry,
): readonly HeldNumber[] {
  const others = numbers.filter((number) => number.country === country);
  if (country !== 'SWE' || personalNumber === null) return others;
  return [currentNumber({ country, key: personalNumber }), ...others.filter(({ key }) => key !== personalNumber)];
}

/** A number of which nobody has said since when it is the person's. */
export function currentNumber({ country, key }: Pick<HeldNumber, 'country' | 'key'>): HeldNumber {
  return { country, key, validFrom: null, validTo: null, replacedBecause: null };
}

// A document whose number cannot be compared is the person's where somebody has seen it before: the same issuer, kind and
// number. A permit to stay says no more than what the passport beside it proves, and is nobody's proof alone.
function matchKnownDocument(
  { documents = [], personalNumber }: Holder,
  { mrz }: ReadPerson,
  inDocument: boolean,
): Check {
  const kind = documentKind(mrz.documentCode, mrz.issuer);
  const known = documents.find(
    (one) => one.issuer === mrz.issuer && one.kind === kind && one.number === mrz.documentNumber,
  );
  if (known !== undefined && (kind === 'passport' || kind === 'identity-card'))
    return successful(id, { source: 'known document', kind, seenOn: known.seenOn });
  return unsuccessful(id, 'undetermined', 'holder.no-personal-number', {
    issuer: mrz.issuer,
    onFile: personalNumber !== null,
    inDocument,
  });
}
