import type { PlainDate } from '../result/plain-date.ts';
import { decodeDataGroup, malformedGroup, withinGroup } from './data-group.ts';
import { parseMrz } from './mrz.ts';
import { encodeTlv, find } from './tlv.ts';
import type { Mrz } from './types.ts';

/**
 * DG1 (9303-10 §4.7.1): the machine readable zone in the chip, two-digit years read as seen on the day `at`.
 * Fails with `data-group.malformed`.
 */
export function parseDg1(file: Uint8Array, at: PlainDate): Mrz {
  const node = decodeDataGroup(1, file);
  const zone = find(node, 0x5f1f);
  if (zone === null) throw malformedGroup(1, 'zone missing');
  if (zone.value.length > 90) throw malformedGroup(1, 'length');
  return withinGroup(1, () => parseMrz(String.fromCharCode(...zone.value), at));
}

/** DG1 around the characters of a zone, its lines joined (9303-10 §4.7.1). */
export function encodeDg1(zone: string): Uint8Array {
  return encodeTlv(0x61, encodeTlv(0x5f1f, new TextEncoder().encode(zone)));
}
