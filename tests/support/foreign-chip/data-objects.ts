/** Bytes of several pieces in a row. */
export function join(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

/** A BER-TLV data object (ISO/IEC 7816-4 §5.2.2): tag of one or two bytes, length of up to 65 535. */
export function dataObject(tag: number, ...pieces: readonly Uint8Array[]): Uint8Array {
  const value = join(...pieces);
  const length =
    value.length < 0x80
      ? [value.length]
      : value.length < 0x100
        ? [0x81, value.length]
        : [0x82, value.length >> 8, value.length & 0xff];
  return join(Uint8Array.from([...(tag > 0xff ? [tag >> 8] : []), tag & 0xff, ...length]), value);
}

/** One object of a data field: its value, and the object as it came, which is what a MAC is made over. */
export interface ReadObject {
  readonly tag: number;
  readonly value: Uint8Array;
  readonly whole: Uint8Array;
}

/** The objects of a data field in their order, tags of one byte alone; null where the field is no row of whole objects. */
export function dataObjects(field: Uint8Array): readonly ReadObject[] | null {
  const read: ReadObject[] = [];
  let at = 0;
  while (at < field.length) {
    const tag = field[at] ?? 0;
    const first = field[at + 1];
    if (first === undefined || first > 0x82 || first === 0x80) return null;
    const lengthBytes = first < 0x80 ? 0 : first - 0x80;
    const valueAt = at + 2 + lengthBytes;
    const length =
      lengthBytes === 0 ? first : Number.parseInt(Buffer.from(field.slice(at + 2, valueAt)).toString('hex'), 16);
    if (!(valueAt + length <= field.length)) return null;
    read.push({ tag, value: field.slice(valueAt, valueAt + length), whole: field.slice(at, valueAt + length) });
    at = valueAt + length;
  }
  return read;
}
