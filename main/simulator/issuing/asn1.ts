import {
  BaseBlock,
  BitString,
  Constructed,
  Integer,
  ObjectIdentifier,
  OctetString,
  PrintableString,
  Sequence,
  Set as SetOf,
  type ViewWriter,
} from 'asn1js';

/*
 * What the issuing side writes goes through asn1js and pkijs: another hand than the writer and the reader of main/document,
 * so that a misunderstanding of DER shared by both sides cannot hide (docs/specimens.md). Whoever imports this module loads
 * those packages, so the app reaches it by a dynamic import alone.
 */

const contextSpecific = 3;

/** The bytes of an object. */
export function encoded(block: Pick<BaseBlock, 'toBER'>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(block.toBER());
}

/** Bytes as asn1js wants them: of their own, for it keeps what it is given. */
export function buffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

export function sequence(...value: BaseBlock[]): Sequence {
  return new Sequence({ value });
}

export function setOf(...value: BaseBlock[]): SetOf {
  return new SetOf({ value });
}

/** An explicit tag of its context, such as `[0]`. */
export function explicit(tagNumber: number, ...value: BaseBlock[]): Constructed {
  return new Constructed({ idBlock: { tagClass: contextSpecific, tagNumber }, value });
}

export function integer(value: bigint | number): Integer {
  return Integer.fromBigInt(value);
}

export function objectIdentifier(value: string): ObjectIdentifier {
  return new ObjectIdentifier({ value });
}

export function octetString(bytes: Uint8Array): OctetString {
  return new OctetString({ valueHex: buffer(bytes) });
}

/** BIT STRING, its last `unusedBits` unused. */
export function bitString(bytes: Uint8Array, unusedBits = 0): BitString {
  return new BitString({ valueHex: buffer(bytes), unusedBits });
}

export function printableString(value: string): PrintableString {
  return new PrintableString({ value });
}

/** An object that is encoded already. RawData of asn1js would be lost inside another object: it passes over the writer. */
export class Raw extends BaseBlock {
  readonly #bytes: ArrayBuffer;

  constructor(bytes: Uint8Array) {
    super();
    this.#bytes = buffer(bytes);
  }

  override toBER(_sizeOnly?: boolean, writer?: ViewWriter): ArrayBuffer {
    if (writer === undefined) return this.#bytes;
    writer.write(this.#bytes);
    return new ArrayBuffer(0);
  }
}
