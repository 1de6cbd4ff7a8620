import { decodeDataGroup, nameText, partsText, repeated, textOf, withinGroup } from './data-group.ts';
import { groupDate, groupTime } from './group-dates.ts';
import type { DocumentDetails } from './types.ts';

/**
 * DG12, additional document details (9303-10 §4.7.12). Every field is optional; one that is announced and empty is null.
 * Fails with `data-group.malformed`.
 */
export function parseDg12(file: Uint8Array): DocumentDetails {
  const node = decodeDataGroup(12, file);
  return withinGroup(12, () => ({
    issuingAuthority: partsText(textOf(node, 0x5f19)),
    issueDate: groupDate(node, 0x5f26),
    otherPersons: repeated(node, 0x5f1a).map(nameText),
    endorsements: partsText(textOf(node, 0x5f1b)),
    taxOrExit: partsText(textOf(node, 0x5f1c)),
    personalizationTime: groupTime(node, 0x5f55),
    personalizationDevice: textOf(node, 0x5f56),
  }));
}
