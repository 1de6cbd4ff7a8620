import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDg2 } from '../../../main/document/dg2.ts';
import { lengthDeviation, parseFace19794 } from '../../../main/document/face-19794.ts';
import { parseFace39794 } from '../../../main/document/face-39794.ts';
import { faceImageFormat } from '../../../main/document/face-image-format.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat, equal, fromHex } from '../../../main/result/bytes.ts';
import { failureCodeOf, failureOf } from '../../support/failure-code.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';

const jpeg = fromHex('ffd8ffe0 00104a464946');
const jp2 = fromHex('0000000c 6a502020 0d0a870a');
const codestream = fromHex('ff4fff51 002f');

function number(value: number, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, index) => (value >>> (8 * (bytes - 1 - index))) & 0xff);
}

interface Face {
  readonly image: Uint8Array;
  readonly type?: number;
  readonly featurePoints?: number;
}

/** One face of ISO/IEC 19794-5:2005 §5.5 to §5.7, 320 by 400 pixels. */
function face({ image, type = 0, featurePoints = 0 }: Face): Uint8Array {
  const points = new Uint8Array(featurePoints * 8).fill(0xff);
  const information = concat(fromHex('01'), number(type, 1), number(320, 2), number(400, 2), new Uint8Array(6));
  const length = 20 + points.length + information.length + image.length;
  return concat(number(length, 4), number(featurePoints, 2), new Uint8Array(14), points, information, image);
}

function record(...faces: readonly Uint8Array[]): Uint8Array {
  const length = 14 + faces.reduce((sum, part) => sum + part.length, 0);
  return concat(fromHex('46414300 30313000'), number(length, 4), number(faces.length, 2), ...faces);
}

function group(tag: number, ...blocks: readonly Uint8Array[]): Uint8Array {
  const header = encodeTlv(0xa1, fromHex('810102 870201018802 0008'));
  const templates = blocks.map((block) => encodeTlv(0x7f60, header, encodeTlv(tag, block)));
  return encodeTlv(0x75, encodeTlv(0x7f61, encodeTlv(0x02, Uint8Array.of(blocks.length)), ...templates));
}

describe('images by their beginning', () => {
  it.each([
    ['jpeg', jpeg],
    ['jpeg2000', jp2],
    ['jpeg2000-codestream', codestream],
    [null, fromHex('89504e470d0a1a0a')],
    [null, fromHex('ffd8')],
    [null, new Uint8Array()],
  ])('%s', (format, bytes) => {
    expect(faceImageFormat(bytes)).toBe(format);
  });
});

describe('a face record (ISO/IEC 19794-5)', () => {
  it('counts the feature points to find the image', () => {
    for (const featurePoints of [0, 1, 37]) {
      const [found] = parseFace19794(record(face({ image: jpeg, featurePoints })));
      expect(found).toEqual({ format: 'jpeg', statedFormat: 'jpeg', bytes: jpeg, width: 320, height: 400 });
    }
  });

  it('tells the image by its content, and what the record said', () => {
    const images = parseFace19794(
      record(face({ image: jp2 }), face({ image: codestream, type: 1 }), face({ image: jpeg, type: 7 })),
    );
    expect(images.map(({ format, statedFormat }) => [format, statedFormat])).toEqual([
      ['jpeg2000', 'jpeg'],
      ['jpeg2000-codestream', 'jpeg2000'],
      ['jpeg', null],
    ]);
  });

  const good = record(face({ image: jpeg, featurePoints: 2 }));

  it.each([
    ['no face', 'face.no-image', record()],
    ['no image', 'face.no-image', record(face({ image: new Uint8Array() }))],
    ['an image of another kind', 'face.unknown-format', record(face({ image: fromHex('89504e47') }))],
    ['another version', 'face.unknown-format', good.with(5, 0x33)],
    ['no record', 'face.malformed', good.with(0, 0)],
    ['a record longer than its block', 'face.malformed', good.with(11, 0xff)],
    ['a record shorter than its header', 'face.malformed', good.with(11, 13)],
    ['more faces than there are', 'face.malformed', good.with(13, 2)],
    ['more feature points than there is room', 'face.malformed', good.with(18, 0xff)],
    ['a face longer than its record', 'face.malformed', good.with(17, 0xff)],
    ['a face of no length', 'face.malformed', good.with(17, 0)],
  ])('refuses: %s', (_name, code, bytes) => {
    expect(failureCodeOf(() => parseFace19794(bytes))).toBe(code);
  });

  // New Zealand (gmrtd commit b5aed6a): the header says 8 bytes less than the record has, the face says all of it.
  it('reads a record whose header says less than its faces fill, and says so', () => {
    const short = good.with(11, (good[11] ?? 0) - 8);
    expect(parseFace19794(short)).toEqual(parseFace19794(good));
    expect(lengthDeviation(good)).toBeNull();
    expect(lengthDeviation(short)).toBe('record length');
  });

  it('leaves out what stands behind the record in its block', () => {
    const longer = concat(good, new Uint8Array(8));
    expect(parseFace19794(longer)).toEqual(parseFace19794(good));
    expect(lengthDeviation(longer)).toBeNull();
  });

  it('refuses a face that goes beyond the header without filling the block', () => {
    const neither = concat(good.with(11, (good[11] ?? 0) - 8), new Uint8Array(3));
    expect(failureCodeOf(() => parseFace19794(neither))).toBe('face.malformed');
    expect(lengthDeviation(neither)).toBe('face length');
  });

  it('ends a record of very many faces where its bytes end', () => {
    expect(failureCodeOf(() => parseFace19794(concat(good.subarray(0, 12), fromHex('ffff'), good.subarray(14))))).toBe(
      'face.malformed',
    );
  });
});

