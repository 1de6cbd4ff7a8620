import { Failure } from '../result/failure.ts';
import { checkDigit } from './mrz-check-digit.ts';
import { type FieldPlace, fieldOf, layouts } from './mrz-layout.ts';
import { buildName } from './mrz-name.ts';
import { transliterate } from './mrz-name-space.ts';
import type { Mrz, MrzFormat } from './types.ts';

/** What a zone is built from. Names in any letters of the table of 9303-3 §6; dates YYMMDD (`printedDate`). */
export interface MrzFields {
  readonly format: MrzFormat;
  readonly documentCode: string;
  readonly issuer: string;
  readonly documentNumber: string;
  readonly nationality: string;
  readonly surname: string;
  readonly givenNames: string;
  readonly birthDate: string;
  readonly sex: Mrz['sex'];
  readonly expiryDate: string;
  readonly optionalData?: string;
  /** Only TD1. */
  readonly optionalData2?: string;
}

function unfit(field: string): Failure {
  return new Failure('mrz.malformed', { reason: 'field', field });
}

function nameSpace(field: string, text: string): string {
  const form = transliterate(text);
  if (form === null) throw unfit(field);
  return form;
}

class Canvas {
  readonly #characters: string[][];

  constructor(lines: number, width: number) {
    this.#characters = Array.from({ length: lines }, () => Array.from({ length: width }, () => '<'));
  }

  write(field: string, place: FieldPlace, text: string): void {
    if (text.length > place.length || !/^[A-Z0-9<]*$/.test(text)) throw unfit(field);
    this.#characters[place.line]?.splice(place.start, text.length, ...text);
  }

  get lines(): string[] {
    return this.#characters.map((line) => line.join(''));
  }

  read(...places: readonly FieldPlace[]): string {
    return places.map((place) => fieldOf(this.lines, place)).join('');
  }
}

/**
 * The lines of a zone with all check digits (9303-4, -5, -6 §4.2): what `parseMrz` reads back. A number of more than nine
 * characters goes on in the optional data of TD1 and TD2. Fails with `mrz.malformed` where a field does not fit.
 */
export function buildMrz(fields: MrzFields): readonly string[] {
  const layout = layouts[fields.format];
  const canvas = new Canvas(layout.lines, layout.width);
  const surname = nameSpace('surname', fields.surname);
  const givenNames = nameSpace('givenNames', fields.givenNames);
  const principal = fields.documentNumber.slice(0, layout.documentNumber.length);
  const rest = fields.documentNumber.slice(layout.documentNumber.length);
  const optionalData = fields.optionalData ?? '';
  if (rest !== '' && fields.format === 'TD3') throw unfit('documentNumber');

  canvas.write('documentCode', layout.documentCode, fields.documentCode);
  canvas.write('issuer', layout.issuer, fields.issuer);
  canvas.write('name', layout.name, buildName(surname, givenNames, layout.name.length));
  canvas.write('documentNumber', layout.documentNumber, principal);
  canvas.write('nationality', layout.nationality, fields.nationality);
  canvas.write('birthDate', layout.birthDate, fields.birthDate);
  canvas.write('sex', layout.sex, fields.sex === 'X' ? '<' : fields.sex);
  canvas.write('expiryDate', layout.expiryDate, fields.expiryDate);
  if (rest === '') {
    canvas.write('optionalData', layout.optionalData, optionalData);
    canvas.write('documentNumber', layout.documentNumberDigit, checkDigit(canvas.read(layout.documentNumber)));
  } else {
    const continued = `${rest}${checkDigit(fields.documentNumber)}<${optionalData}`;
    canvas.write('documentNumber', layout.optionalData, continued);
  }
  if (fields.optionalData2 !== undefined) {
    if (layout.optionalData2 === null) throw unfit('optionalData2');
    canvas.write('optionalData2', layout.optionalData2, fields.optionalData2);
  }
  canvas.write('birthDate', layout.birthDateDigit, checkDigit(canvas.read(layout.birthDate)));
  canvas.write('expiryDate', layout.expiryDateDigit, checkDigit(canvas.read(layout.expiryDate)));
  if (layout.optionalDataDigit !== null)
    canvas.write('optionalData', layout.optionalDataDigit, checkDigit(canvas.read(layout.optionalData)));
  canvas.write('composite', layout.compositeDigit, checkDigit(canvas.read(...layout.composite)));
  return canvas.lines;
}
