import { decodeDataGroup, nameParts, nameText, partsText, repeated, textOf } from './data-group.ts';
import { groupDate } from './group-dates.ts';
import type { PersonalDetails } from './types.ts';

/**
 * DG11, additional personal details (9303-10 §4.7.11). Every field is optional; one that is announced and empty is null.
 * Fails with `data-group.malformed`.
 */
export function parseDg11(file: Uint8Array): PersonalDetails {
  const node = decodeDataGroup(11, file);
  const fullName = textOf(node, 0x5f0e);
  return {
    fullName: fullName === null ? null : nameParts(fullName),
    otherNames: repeated(node, 0x5f0f).map(nameText),
    personalNumber: textOf(node, 0x5f10),
    birthDate: groupDate(node, 0x5f2b),
    placeOfBirth: partsText(textOf(node, 0x5f11)),
    address: partsText(textOf(node, 0x5f42)),
    telephone: textOf(node, 0x5f12),
    profession: partsText(textOf(node, 0x5f13)),
    title: partsText(textOf(node, 0x5f14)),
    summary: partsText(textOf(node, 0x5f15)),
  };
}
