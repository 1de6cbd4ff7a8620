import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeInteger, decodeOid, encodeInteger, encodeOid, oidContents } from '../../../main/document/der.ts';
import { decodeTlv } from '../../../main/document/tlv.ts';
import { fromHex, toHex } from '../../../main/result/bytes.ts';

describe('object identifiers', () => {
  it.each([
    ['0.4.0.127.0.7.2.2.4.2.2', '060a04007f00070202040202'], // id-PACE-ECDH-GM-AES-CBC-CMAC-128, 9303-11 G.1
    ['2.23.136.1.1.1', '060667810801 0101'], // ldsSecurityObject, 9303-10 §4.6.2
    ['2.999.3', '0603883703'], // X.690 §8.19.5
  ])('%s', (oid, hex) => {
    expect(toHex(encodeOid(oid))).toBe(toHex(fromHex(hex)));
    expect(decodeOid(decodeTlv(fromHex(hex)).value)).toBe(oid);
  });

  it.each(['', '1', '3.1', '1.40', '1.02', '1.-2', 'a.b'])('refuses the text "%s"', (text) => {
    expect(() => encodeOid(text)).toThrow(RangeError);
  });

  it.each(['', '80', '2a80', '2a8001', '86', '2a'.repeat(65)])('refuses the contents %s', (hex) => {
    expect(() => decodeOid(fromHex(hex))).toThrow('tlv.malformed');
  });

  it('come back as they went in', () => {
    const arcs = fc.array(fc.bigInt(0n, 2n ** 64n), { maxLength: 5 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 39 }), arcs, (first, second, rest) => {
        const oid = [first, second, ...rest].join('.');
        expect(decodeOid(oidContents(oid))).toBe(oid);
      }),
    );
  });
});

describe('integers', () => {
  it.each([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [256, '02020100'],
    [-128, '020180'],
    [-129, '0202ff7f'],
  ])('%d in the fewest bytes (X.690 §8.3)', (value, hex) => {
    expect(toHex(encodeInteger(value))).toBe(hex);
  });

  it('come back as they went in', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 300n), 2n ** 300n), (value) => {
        expect(decodeInteger(decodeTlv(encodeInteger(value)).value)).toBe(value);
      }),
    );
  });

  it('have at least one byte', () => {
    expect(() => decodeInteger(new Uint8Array())).toThrow('tlv.malformed');
  });
});
