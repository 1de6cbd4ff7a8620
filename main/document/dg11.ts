import {
  decodeDataGroup,
  malformedGroup,
  nameParts,
  nameText,
  partsText,
  repeated,
  textOf,
  withinGroup,
} from './data-group.ts';
import { groupDate } from './group-dates.ts';
import type { PersonalDetails } from './types.ts';

/** A name in characters; the register's own names are shorter by far, and whoever reads it compares it letter by letter. */
const longestName = 400;
/** No state's number of a person is longer. */
const longestNumber = 40;

function within(characters: string | null, longest: number): string | null {
  if ((characters?.length ?? 0) > longest) throw malformedGroup(11, 'text length');
  return characters;
}

/**
 * DG11, additional personal details (9303-10 §4.7.11). Every field is optional; one that is announced and empty is null.
 * Fails with `data-group.malformed`.
 */
export function parseDg11(file: Uint8Array): PersonalDetails {
  const node = decodeDataGroup(11, file);
  return withinGroup(11, () => {
    const fullName = within(textOf(node, 0x5f0e), longestName);
    return {
      fullName: fullName === null ? null : nameParts(fullName),
      otherNames: repeated(node, 0x5f0f).map(nameText),
      personalNumber: within(textOf(node, 0x5f10), longestNumber),
      birthDate: groupDate(node, 0x5f2b),
      placeOfBirth: partsText(textOf(node, 0x5f11)),
      address: partsText(textOf(node, 0x5f42)),
      telephone: textOf(node, 0x5f12),
      profession: partsText(textOf(node, 0x5f13)),
      title: partsText(textOf(node, 0x5f14)),
      summary: partsText(textOf(node, 0x5f15)),
    };
  });
}
