import { isDigitalIdCard } from '../result/digital-id-card.ts';
import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { checkDigit } from './mrz-check-digit.ts';
import { birthDate, expiryDate } from './mrz-dates.ts';
import { type FieldPlace, fieldOf, layouts, type MrzLayout } from './mrz-layout.ts';
import { parseName } from './mrz-name.ts';
import type { CheckedField, Mrz, MrzFormat } from './types.ts';

function malformed(fields: Readonly<Record<string, string | number>>): Failure {
  return new Failure('mrz.malformed', fields);
}

// Longer than any zone with generous white space; keeps the work small on nonsense.
const longestText = 400;

/** Splits a zone into the lines of its format: 90, 72 or 88 characters, in lines or joined. Fails with `mrz.malformed`. */
function mrzLines(text: string): { readonly format: MrzFormat; readonly lines: readonly string[] } {
  if (text.length > longestText) throw malformed({ reason: 'length', length: text.length });
  const given = text.split(/[\r\n]+/).map((line) => line.trim());
  const joined = given.join('');
  const strange = /[^A-Za-z0-9<]/.exec(joined);
  if (strange !== null) throw malformed({ reason: 'character', position: strange.index + 1 });
  const characters = joined.toUpperCase();
  for (const format of ['TD1', 'TD2', 'TD3'] as const) {
    const { lines: count, width } = layouts[format];
    if (characters.length !== count * width) continue;
    const filled = given.filter((line) => line !== '');
    const wrong = filled.length === 1 ? -1 : filled.findIndex((line) => line.length !== width);
    if (wrong !== -1) throw malformed({ reason: 'line length', line: wrong + 1, length: filled[wrong]?.length ?? 0 });
    const lines = Array.from({ length: count }, (_, line) => characters.slice(line * width, (line + 1) * width));
    return { format, lines };
  }
  throw malformed({ reason: 'length', length: characters.length });
}

interface DocumentNumber {
  /** As keys are derived from it: fillers of a short number kept, that of a long one skipped. */
  readonly characters: string;
  readonly printedDigit: string;
  readonly optionalData: string;
}

/**
 * Where a document's number and its check digit stand. A long number goes on in the optional data, followed by its check digit and
 * a filler (9303-5 and 9303-6 §4.2.2 note j); null where no filler says where it ends.
 */
export function numberPlaces(
  lines: readonly string[],
  layout: MrzLayout,
  format: MrzFormat,
): { readonly places: readonly FieldPlace[]; readonly digit: FieldPlace } | null {
  const principal = layout.documentNumber;
  const optional = layout.optionalData;
  const usual = { places: [principal], digit: layout.documentNumberDigit };
  if (fieldOf(lines, usual.digit) !== '<' || format === 'TD3' || fieldOf(lines, principal).endsWith('<')) return usual;
  const end = fieldOf(lines, optional).indexOf('<');
  if (end === -1) return null;
  if (end < 2) return usual;
  return {
    places: [principal, { ...optional, length: end - 1 }],
    digit: { ...optional, start: optional.start + end - 1, length: 1 },
  };
}

function documentNumber(lines: readonly string[], layout: MrzLayout, format: MrzFormat): DocumentNumber {
  const optionalData = fieldOf(lines, layout.optionalData);
  const usual = { places: [layout.documentNumber], digit: layout.documentNumberDigit };
  const { places, digit } = numberPlaces(lines, layout, format) ?? usual;
  const continued = places[1]?.length;
  return {
    characters: places.map((place) => fieldOf(lines, place)).join(''),
    printedDigit: fieldOf(lines, digit),
    // Behind the rest of the number stand its check digit and a filler.
    optionalData: continued === undefined ? optionalData : optionalData.slice(continued + 2),
  };
}

function withoutFillers(field: string): string {
  return field.replace(/<+$/, '');
}

function sexOf(character: string): Mrz['sex'] {
  if (character === 'F' || character === 'M') return character;
  // 9303-3 prints a filler for unspecified; some issuers print X, which 9303 knows for the page only.
  if (character === '<' || character === 'X') return 'X';
  throw malformed({ reason: 'field', field: 'sex' });
}