/** A record of ISO/IEC 39794-5 with one representation per image: width 320, height 400, stated as JPEG. */
function modernRecord(...images: readonly Uint8Array[]): Uint8Array {
  const information = encodeTlv(
    0xa1,
    encodeTlv(0xa0, fromHex('800102')),
    encodeTlv(0xa7, encodeTlv(0x80, number(320, 2)), encodeTlv(0x81, number(400, 2))),
  );
  const representations = images.map((image) => {
    const flat = encodeTlv(0xa0, encodeTlv(0x80, image), information);
    return encodeTlv(0x30, fromHex('800100'), encodeTlv(0xa1, encodeTlv(0xa0, flat)));
  });
  const version = fromHex('a007 800103 810207e3');
  return encodeTlv(0xa1, encodeTlv(0x65, version, encodeTlv(0xa1, ...representations)));
}

describe('a face record (ISO/IEC 39794-5)', () => {
  it('finds the images and what is said of them', () => {
    expect(parseFace39794(modernRecord(jpeg, codestream))).toEqual([
      { format: 'jpeg', statedFormat: 'jpeg', bytes: jpeg, width: 320, height: 400 },
      { format: 'jpeg2000-codestream', statedFormat: 'jpeg', bytes: codestream, width: 320, height: 400 },
    ]);
  });

  it.each([
    ['fingers', 'face.unknown-format', fromHex('a102 6400')],
    ['no representations', 'face.malformed', fromHex('a102 6500')],
    ['a shape', 'face.unknown-format', fromHex('a10c 650a a108 3006 a104 a002 a100')],
    ['no image', 'face.no-image', fromHex('a10c 650a a108 3006 a104 a002 a000')],
    ['an empty image', 'face.no-image', modernRecord(new Uint8Array())],
    ['an image of another kind', 'face.unknown-format', modernRecord(fromHex('89504e47'))],
    ['nonsense', 'face.malformed', fromHex('a1 02 65 01')],
  ])('refuses: %s', (_name, code, block) => {
    expect(failureCodeOf(() => parseFace39794(block))).toBe(code);
  });

  it('cut at any byte is malformed', () => {
    const whole = modernRecord(jpeg);
    for (let length = 0; length < whole.length; length++) {
      expect(failureCodeOf(() => parseFace39794(whole.subarray(0, length)))).toBe('face.malformed');
    }
  });
});

