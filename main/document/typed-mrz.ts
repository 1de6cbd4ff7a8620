import { letterFor } from './look-alikes.ts';
import { numberPlaces } from './mrz.ts';
import { checkDigit } from './mrz-check-digit.ts';
import { type FieldPlace, fieldOf, layouts, type MrzLayout } from './mrz-layout.ts';
import { type Sign, slipsIn, type TypedPlace, type TypedSlip } from './typed-slips.ts';
import type { CheckedField, MrzFormat } from './types.ts';

/** A line as far as it is typed. */
export interface TypedLine {
  readonly count: number;
  /** What it should come to: 30, 36 or 44; null while that cannot be told. */
  readonly width: number | null;
  /** Whether another line follows: then its length is what it is. */
  readonly ended: boolean;
}

/** What can be told of a zone while it is typed. */
export interface TypedMrz {
  readonly state: 'empty' | 'growing' | 'whole';
  readonly lines: readonly TypedLine[];
  /** The first character that stands in no zone. */
  readonly strange: TypedPlace | null;
  /** Fields whose check digit is there, in the order of the format: whether it fits. */
  readonly fields: readonly { readonly field: CheckedField; readonly right: boolean }[];
  readonly slips: readonly TypedSlip[];
}

const formats = ['TD3', 'TD1', 'TD2'] as const;

/** What was typed, with what a keyboard leaves behind taken out: blanks, guillemets for fillers, empty lines, lower case. */
function tidied(text: string): readonly string[] {
  const plain = text.replace(/«/g, '<<').replace(/‹/g, '<').replace(/[ \t]/g, '').toUpperCase();
  return plain.split(/[\r\n]+/).filter((line, index) => line !== '' || index > 0);
}

// A passport's zone begins with P and a visa's with V; else the first line tells once it has ended, one character more or less.
function formatOf(lines: readonly string[]): MrzFormat | null {
  const [first = ''] = lines;
  if (lines.length > 2 && lines[2] !== '') return 'TD1';
  const joined = formats.find((format) => first.length === layouts[format].lines * layouts[format].width);
  if (lines.length === 1 && joined !== undefined) return joined;
  if (/^[PV]/.test(first)) return 'TD3';
  if (lines.length === 1) return null;
  return formats.find((format) => Math.abs(layouts[format].width - first.length) <= 2) ?? null;
}

// Lines typed on without an end are parted where they must end.
function partedLines(lines: readonly string[], { lines: count, width }: MrzLayout): readonly string[] {
  const [first = ''] = lines;
  if (lines.length > 1 || first.length <= width || first.length > count * width) return lines;
  return Array.from({ length: Math.ceil(first.length / width) }, (_, line) =>
    first.slice(line * width, (line + 1) * width),
  );
}

/**
 * Judges lines as they are typed: how long each is, the check digit of each field that has one, and where it is wrong the characters
 * that look like what would make it right (9303-3 §4.9; O and 0, I and 1, S and 5, B and 8, Z and 2). Nothing is put right here.
 */
export function judgeTypedMrz(text: string): TypedMrz {
  const given = tidied(text);
  if (given.join('') === '') return { state: 'empty', lines: [], strange: null, fields: [], slips: [] };
  const strange = strangeIn(given);
  const format = formatOf(given);
  const layout = format === null ? null : layouts[format];
  const lines = layout === null ? given : partedLines(given, layout);
  const told = lines.map((line, index): TypedLine => {
    return { count: line.length, width: layout?.width ?? null, ended: index < lines.length - 1 };
  });
  if (layout === null || format === null || strange !== null)
    return { state: 'growing', lines: told, strange, fields: [], slips: [] };
  const filled = lines.filter((line) => line !== '');
  const whole = filled.length === layout.lines && filled.every(({ length }) => length === layout.width);
  const checked = fieldsOf(lines, layout, format).filter(({ signs }) => signs.every((sign) => isThere(sign, told)));
  const right = (signs: readonly Sign[]): boolean =>
    checkDigit(
      signs
        .slice(0, -1)
        .map(({ typed }) => typed)
        .join(''),
    ) === signs.at(-1)?.typed;
  const fields = checked.map(({ field, signs }) => ({
    field,
    right: right(signs) || (field === 'optionalData' && isEmpty(signs)),
  }));
  const wrong = checked.filter((_, index) => fields[index]?.right === false);
  // Where a field of it is wrong the whole is wrong too, and says nothing of its own.
  const own = wrong.length > 1 ? wrong.filter(({ field }) => field !== 'composite') : wrong;
  const known = lettersAlone(lines, layout, told);
  return {
    state: whole ? 'whole' : 'growing',
    lines: told,
    strange,
    fields: fields.filter(({ field, right: fits }) => fits || own.some((one) => one.field === field)),
    slips: inOrder([...known, ...own.flatMap((one) => slipsIn(one.signs, openSigns(one, checked)))]),
  };
}

