import { dataGroupTags, malformedGroup, withinGroup } from './data-group.ts';
import { decodeTlv, find } from './tlv.ts';
import type { Com } from './types.ts';

function version(bytes: Uint8Array | undefined, pairs: number): string {
  const digits = String.fromCharCode(...(bytes?.subarray(0, 2 * pairs + 1) ?? []));
  const read = digits.length === 2 * pairs ? versionText(digits) : null;
  if (read === null) throw malformedGroup('COM', 'version');
  return read;
}

/** A version as EF.COM and EF.SOD write it, in pairs of digits: 0107 is 1.7, 040000 is 4.0.0 (9303-10 §4.6.1). Null for other text. */
export function versionText(digits: string): string | null {
  return /^(\d\d)+$/.test(digits) ? (digits.match(/\d\d/g) ?? []).map(Number).join('.') : null;
}

/**
 * EF.COM (9303-10 §4.6.1). Tags of no known data group are passed over: the file is unsigned, and what it announces is
 * shown and never relied on. Fails with `data-group.malformed`, `dataGroup` being `COM`.
 */
export function parseCom(file: Uint8Array): Com {
  return withinGroup('COM', () => {
    const node = decodeTlv(file);
    if (node.tag !== 0x60) throw malformedGroup('COM', 'tag');
    const tags = find(node, 0x5c);
    if (tags === null) throw malformedGroup('COM', 'tag list missing');
    return {
      ldsVersion: version(find(node, 0x5f01)?.value, 2),
      unicodeVersion: version(find(node, 0x5f36)?.value, 3),
      dataGroups: [...dataGroupTags].filter(([, tag]) => tags.value.includes(tag)).map(([number]) => number),
    };
  });
}
