import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeTlv,
  decodeTlvs,
  encodeLength,
  encodeTlv,
  find,
  findAll,
  indefiniteLengthEnd,
  maximumDepth,
  readTlvHeader,
  type Tlv,
} from '../../../main/document/tlv.ts';
import { concat, fromHex, toHex } from '../../../main/result/bytes.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';

function nested(depth: number): Uint8Array {
  let bytes: Uint8Array = fromHex('0400');
  for (let index = 1; index < depth; index++) bytes = encodeTlv(0x30, bytes);
  return bytes;
}

describe('decoding', () => {
  it('reads tags of one, two and three bytes and lengths of all forms (X.690 §8.1)', () => {
    expect(decodeTlv(fromHex('04 02 0102'))).toMatchObject({ tag: 0x04, constructed: false });
    expect(decodeTlv(fromHex('5f1f 81 01 41')).tag).toBe(0x5f1f);
    expect(decodeTlv(fromHex('7f8201 00')).tag).toBe(0x7f8201);
    expect(decodeTlv(fromHex('ff818201 00')).tag).toBe(0xff818201);
    expect(toHex(decodeTlv(fromHex('04 84 00000002 0102')).value)).toBe('0102');
  });

  it('reads an indefinite length with objects of both kinds inside (X.690 §8.1.5)', () => {
    const bytes = fromHex('30 80  04 02 0000  30 80 02 01 05 00 00  00 00');
    const node = decodeTlv(bytes);
    expect(node.children.map((child) => child.tag)).toEqual([0x04, 0x30]);
    expect(toHex(find(node, 0x30, 0x02)?.value ?? new Uint8Array())).toBe('05');
    expect(node.raw).toEqual(bytes);
    expect(node.value).toEqual(bytes.subarray(2, -2));
    expect(indefiniteLengthEnd(concat(bytes, fromHex('ffff')))).toBe(bytes.length);
  });

  it('takes exactly one object unless told otherwise', () => {
    expect(failureCodeOf(() => decodeTlv(fromHex('040100 00')))).toBe('tlv.malformed');
    expect(toHex(decodeTlv(fromHex('040107 00'), { allowTrailing: true }).raw)).toBe('040107');
    expect(decodeTlvs(fromHex('040107 0500')).map((node) => node.tag)).toEqual([4, 5]);
    expect(decodeTlvs(new Uint8Array())).toEqual([]);
    expect(failureCodeOf(() => decodeTlv(new Uint8Array()))).toBe('tlv.malformed');
  });

  it('leaves opaque contents alone', () => {
    const bytes = encodeTlv(0x7f60, encodeTlv(0x7f2e, fromHex('46414300ff')));
    expect(failureCodeOf(() => decodeTlv(bytes))).toBe('tlv.malformed');
    const block = find(decodeTlv(bytes, { opaque: [0x7f2e] }), 0x7f2e);
    expect(block?.children).toEqual([]);
    expect(toHex(block?.value ?? new Uint8Array())).toBe('46414300ff');
  });

  it('finds children by tag', () => {
    const node = decodeTlv(fromHex('30 09  020101 020102 0401ff'));
    expect(findAll(node, 0x02).map((child) => child.value[0])).toEqual([1, 2]);
    expect(find(node, 0x02)?.value[0]).toBe(1);
    expect(find(node, 0x05)).toBeNull();
    expect(find(node)).toBe(node);
  });

  it.each([
    ['tag cut', '5f'],
    ['tag of five bytes', '7f8182838401 00'],
    ['empty first byte of a tag number', '7f8001 00'],
    ['tag 00', '00 00'],
    ['erased memory', 'ff ff ff ff ff ff'],
    ['length missing', '04'],
    ['length cut', '04 82 01'],
    ['length of five bytes', '04 85 0000000000'],
    ['reserved length', '04 ff'],
    ['contents cut', '04 03 0102'],
    ['child longer than its parent', '30 03 04 05 00'],
    ['indefinite length of a primitive', '04 80 0000'],
    ['end of contents missing', '30 80 04 00'],
    ['end of contents cut', '30 80 00'],
    ['end of contents with a length', '30 80 00 01 00'],
    ['end of contents inside a definite length', '30 02 00 00'],
    ['child of an indefinite length running out', '30 80 04 7f 00 00'],
  ])('refuses: %s', (_name, hex) => {
    expect(failureCodeOf(() => decodeTlv(fromHex(hex)))).toBe('tlv.malformed');
  });
});

