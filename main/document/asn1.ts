import { Failure } from '../result/failure.ts';
import { decodeOid } from './der.ts';
import type { Tlv } from './tlv.ts';

/** Tags of the universal types that keys, certificates and CMS use (X.690 §8). */
export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The node itself, if it is there and has this tag. Fails with `tlv.malformed`. */
export function expectTag(node: Tlv | undefined, expected: number, reason: string): Tlv {
  if (node === undefined || node.tag !== expected) throw new Failure('tlv.malformed', { reason });
  return node;
}

/** The dotted form of an OBJECT IDENTIFIER. Fails with `tlv.malformed`. */
export function oidOf(node: Tlv | undefined): string {
  return decodeOid(expectTag(node, tag.oid, 'object identifier').value);
}

/** The bytes of a BIT STRING that is a whole number of bytes long (X.690 §8.6). Fails with `tlv.malformed`. */
export function bitStringBytes(node: Tlv | undefined): Uint8Array {
  const { value } = expectTag(node, tag.bitString, 'bit string');
  if (value[0] !== 0) throw new Failure('tlv.malformed', { reason: 'bit string' });
  return value.subarray(1);
}
