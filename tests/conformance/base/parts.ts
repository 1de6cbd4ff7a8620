import { concat } from '../../../main/result/bytes.ts';

/** What a case does to the parts of a structure: another one in its place, or null where it is left out. */
export type Change<Part extends string> = Readonly<Partial<Record<Part, Uint8Array | null>>>;

/** The parts in their order, changed. */
export function assemble<Part extends string>(
  parts: Readonly<Record<Part, Uint8Array>>,
  change?: Change<Part>,
): Uint8Array {
  const names = Object.keys(parts) as Part[];
  return concat(
    ...names.map((name) => {
      const other = change?.[name];
      return other === undefined ? parts[name] : (other ?? new Uint8Array());
    }),
  );
}

/** The same object with a length that is off by so much; nothing else moves. */
export function withWrongLength(object: Uint8Array, difference: number, tagLength = 1): Uint8Array {
  const changed = object.slice();
  const first = changed[tagLength] ?? 0;
  const at = tagLength + (first < 0x80 ? 0 : first & 0x7f);
  const last = (changed[at] ?? 0) + difference;
  if (last < 0 || last > (first < 0x80 ? 0x7f : 0xff)) throw new RangeError('length would carry over');
  changed[at] = last;
  return changed;
}

/** The same object under another tag of one byte. */
export function withTag(object: Uint8Array, tag: number): Uint8Array {
  const changed = object.slice();
  changed[0] = tag;
  return changed;
}

/** The same bytes, the last bit of one of them flipped; -1 is the last byte. */
export function flipped(bytes: Uint8Array, index = -1): Uint8Array {
  const at = index < 0 ? bytes.length + index : index;
  return bytes.map((byte, position) => (position === at ? byte ^ 0x01 : byte));
}

export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