describe('DG2 (9303-10 §4.7.2)', () => {
  it.each([0x5f2e, 0x7f2e])('finds the record in %d', (tag) => {
    const { standard, images } = parseDg2(group(tag, record(face({ image: jpeg }))));
    expect(standard).toBe('ISO/IEC 19794-5');
    expect(images.map((image) => image.format)).toEqual(['jpeg']);
  });

  it('reads several templates in their order', () => {
    const { images } = parseDg2(group(0x5f2e, record(face({ image: jpeg })), record(face({ image: jp2, type: 1 }))));
    expect(images.map((image) => image.format)).toEqual(['jpeg', 'jpeg2000']);
  });

  it.each([
    ['no template', 'face.no-image', group(0x5f2e)],
    ['no group', 'data-group.malformed', encodeTlv(0x75)],
    ['no block', 'data-group.malformed', encodeTlv(0x75, encodeTlv(0x7f61, encodeTlv(0x7f60)))],
    ['another data group', 'data-group.malformed', encodeTlv(0x63, encodeTlv(0x7f61))],
    ['a record without representations', 'face.no-image', group(0x7f2e, modernRecord())],
    ['two standards', 'data-group.malformed', group(0x7f2e, record(face({ image: jpeg })), modernRecord(jpeg))],
    ['a block of an unknown kind', 'face.unknown-format', group(0x5f2e, fromHex('46495200'))],
    ['an empty block', 'face.unknown-format', group(0x5f2e, new Uint8Array())],
  ])('refuses: %s', (_name, code, file) => {
    expect(failureCodeOf(() => parseDg2(file))).toBe(code);
  });

  const file = group(0x5f2e, record(face({ image: jpeg, featurePoints: 3 }), face({ image: jp2, type: 1 })));
  const codes = ['data-group.malformed', 'face.malformed', 'face.no-image', 'face.unknown-format'];

  it('cut at any byte is malformed', () => {
    for (let length = 0; length < file.length; length++) {
      expect(failureCodeOf(() => parseDg2(file.subarray(0, length)))).toBe('data-group.malformed');
    }
  });

  it('a record cut at any byte inside whole objects ends in a failure', () => {
    const whole = record(face({ image: jpeg, featurePoints: 3 }), face({ image: jp2, type: 1 }));
    for (let length = 0; length < whole.length; length++) {
      expect(codes).toContain(failureCodeOf(() => parseDg2(group(0x5f2e, whole.subarray(0, length)))));
    }
  });

  it('with any byte changed is read or ends in a failure', () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), (place, byte) => {
        expect(['none', ...codes]).toContain(failureCodeOf(() => parseDg2(file.with(place, byte))));
      }),
      { numRuns: 1000 },
    );
  });
});

describeWithRealData('real face records', () => {
  it('DG2 of the German specimen holds JPEG 2000', () => {
    const file = realData('lds/DE-specimen/EF_DG2.bin');
    const { standard, images } = parseDg2(file);
    expect(standard).toBe('ISO/IEC 19794-5');
    expect(images).toHaveLength(1);
    expect(images[0]).toMatchObject({ format: 'jpeg2000', statedFormat: 'jpeg2000', width: 337, height: 449 });
    expect(images[0]?.bytes).toEqual(file.subarray(file.length - 14_999));
  });

  it('DG2 of the German specimen cut at any byte ends in a named failure', () => {
    const file = realData('lds/DE-specimen/EF_DG2.bin');
    for (let length = 0; length < file.length; length++) {
      expect(failureOf(() => parseDg2(file.subarray(0, length)))?.code).toBe('data-group.malformed');
    }
  });

  it('DG2 with ISO/IEC 39794-5 holds the face that was published beside it', () => {
    const { standard, images } = parseDg2(realData('lds/iso39794-5/ICAO_39794_5_AP_DG2_AllFields.dat'));
    expect(standard).toBe('ISO/IEC 39794-5');
    expect(images).toHaveLength(1);
    expect(images[0]).toMatchObject({ format: 'jpeg2000', statedFormat: 'jpeg2000', width: 572, height: 731 });
    const published = realData('lds/iso39794-5/ICAO_39794_5_AP_Face.jpg');
    expect(equal(images[0]?.bytes ?? new Uint8Array(), published)).toBe(true);
  });

  it.each(['AllFields', 'MandFields'])('the record of ISO/IEC 39794-5 with %s holds it too', (name) => {
    const [image] = parseFace39794(realData(`lds/iso39794-5/ICAO_39794_5_AP_${name}.dat`));
    const published = realData('lds/iso39794-5/ICAO_39794_5_AP_Face.jpg');
    expect(equal(image?.bytes ?? new Uint8Array(), published)).toBe(true);
  });

  it('the record of ISO/IEC 39794-5 with a broken image is refused by the content of the image', () => {
    const block = realData('lds/iso39794-5/ICAO_39794_5_AP_MandFields_InvalidImage.dat');
    expect(failureOf(() => parseFace39794(block))).toMatchObject({
      code: 'face.unknown-format',
      fields: { part: 'image' },
    });
  });

  it('the record of ISO/IEC 19794-5 holds the face that was published beside it', () => {
    const [image] = parseFace19794(realData('lds/iso19794-5/ISO19794_Test1_Data.bin'));
    expect(image).toMatchObject({ format: 'jpeg', width: 0x94, height: 0x46 });
    const published = realData('lds/iso19794-5/ISO19794_Test1_Face.jpg');
    expect(equal(image?.bytes ?? new Uint8Array(), published)).toBe(true);
  });
});