function codeField(lines: readonly string[], layout: MrzLayout, field: 'documentCode' | 'issuer'): string {
  const code = fieldOf(lines, layout[field]);
  // The second character of a card's code is the issuer's own choice (9303-5 §4.2.2 note k): `C1` of the United States.
  const form = field === 'documentCode' ? /^[A-Z][A-Z0-9<]$/ : /^[A-Z]+<*$/;
  if (!form.test(code)) throw malformed({ reason: 'field', field });
  return withoutFillers(code);
}

// 9303-3 §5: letters, as in every code. A zone without a nationality is met and says nothing wrong.
function nationalityOf(field: string): string {
  if (!/^[A-Z]*<*$/.test(field)) throw malformed({ reason: 'field', field: 'nationality' });
  return withoutFillers(field);
}

/**
 * Documents whose lines have the size of another's and fields of their own; none has a chip. Visas: 9303-7. French identity
 * cards before 2021: two lines of 36 with the surname in the first and the given names in the second; the cards with a
 * chip since then have three lines of 30.
 */
function documentWithoutChip(format: MrzFormat, documentCode: string, issuer: string): string | null {
  if (documentCode.startsWith('V')) return 'visa';
  return format === 'TD2' && documentCode === 'ID' && issuer === 'FRA' ? 'identity card of France before 2021' : null;
}

/**
 * The machine readable zone of a travel document (9303-4, -5, -6 §4.2), in lines or joined, lower case tolerated.
 * Two-digit years are read as seen on the day `at`. Wrong check digits are reported in `checkDigits` and do not fail.
 * Fails with `mrz.malformed`, whose fields say what is wrong and hold nothing of the content, and with `document.no-chip`
 * for lines of documents that have none, `bankid-card.recognised` for the code of a digital identity card.
 */
export function parseMrz(text: string, at: PlainDate): Mrz {
  if (isDigitalIdCard(text)) throw new Failure('bankid-card.recognised');
  const { format, lines } = mrzLines(text);
  const layout = layouts[format];
  const documentCode = codeField(lines, layout, 'documentCode');
  const chipless = documentWithoutChip(format, documentCode, fieldOf(lines, layout.issuer));
  if (chipless !== null) throw new Failure('document.no-chip', { document: chipless });
  const number = documentNumber(lines, layout, format);
  const birth = fieldOf(lines, layout.birthDate);
  const birthDigit = fieldOf(lines, layout.birthDateDigit);
  const expiry = fieldOf(lines, layout.expiryDate);
  const expiryDigit = fieldOf(lines, layout.expiryDateDigit);
  const composite = layout.composite.map((place) => fieldOf(lines, place)).join('');

  const checkDigits = [
    checked('documentNumber', number.characters, number.printedDigit),
    checked('birthDate', birth, birthDigit),
    checked('expiryDate', expiry, expiryDigit),
  ];
  if (layout.optionalDataDigit !== null) {
    const printed = fieldOf(lines, layout.optionalDataDigit);
    const check = checked('optionalData', number.optionalData, printed);
    // 9303-4 §4.2.2.2: the digit of empty optional data may be a filler or 0.
    checkDigits.push({ ...check, right: check.right || (printed === '<' && /^<*$/.test(number.optionalData)) });
  }
  checkDigits.push(checked('composite', composite, fieldOf(lines, layout.compositeDigit)));

  return {
    format,
    lines,
    documentCode,
    issuer: codeField(lines, layout, 'issuer'),
    documentNumber: withoutFillers(number.characters),
    nationality: nationalityOf(fieldOf(lines, layout.nationality)),
    name: parseName(fieldOf(lines, layout.name)),
    birthDate: birthDate(birth, at),
    expiryDate: expiryDate(expiry),
    sex: sexOf(fieldOf(lines, layout.sex)),
    optionalData: withoutFillers(number.optionalData),
    optionalData2: layout.optionalData2 === null ? '' : withoutFillers(fieldOf(lines, layout.optionalData2)),
    checkDigits,
    information: number.characters + number.printedDigit + birth + birthDigit + expiry + expiryDigit,
  };
}

function checked(field: CheckedField, characters: string, printed: string): Mrz['checkDigits'][number] {
  const computed = checkDigit(characters);
  return { field, printed, computed, right: printed === computed };
}