describe('bounds', () => {
  it('nests as deep as allowed and no deeper', () => {
    expect(failureCodeOf(() => decodeTlv(nested(maximumDepth)))).toBe('none');
    expect(failureCodeOf(() => decodeTlv(nested(maximumDepth + 1)))).toBe('tlv.too-deep');
    expect(failureCodeOf(() => decodeTlv(nested(1000)))).toBe('tlv.too-deep');
  });

  it('ends a bomb of indefinite lengths by its depth', () => {
    const bomb = new Uint8Array(200_000).map((_, index) => (index % 2 === 0 ? 0x30 : 0x80));
    expect(failureCodeOf(() => decodeTlv(bomb))).toBe('tlv.too-deep');
    expect(failureCodeOf(() => indefiniteLengthEnd(bomb))).toBe('tlv.too-deep');
  });

  it('counts objects at all depths together', () => {
    const many = encodeTlv(
      0x30,
      new Uint8Array(40_000).map((_, index) => (index % 2 === 0 ? 0x05 : 0x00)),
    );
    expect(failureCodeOf(() => decodeTlv(many))).toBe('tlv.too-many');
    expect(decodeTlv(many, { maximumNodes: 20_001 }).children).toHaveLength(20_000);
    expect(failureCodeOf(() => decodeTlv(many, { maximumNodes: 20_000 }))).toBe('tlv.too-many');
    const open = concat(fromHex('3080'), many.subarray(4), fromHex('0000'));
    expect(failureCodeOf(() => indefiniteLengthEnd(open))).toBe('tlv.too-many');
  });

  it('reads each byte of a large file once: no copy of its contents is made', () => {
    const file = encodeTlv(0x75, encodeTlv(0x7f61, encodeTlv(0x5f2e, new Uint8Array(250_000))));
    const block = find(decodeTlv(file), 0x7f61, 0x5f2e);
    expect(block?.value.buffer).toBe(file.buffer);
  });
});

describe('the header of a file', () => {
  it('tells the length from the first bytes, or that more are needed', () => {
    expect(readTlvHeader(fromHex('7582 3ae7 7f61'))).toEqual({
      tag: 0x75,
      constructed: true,
      headerLength: 4,
      length: 0x3ae7,
    });
    expect(readTlvHeader(fromHex('3080'))).toMatchObject({ headerLength: 2, length: null });
    for (const cut of ['', '75', '7582', '75823a', '7f']) expect(readTlvHeader(fromHex(cut))).toBeNull();
    expect(readTlvHeader(fromHex('ff 5f1f 58'), 1)).toMatchObject({ tag: 0x5f1f, length: 0x58 });
  });

  it('finds the end of an indefinite length only when all of it is there', () => {
    const bytes = fromHex('30 80 04 02 0000 a0 80 04 01 00 00 00 30 00 00 00');
    for (let length = 0; length < bytes.length; length++) {
      expect(indefiniteLengthEnd(bytes.subarray(0, length))).toBeNull();
    }
    expect(indefiniteLengthEnd(bytes)).toBe(bytes.length);
  });
});

describe('encoding', () => {
  it('writes the shortest length (X.690 §10.1)', () => {
    expect([0, 127, 128, 255, 256, 65_536].map((length) => toHex(encodeLength(length)))).toEqual([
      '00',
      '7f',
      '8180',
      '81ff',
      '820100',
      '83010000',
    ]);
  });
});

const tags = fc.constantFrom(0x02, 0x04, 0x5c, 0x80, 0x5f1f, 0x5f2e, 0xdf8101);
const templates = fc.constantFrom(0x30, 0x61, 0xa0, 0x7f61, 0xbf8102);
const { tree } = fc.letrec<{ tree: Uint8Array }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 8 },
    fc.tuple(tags, fc.uint8Array({ maxLength: 300 })).map(([tag, value]) => encodeTlv(tag, value)),
    fc.tuple(templates, fc.array(tie('tree'), { maxLength: 4 })).map(([tag, parts]) => encodeTlv(tag, ...parts)),
    fc
      .tuple(templates, fc.array(tie('tree'), { maxLength: 4 }))
      .map(([tag, parts]) => concat(encodeTlv(tag).subarray(0, -1), fromHex('80'), ...parts, fromHex('0000'))),
  ),
}));

function check(node: Tlv): void {
  if (!node.constructed) {
    expect(node.children).toEqual([]);
    return;
  }
  expect(concat(...node.children.map((child) => child.raw))).toEqual(new Uint8Array(node.value));
  for (const child of node.children) check(child);
}

describe('properties', () => {
  it('an encoded tree decodes to itself, and its header tells its length', () => {
    fc.assert(
      fc.property(tree, (bytes) => {
        const node = decodeTlv(bytes);
        expect(node.raw).toEqual(bytes);
        check(node);
        const header = readTlvHeader(bytes);
        const length = header?.length ?? null;
        const end = length === null ? indefiniteLengthEnd(bytes) : (header?.headerLength ?? 0) + length;
        expect(end).toBe(bytes.length);
      }),
    );
  });

  it('a tree that is cut anywhere is malformed', () => {
    fc.assert(
      fc.property(tree, fc.nat(), (bytes, cut) => {
        expect(failureCodeOf(() => decodeTlv(bytes.subarray(0, cut % bytes.length)))).toBe('tlv.malformed');
      }),
    );
  });

  it('any bytes decode or end in a failure', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(['none', 'tlv.malformed', 'tlv.too-deep']).toContain(failureCodeOf(() => decodeTlvs(bytes)));
        expect(['none', 'tlv.malformed', 'tlv.too-deep']).toContain(failureCodeOf(() => indefiniteLengthEnd(bytes)));
      }),
      { numRuns: 2000 },
    );
  });
});

describeWithRealData('files of real chips', () => {
  it.each(['COM', 'DG1', 'DG2', 'DG3', 'DG4', 'DG5', 'DG7', 'DG11', 'DG12', 'DG14', 'DG15', 'SOD'])('EF.%s', (name) => {
    const file = realData(`lds/DE-specimen/EF_${name}.bin`);
    const header = readTlvHeader(file.subarray(0, 6));
    expect((header?.headerLength ?? 0) + (header?.length ?? 0)).toBe(file.length);
    check(decodeTlv(file));
  });
});
