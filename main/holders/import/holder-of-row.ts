import { longest } from '../../result/bounds.ts';
import { hasHiddenCharacters } from '../../result/hidden-characters.ts';
import { type PlainDate, parsePlainDate } from '../../result/plain-date.ts';
import { statedDirectoryId } from '../directory-id.ts';
import type { HeldNumber, Holder, KnownDocument, ReplacedBecause, Since } from '../holder.ts';
import { type NumberRemark, readRowNumber } from '../numbers/row-number.ts';
import { type NumberCountry, numberCountries } from '../numbers/types.ts';
import type { RawRow } from './columns.ts';

const longestId = 64;
const earliestBirth = '1800-01-01';
const groups = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** What was odd about a row that was taken all the same. */
export type RowRemark = NumberRemark | 'characters-filtered';

/** A row that was understood, or why it was not: never what it holds. */
export type ReadRow = { readonly holder: Holder; readonly remarks: readonly RowRemark[] } | { readonly fault: string };

/** Thrown within a row, and caught at its end. */
class RowFault extends Error {}

/** Reads one row of a register; `today` bounds its dates. */
export function holderOfRow(raw: RawRow, today: PlainDate): ReadRow {
  const remarks: RowRemark[] = [];
  try {
    return { holder: read(raw, today, (remark) => remarks.push(remark)), remarks };
  } catch (thrown) {
    if (thrown instanceof RowFault) return { fault: thrown.message };
    throw thrown;
  }
}

function read(raw: RawRow, today: PlainDate, tell: (remark: RowRemark) => void): Holder {
  const id = exact(raw, 'id');
  if (id === '') throw new RowFault('id-missing');
  if (id.length > longestId) throw new RowFault('id-too-long');
  if (statedDirectoryId(id) !== null) throw new RowFault('id-reserved');
  const givenNames = nameIn(raw, 'givenNames', tell);
  const surname = nameIn(raw, 'surname', tell);
  if (givenNames === '' && surname === '') throw new RowFault('name-missing');
  const birthDate = birthDateIn(exact(raw, 'birthDate'), today);
  const reference = exact(raw, 'reference');
  if (reference.length > longestId) throw new RowFault('reference-too-long');
  const level = exact(raw, 'identityLevel').toLowerCase();
  const identityLevel = level === '' ? null : (levels.get(level) ?? fault('identity-level'));
  const written = exact(raw, 'personalNumber');
  const personalNumber = written === '' ? null : numberOf('SWE', written, { today, birthDate }, tell);
  const others = hasGroups(raw)
    ? { numbers: numbersIn(raw, today, birthDate, tell), documents: documentsIn(raw, today) }
    : { numbers: [], documents: [] };
  const flags = { dormant: sinceIn, deceased: sinceIn, emigrated: sinceIn, protected: sinceIn } as const;
  const holder: { -readonly [Name in keyof Holder]: Holder[Name] } = {
    id,
    personalNumber,
    givenNames,
    surname,
    birthDate,
  };
  if (others.numbers.length > 0) holder.numbers = others.numbers;
  if (others.documents.length > 0) holder.documents = others.documents;
  if (identityLevel !== null) holder.identityLevel = identityLevel;
  for (const name of Object.keys(flags) as (keyof typeof flags)[]) {
    const since = flags[name](exact(raw, name), today);
    if (since !== null) holder[name] = since;
  }
  if (reference !== '') holder.reference = reference;
  return holder;
}

function fault(reason: string): never {
  throw new RowFault(reason);
}

const levels = new Map<string, NonNullable<Holder['identityLevel']>>([
  ['confirmed', 'confirmed'],
  ['styrkt', 'confirmed'],
  ['probable', 'probable'],
  ['sannolik', 'probable'],
  ['unconfirmed', 'unconfirmed'],
  ['osäker', 'unconfirmed'],
]);

const plain = /^[ -~\u00c0-\u024f]*$/;

// Nothing that is not seen has a place in an id, a number or a date: which of two the row means nobody can tell.
function exact(raw: RawRow, field: string): string {
  const text = raw.get(field);
  if (text === undefined) return '';
  const tidy = text.normalize('NFC').trim();
  if (!plain.test(tidy) && hasHiddenCharacters(tidy)) throw new RowFault('characters');
  return tidy;
}