// Of the whole line's digit the fields that have one of their own are right: what is wrong stands elsewhere.
function openSigns({ field, signs }: Checked, all: readonly Checked[]): readonly Sign[] {
  if (field !== 'composite') return signs;
  const covered = all.filter((other) => other.field !== 'composite').flatMap((other) => other.signs);
  return signs.filter((sign) => !covered.some((one) => one.line === sign.line && one.position === sign.position));
}

function strangeIn(lines: readonly string[]): TypedPlace | null {
  for (const [index, line] of lines.entries()) {
    const found = /[^A-Z0-9<]/.exec(line);
    if (found !== null) return { line: index + 1, position: found.index + 1 };
  }
  return null;
}

// 9303-4 §4.2.2.2: the digit of empty optional data may be a filler or 0.
function isEmpty(signs: readonly Sign[]): boolean {
  return signs.every(({ typed }) => typed === '<');
}

// In a line that is too long, or ended too short, nobody knows which place a character has.
function isThere({ line, position }: Sign, lines: readonly TypedLine[]): boolean {
  const of = lines[line - 1];
  if (of === undefined || of.width === null || position > of.count) return false;
  return of.count === of.width || (of.count < of.width && !of.ended);
}

interface Checked {
  readonly field: CheckedField;
  /** Those of the field, and its check digit last. */
  readonly signs: readonly Sign[];
}

function signsAt(lines: readonly string[], place: FieldPlace, kind: Sign['kind']): readonly Sign[] {
  const text = fieldOf(lines, place);
  return Array.from({ length: place.length }, (_, index) => ({
    line: place.line + 1,
    position: place.start + index + 1,
    typed: text.charAt(index),
    kind,
  }));
}

function fieldsOf(lines: readonly string[], layout: MrzLayout, format: MrzFormat): readonly Checked[] {
  const of = (field: CheckedField, places: readonly FieldPlace[], digit: FieldPlace, kind: Sign['kind']): Checked => {
    const content = places.flatMap((place) => signsAt(lines, place, kind));
    return { field, signs: [...content, ...signsAt(lines, digit, 'check-digit')] };
  };
  const number = numberPlaces(lines, layout, format);
  const all = [
    ...(number === null ? [] : [of('documentNumber', number.places, number.digit, 'any')]),
    of('birthDate', [layout.birthDate], layout.birthDateDigit, 'digit'),
    of('expiryDate', [layout.expiryDate], layout.expiryDateDigit, 'digit'),
    of('composite', layout.composite, layout.compositeDigit, 'any'),
  ];
  const { optionalDataDigit } = layout;
  if (optionalDataDigit !== null)
    all.splice(-1, 0, of('optionalData', [layout.optionalData], optionalDataDigit, 'any'));
  return all;
}

// Issuer, nationality and names have no check digit; a digit among their letters tells by itself.
function lettersAlone(lines: readonly string[], layout: MrzLayout, told: readonly TypedLine[]): readonly TypedSlip[] {
  return [layout.issuer, layout.nationality, layout.name]
    .flatMap((place) => signsAt(lines, place, 'any'))
    .filter((sign) => isThere(sign, told))
    .flatMap(({ line, position, typed }) => {
      const likely = letterFor(typed);
      return likely === null ? [] : [{ line, position, typed, likely, sure: true }];
    });
}

function inOrder(slips: readonly TypedSlip[]): readonly TypedSlip[] {
  return slips.toSorted((a, b) => a.line - b.line || a.position - b.position);
}
