import { digitFor, looksLike } from './look-alikes.ts';
import { checkDigit } from './mrz-check-digit.ts';

/** A place of a zone: line and position counted from 1, as people count. */
export interface TypedPlace {
  readonly line: number;
  readonly position: number;
}

/** A character that is likely another one. `sure`: nothing else fits; else it is one of several places that may be wrong. */
export interface TypedSlip extends TypedPlace {
  readonly typed: string;
  readonly likely: string;
  readonly sure: boolean;
}

/** A character of a field that a check digit covers; what its place allows. */
export interface Sign extends TypedPlace {
  readonly typed: string;
  readonly kind: 'any' | 'digit' | 'check-digit';
}

function isAllowed(kind: Sign['kind'], character: string): boolean {
  if (kind === 'any') return /[A-Z0-9<]/.test(character);
  return kind === 'digit' ? /[0-9<]/.test(character) : /[0-9]/.test(character);
}

function fits(signs: readonly Sign[]): boolean {
  const field = signs.slice(0, -1).map(({ typed }) => typed);
  return checkDigit(field.join('')) === signs.at(-1)?.typed;
}

/**
 * What is likely wrong in a field whose check digit does not fit, the digit itself last: letters where none are allowed, and then
 * the one character for which another that looks like it makes the digit right. Where several would, each is told and none is sure;
 * where none would, there is nothing to tell but the field. `open` are the characters among which the slip is looked for.
 */
export function slipsIn(signs: readonly Sign[], open: readonly Sign[] = signs): readonly TypedSlip[] {
  const misplaced = signs.flatMap((sign): TypedSlip[] => {
    const likely = isAllowed(sign.kind, sign.typed) ? null : digitFor(sign.typed);
    return likely === null ? [] : [slip(sign, likely, true)];
  });
  const mended = signs.map((sign) => {
    const found = misplaced.find((one) => isSamePlace(one, sign));
    return found === undefined ? sign : { ...sign, typed: found.likely };
  });
  if (misplaced.length > 0 && fits(mended)) return misplaced;
  const candidates = mended.flatMap((sign, index) =>
    (open.some((one) => isSamePlace(one, sign)) ? looksLike(sign.typed) : [])
      .filter((other) => isAllowed(sign.kind, other))
      .filter((other) => fits(mended.with(index, { ...sign, typed: other })))
      .map((other) => slip(sign, other, false)),
  );
  const [only] = candidates;
  const found = candidates.length === 1 && only !== undefined ? [{ ...only, sure: true }] : candidates;
  return [...misplaced, ...found];
}

function slip({ line, position, typed }: Sign, likely: string, sure: boolean): TypedSlip {
  return { line, position, typed, likely, sure };
}

function isSamePlace(one: TypedPlace, other: TypedPlace): boolean {
  return one.line === other.line && one.position === other.position;
}
