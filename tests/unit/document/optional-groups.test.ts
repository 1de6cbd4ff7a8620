import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDg7 } from '../../../main/document/dg7.ts';
import { parseDg13 } from '../../../main/document/dg13.ts';
import { parseDg16 } from '../../../main/document/dg16.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { fromHex } from '../../../main/result/bytes.ts';
import { failureOf } from '../../support/failure-code.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const jpeg = fromHex('ffd8ffe000104a464946');
const image = encodeTlv(0x5f43, jpeg);
const person = (tag: number, name = 'LIND<<ASA<MARIA') =>
  encodeTlv(
    tag,
    encodeTlv(0x5f50, utf8('20240131')),
    encodeTlv(0x5f51, utf8(name)),
    encodeTlv(0x5f52, utf8('+4660000001')),
    encodeTlv(0x5f53, utf8('STORGATAN 1<VISBY')),
  );
const count = (number: number) => encodeTlv(0x02, Uint8Array.of(number));

function expectMalformed(parse: () => unknown, dataGroup: number, reason: string): void {
  const failure = failureOf(parse);
  expect(failure?.code).toBe('data-group.malformed');
  expect(failure?.fields).toEqual({ dataGroup, reason });
}

describe('DG7 (9303-10 §4.7.7)', () => {
  it('holds one image or several', () => {
    expect(parseDg7(encodeTlv(0x67, count(1), image))).toEqual([{ format: 'jpeg', bytes: jpeg }]);
    expect(parseDg7(encodeTlv(0x67, count(2), image, image))).toHaveLength(2);
  });

  it.each([
    ['no image', encodeTlv(0x67, count(0)), 'number of images'],
    ['ten images', encodeTlv(0x67, count(10), ...Array.from({ length: 10 }, () => image)), 'number of images'],
    ['another number', encodeTlv(0x67, count(2), image), 'number of images'],
    ['no number', encodeTlv(0x67, image), 'number of images'],
    ['no picture', encodeTlv(0x67, count(1), encodeTlv(0x5f43, utf8('BM'))), 'image format'],
    ['another group', encodeTlv(0x65, count(1), image), 'tag'],
  ])('refuses: %s', (_name, file, reason) => expectMalformed(() => parseDg7(file), 7, reason));
});

describe('DG13 (9303-10 §4.7.13)', () => {
  it('is left as it is', () => {
    expect(parseDg13(fromHex('6d03ffffff'))).toEqual(fromHex('ffffff'));
  });

  it.each([
    ['nothing', fromHex('6d00'), 'empty'],
    ['another group', fromHex('6c00'), 'tag'],
  ])('refuses: %s', (_name, file, reason) => expectMalformed(() => parseDg13(file), 13, reason));
});

describe('DG16 (9303-10 §4.7.16)', () => {
  it('lists persons', () => {
    expect(parseDg16(encodeTlv(0x70, count(2), person(0xa1), person(0xa2, 'LIND')))).toEqual([
      {
        recorded: { printed: '20240131', date: '2024-01-31' },
        name: { surname: 'LIND', givenNames: 'ASA MARIA' },
        telephone: '+4660000001',
        address: 'STORGATAN 1, VISBY',
      },
      expect.objectContaining({ name: { surname: 'LIND', givenNames: '' } }),
    ]);
  });

  it.each([
    ['another number', encodeTlv(0x70, count(2), person(0xa1)), 'number of persons'],
    ['no number', encodeTlv(0x70, person(0xa1)), 'number of persons'],
    ['a template twice', encodeTlv(0x70, count(2), person(0xa1), person(0xa1)), 'template twice'],
    ['no name', encodeTlv(0x70, count(1), person(0xa1, '')), 'name missing'],
    ['another group', encodeTlv(0x6f, count(0)), 'tag'],
  ])('refuses: %s', (_name, file, reason) => expectMalformed(() => parseDg16(file), 16, reason));
});

it('any bytes are read or end in a named failure', () => {
  const parsers = [parseDg7, parseDg13, parseDg16];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(0x67, 0x6d, 0x70), (bytes, tag) => {
      for (const parse of parsers) {
        const failure = failureOf(() => parse(encodeTlv(tag, bytes)));
        expect([undefined, 'data-group.malformed']).toContain(failure?.code);
      }
    }),
  );
});
