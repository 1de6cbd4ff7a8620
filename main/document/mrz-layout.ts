import type { MrzFormat } from './types.ts';

/** Where a field stands: line and position counted from 0, and its length. */
export interface FieldPlace {
  readonly line: number;
  readonly start: number;
  readonly length: number;
}

export interface MrzLayout {
  readonly lines: number;
  readonly width: number;
  readonly documentCode: FieldPlace;
  readonly issuer: FieldPlace;
  readonly name: FieldPlace;
  readonly documentNumber: FieldPlace;
  readonly documentNumberDigit: FieldPlace;
  readonly nationality: FieldPlace;
  readonly birthDate: FieldPlace;
  readonly birthDateDigit: FieldPlace;
  readonly sex: FieldPlace;
  readonly expiryDate: FieldPlace;
  readonly expiryDateDigit: FieldPlace;
  readonly optionalData: FieldPlace;
  /** Only TD1 has a second field. */
  readonly optionalData2: FieldPlace | null;
  /** Only TD3 has a check digit for its optional data. */
  readonly optionalDataDigit: FieldPlace | null;
  readonly composite: readonly FieldPlace[];
  readonly compositeDigit: FieldPlace;
}

// First and last position as the standard counts them: lines and positions from 1, both ends included.
function at(line: number, first: number, last = first): FieldPlace {
  return { line: line - 1, start: first - 1, length: last - first + 1 };
}

/** The layouts of 9303-5 §4.2 (TD1), 9303-6 §4.2 (TD2) and 9303-4 §4.2 (TD3). */
export const layouts: Readonly<Record<MrzFormat, MrzLayout>> = {
  TD1: {
    lines: 3,
    width: 30,
    documentCode: at(1, 1, 2),
    issuer: at(1, 3, 5),
    name: at(3, 1, 30),
    documentNumber: at(1, 6, 14),
    documentNumberDigit: at(1, 15),
    nationality: at(2, 16, 18),
    birthDate: at(2, 1, 6),
    birthDateDigit: at(2, 7),
    sex: at(2, 8),
    expiryDate: at(2, 9, 14),
    expiryDateDigit: at(2, 15),
    optionalData: at(1, 16, 30),
    optionalData2: at(2, 19, 29),
    optionalDataDigit: null,
    composite: [at(1, 6, 30), at(2, 1, 7), at(2, 9, 15), at(2, 19, 29)],
    compositeDigit: at(2, 30),
  },
  TD2: {
    lines: 2,
    width: 36,
    documentCode: at(1, 1, 2),
    issuer: at(1, 3, 5),
    name: at(1, 6, 36),
    documentNumber: at(2, 1, 9),
    documentNumberDigit: at(2, 10),
    nationality: at(2, 11, 13),
    birthDate: at(2, 14, 19),
    birthDateDigit: at(2, 20),
    sex: at(2, 21),
    expiryDate: at(2, 22, 27),
    expiryDateDigit: at(2, 28),
    optionalData: at(2, 29, 35),
    optionalData2: null,
    optionalDataDigit: null,
    composite: [at(2, 1, 10), at(2, 14, 20), at(2, 22, 35)],
    compositeDigit: at(2, 36),
  },
  TD3: {
    lines: 2,
    width: 44,
    documentCode: at(1, 1, 2),
    issuer: at(1, 3, 5),
    name: at(1, 6, 44),
    documentNumber: at(2, 1, 9),
    documentNumberDigit: at(2, 10),
    nationality: at(2, 11, 13),
    birthDate: at(2, 14, 19),
    birthDateDigit: at(2, 20),
    sex: at(2, 21),
    expiryDate: at(2, 22, 27),
    expiryDateDigit: at(2, 28),
    optionalData: at(2, 29, 42),
    optionalData2: null,
    optionalDataDigit: at(2, 43),
    composite: [at(2, 1, 10), at(2, 14, 20), at(2, 22, 43)],
    compositeDigit: at(2, 44),
  },
};

/** The characters of a field. */
export function fieldOf(lines: readonly string[], place: FieldPlace): string {
  return (lines[place.line] ?? '').slice(place.start, place.start + place.length);
}
