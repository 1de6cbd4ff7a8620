import { decodeDataGroup, malformedGroup, nameParts, partsText, textOf, withinGroup } from './data-group.ts';
import { decodeInteger } from './der.ts';
import { groupDate } from './group-dates.ts';
import { find, type Tlv } from './tlv.ts';
import type { PersonToNotify } from './types.ts';

const count = 0x02;
/** Ax with x from 1 on (9303-10 §4.7.16 table 80): no more than fifteen fit. */
const firstTemplate = 0xa1;
const lastTemplate = 0xaf;

/**
 * DG16, persons to notify (9303-10 §4.7.16): up to fifteen, their number in front. Each has a name; other fields that are
 * missing or empty are null. Fails with `data-group.malformed`.
 */
export function parseDg16(file: Uint8Array): readonly PersonToNotify[] {
  const node = decodeDataGroup(16, file);
  const templates = node.children.filter(({ tag }) => tag >= firstTemplate && tag <= lastTemplate);
  if (new Set(templates.map(({ tag }) => tag)).size !== templates.length) throw malformedGroup(16, 'template twice');
  const stated = find(node, count);
  if (stated === null || withinGroup(16, () => decodeInteger(stated.value)) !== BigInt(templates.length)) {
    throw malformedGroup(16, 'number of persons');
  }
  return withinGroup(16, () => templates.map(person));
}

function person(template: Tlv): PersonToNotify {
  const name = textOf(template, 0x5f51);
  if (name === null) throw malformedGroup(16, 'name missing');
  return {
    recorded: groupDate(template, 0x5f50),
    name: nameParts(name),
    telephone: textOf(template, 0x5f52),
    address: partsText(textOf(template, 0x5f53)),
  };
}