const unseen = /(?!\s)\p{Cc}|[\u2800\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;

// A cell may hold a name on several lines; in a name a line break is a space. Controls and marks of direction are no letters, and
// make a name look like another: they go, and it is told.
function nameIn(raw: RawRow, field: string, tell: (remark: RowRemark) => void): string {
  const text = raw.get(field);
  if (text === undefined) return '';
  let name = text;
  if (!plain.test(text)) {
    const seen = text.replace(unseen, '');
    if (seen !== text) tell('characters-filtered');
    name = seen.replace(/\s+/g, ' ').normalize('NFC');
  } else if (text.includes('  ')) name = text.replace(/ +/g, ' ');
  name = name.trim();
  if (name.length > longest.personName) throw new RowFault('name-too-long');
  return name;
}

function dateIn(text: string, reason: string): PlainDate | null {
  if (text === '') return null;
  return parsePlainDate(text) ?? fault(reason);
}

function birthDateIn(text: string, today: PlainDate): PlainDate | null {
  const date = dateIn(text, 'birth-date');
  if (date !== null && (date > today || date < earliestBirth)) throw new RowFault('birth-date-out-of-range');
  return date;
}

const no: ReadonlySet<string> = new Set(['', '0', 'no', 'nej', 'false']);
const yes: ReadonlySet<string> = new Set(['1', 'yes', 'ja', 'true', 'x']);

/** A day since when it is so, or `yes` where nobody tells the day. */
function sinceIn(text: string, today: PlainDate): Since | null {
  const word = text.toLowerCase();
  if (no.has(word)) return null;
  if (yes.has(word)) return { since: null };
  const since = parsePlainDate(text) ?? fault('since');
  if (since > today) throw new RowFault('since');
  return { since };
}

function numberOf(
  country: NumberCountry,
  text: string,
  around: { readonly today: PlainDate; readonly birthDate: PlainDate | null },
  tell: (remark: RowRemark) => void,
): string {
  const number = readRowNumber(country, text, around);
  if (number.outcome === 'refused') throw new RowFault(`personal-number-${number.fault}`);
  for (const remark of number.remarks) tell(remark);
  return number.number.key;
}

function hasGroups(raw: RawRow): boolean {
  for (const field of raw.keys()) if (field.includes('.')) return true;
  return false;
}

const reasons: readonly ReplacedBecause[] = ['coordination-number', 'birth-date', 'sex', 'protection', 'other'];

function numbersIn(
  raw: RawRow,
  today: PlainDate,
  birthDate: PlainDate | null,
  tell: (remark: RowRemark) => void,
): readonly HeldNumber[] {
  return groups.flatMap((group): HeldNumber[] => {
    const part = (name: string): string => exact(raw, `number${group}.${name}`);
    const value = part('value');
    if (value === '') return [];
    const country = numberCountries.find((one) => one === part('country').toUpperCase()) ?? fault('number-country');
    const validFrom = dateIn(part('validFrom'), 'number-validity');
    const validTo = dateIn(part('validTo'), 'number-validity');
    if (validFrom !== null && validTo !== null && validFrom > validTo) throw new RowFault('number-validity');
    const because = part('replacedBecause');
    const replacedBecause =
      because === '' ? null : (reasons.find((one) => one === because) ?? fault('number-replaced-because'));
    // The day in a number that was taken back for a wrong one is no contradiction: that may be why.
    const beside = validTo === null ? birthDate : null;
    return [
      {
        country,
        key: numberOf(country, value, { today, birthDate: beside }, tell),
        validFrom,
        validTo,
        replacedBecause,
      },
    ];
  });
}

const documentKinds: readonly KnownDocument['kind'][] = ['passport', 'identity-card', 'residence-permit', 'other'];
const documentNumber = /^[A-Z0-9]{1,20}$/;

function documentsIn(raw: RawRow, today: PlainDate): readonly KnownDocument[] {
  return groups.flatMap((group): KnownDocument[] => {
    const part = (name: string): string => exact(raw, `document${group}.${name}`);
    const number = part('number').toUpperCase();
    if (number === '') return [];
    const issuer = part('issuer').toUpperCase();
    const kind = documentKinds.find((one) => one === part('kind')) ?? fault('document-kind');
    const seenBy = part('seenBy');
    const seenOn = dateIn(part('seenOn'), 'document-seen');
    if (!/^[A-Z]{1,3}$/.test(issuer) || !documentNumber.test(number)) throw new RowFault('document-number');
    // A document that nobody says to have seen is nobody's proof.
    if (seenBy === '' || seenBy.length > longest.sign || seenOn === null || seenOn > today)
      throw new RowFault('document-seen');
    return [{ issuer, kind, number, seenBy, seenOn }];
  });
}
