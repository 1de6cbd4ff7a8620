import type { FailureFields } from '../result/failure.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { decodeTlv, find, type Tlv, type TlvOptions } from './tlv.ts';

/** The outermost tag of each data group (9303-10 §4.7 Table 38); the same bytes stand for them in EF.COM. */
export const dataGroupTags: ReadonlyMap<number, number> = new Map([
  [1, 0x61],
  [2, 0x75],
  [3, 0x63],
  [4, 0x76],
  [5, 0x65],
  [6, 0x66],
  [7, 0x67],
  [8, 0x68],
  [9, 0x69],
  [10, 0x6a],
  [11, 0x6b],
  [12, 0x6c],
  [13, 0x6d],
  [14, 0x6e],
  [15, 0x6f],
  [16, 0x70],
]);

/** `data-group.malformed` for a group by its number, or for EF.COM. */
export function malformedGroup(dataGroup: number | 'COM', reason: string, cause?: unknown): Failure {
  return new Failure('data-group.malformed', { dataGroup, reason }, cause);
}

/** Runs a parser of a group; a failure of the layers below becomes `data-group.malformed` with that failure as its reason. */
export function withinGroup<T>(dataGroup: number | 'COM', parse: () => T): T {
  try {
    return parse();
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.code === 'internal.unexpected' || failure.code === 'data-group.malformed') throw thrown;
    const { reason, field }: FailureFields = failure.fields;
    const detail = [failure.code, reason, field].filter((part) => part !== undefined).join(', ');
    throw malformedGroup(dataGroup, detail, failure);
  }
}

/** The one object of a data group's file, its tag compared. Fails with `data-group.malformed`. */
export function decodeDataGroup(dataGroup: number, file: Uint8Array, options: TlvOptions = {}): Tlv {
  return withinGroup(dataGroup, () => {
    const node = decodeTlv(file, options);
    if (node.tag !== dataGroupTags.get(dataGroup)) throw malformedGroup(dataGroup, 'tag');
    return node;
  });
}

const utf8 = new TextDecoder('utf-8');

/**
 * The text of a primitive object, UTF-8; null where the object is missing or empty. Bytes that are not UTF-8 show as
 * U+FFFD: one badly encoded address must not hide the rest of the group.
 */
export function textOf(node: Tlv, tag: number): string | null {
  const found = find(node, tag);
  return found === null ? null : text(found.value);
}

/** The longest text of a field, in bytes of UTF-8. No standard bounds them; the longest ones met are addresses. */
const longestText = 4_096;
/** How often an element may be repeated in one group. */
const mostRepeated = 64;

/**
 * UTF-8 bytes as text without fillers and white space at the ends; null where nothing is left. Fails with `tlv.malformed`
 * where it is longer than any text of a document is.
 */
function text(bytes: Uint8Array): string | null {
  if (bytes.length > longestText) throw new Failure('tlv.malformed', { reason: 'text length' });
  const characters = utf8.decode(bytes);
  const isText = (character: string): boolean => !/[\s<\0]/.test(character);
  // By hand: a pattern for the end of a text begins anew at each of its characters.
  let [from, to] = [0, characters.length];
  while (from < to && !isText(characters.charAt(from))) from++;
  while (to > from && !isText(characters.charAt(to - 1))) to--;
  return from === to ? null : characters.slice(from, to);
}

/** Text whose parts are separated by fillers (9303-10 §4.7.11), such as place and state: joined with commas. */
export function partsText(characters: string | null): string | null {
  return characters === null ? null : characters.split(/<+/).join(', ');
}

/** The texts of objects with this tag, below the node itself or in its templates A0, A1, … of repeated elements. */
export function repeated(node: Tlv, tag: number): string[] {
  const places = [node, ...node.children.filter((child) => child.tag >= 0xa0 && child.tag <= 0xaf)];
  const found = places.flatMap((place) => place.children.filter((child) => child.tag === tag));
  if (found.length > mostRepeated) throw new Failure('tlv.malformed', { reason: 'elements repeated' });
  return found.map((child) => text(child.value)).filter((characters) => characters !== null);
}

/** A name with `<<` between its parts and `<` for spaces. Without `<<` it is one name (9303-3 §4.6). */
export function nameParts(characters: string): { readonly surname: string; readonly givenNames: string } {
  const [primary = '', ...secondary] = characters.split('<<');
  const spaced = (part: string) => part.replace(/<+/g, ' ').trim();
  return { surname: spaced(primary), givenNames: spaced(secondary.join('<')) };
}

/** A name as people write it: `surname, given names`. */
export function nameText(characters: string): string {
  const { surname, givenNames } = nameParts(characters);
  return givenNames === '' ? surname : `${surname}, ${givenNames}`;
}
