import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import load from '@cornerstonejs/codec-openjpeg/decode';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDg2 } from '../../../main/document/dg2.ts';
import type { PortraitView } from '../../../preload/contract.ts';
import { imageLimits, isBearable } from '../../../renderer/face/image-limits.ts';
import { toPixels } from '../../../renderer/face/pixels.ts';
import { statedImage } from '../../../renderer/face/stated-image.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';

const portraits = resolve(import.meta.dirname, '../../../resources/specimens/portraits');
const drawn = (name: string) => new Uint8Array(readFileSync(resolve(portraits, name)));

const limits = imageLimits;
const jpeg = () => drawn('asa.jpg');
const codestream = () => {
  const file = drawn('goran.jp2');
  return file.slice(indexOf(file, 0xff, 0x4f, 0xff, 0x51));
};

function indexOf(bytes: Uint8Array, ...wanted: number[]): number {
  return bytes.findIndex((_, index) => wanted.every((byte, i) => bytes[index + i] === byte));
}

/** The image with one field of its header changed; nothing that these tests make is ever decoded. */
function changed(bytes: Uint8Array, at: number, ...to: number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(to, at);
  return copy;
}

function jpegWith(at: number, ...to: number[]): Uint8Array {
  const file = jpeg();
  return changed(file, indexOf(file, 0xff, 0xc0) + at, ...to);
}

const u32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

interface Coding {
  readonly levels?: number;
  readonly layers?: number;
  readonly codeBlock?: readonly [number, number];
  readonly precincts?: readonly number[];
}

/** A codestream of headers alone, as small as the hostile ones are: what it states is all that there is. */
function headers(
  siz: {
    readonly size?: readonly [number, number];
    readonly tile?: readonly [number, number];
    readonly depth?: number;
    readonly components?: number;
    readonly sampling?: number;
    readonly capabilities?: number;
  },
  { levels = 5, layers = 1, codeBlock = [4, 4], precincts }: Coding = {},
  inTile: Coding | null = null,
): Uint8Array {
  const { size = [413, 531], depth = 8, components = 3, sampling = 1, capabilities = 0 } = siz;
  const tile = siz.tile ?? size;
  const style = (coding: Coding) => {
    const stated = coding.precincts ?? [];
    const own = { levels, layers, codeBlock, ...coding };
    const body = [
      ...[stated.length > 0 ? 1 : 0, 0, own.layers >> 8, own.layers & 255, 1],
      ...[own.levels, ...own.codeBlock, 0, 1, ...stated],
    ];
    return [0xff, 0x52, 0, body.length + 2, ...body];
  };
  const main = [0xff, 0x4f, 0xff, 0x51, 0, 38 + 3 * components, capabilities >> 8, capabilities & 255];
  for (const value of [...size, 0, 0, ...tile, 0, 0]) main.push(...u32(value));
  main.push(0, components);
  for (let index = 0; index < components; index++) main.push(depth - 1, sampling, sampling);
  main.push(...style({ levels, layers, codeBlock, ...(precincts === undefined ? {} : { precincts }) }));
  const head = inTile === null ? [] : style(inTile);
  const part = [0xff, 0x90, 0, 10, 0, 0, ...u32(14 + head.length), 0, 1, ...head, 0xff, 0x93];
  return Uint8Array.from([...main, ...part, 0xff, 0xd9]);
}

const refused = (bytes: Uint8Array, format: PortraitView['format'] = 'jpeg2000-codestream') => {
  const stated = statedImage(bytes, format);
  return 'refused' in stated ? stated.refused : null;
};

describe('what an image states before anything is decoded', () => {
  it('is its size, for JPEG, for JPEG 2000 and for a codestream without its boxes', () => {
    expect(statedImage(jpeg(), 'jpeg')).toMatchObject({ width: 413, height: 531 });
    expect(statedImage(drawn('goran.jp2'), 'jpeg2000')).toMatchObject({ width: 413, height: 531 });
    expect(statedImage(codestream(), 'jpeg2000-codestream')).toMatchObject({ width: 413, height: 531 });
  });

  it('is bearable for every drawn portrait', () => {
    for (const name of readdirSync(portraits)) {
      expect(refused(drawn(name), name.endsWith('.jp2') ? 'jpeg2000' : 'jpeg'), name).toBeNull();
    }
  });

  it('is nothing where the format is not what it is said to be', () => {
    expect(refused(jpeg())).toBe('damaged');
    expect(refused(drawn('goran.jp2'), 'jpeg')).toBe('damaged');
  });

  it('is nothing for an image cut off in its header, and never an error', () => {
    for (const length of [0, 1, 2, 3, 20, 40]) {
      expect(refused(jpeg().subarray(0, length), 'jpeg')).toBe('damaged');
      expect(refused(drawn('goran.jp2').subarray(0, length), 'jpeg2000')).toBe('damaged');
    }
  });

  it('bears any bytes, and any change of a real header, and ends', () => {
    const formats = ['jpeg', 'jpeg2000', 'jpeg2000-codestream'] as const;
    const starts = { jpeg: jpeg(), jpeg2000: drawn('goran.jp2'), 'jpeg2000-codestream': codestream() };
    fc.assert(
      fc.property(
        fc.constantFrom(...formats),
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }),
        (format, noise, changes) => {
          const bytes = starts[format].slice();
          for (const [at, to] of changes) bytes[at] = to;
          for (const each of [noise, bytes]) {
            const stated = statedImage(each, format);
            expect('refused' in stated || isBearable(stated)).toBe(true);
          }
        },
      ),
    );
  });
});

describe('a JPEG (ISO/IEC 10918-1 Annex B)', () => {
  it('may have four million pixels and no more, nor more than 4096 a side', () => {
    expect(refused(jpegWith(5, 0x07, 0xd0, 0x07, 0xd0), 'jpeg')).toBeNull();
    expect(refused(jpegWith(5, 0x07, 0xd1, 0x07, 0xd0), 'jpeg')).toBe('size');
    expect(refused(jpegWith(5, 0x00, 0x08, 0x10, 0x00), 'jpeg')).toBeNull();
    expect(refused(jpegWith(5, 0x00, 0x08, 0x10, 0x01), 'jpeg')).toBe('size');
    expect(refused(jpegWith(5, 0, 0), 'jpeg')).toBe('size');
  });

  it.each([
    ['twelve bits a sample', jpegWith(4, 12), 'depth'],
    ['two components', jpegWith(9, 2), 'damaged'],
    ['five blocks of one component a unit', jpegWith(11, 0x51), 'subsampling'],
    ['more than ten blocks a unit (B.2.3)', jpegWith(11, 0x44), 'subsampling'],
    ['lossless coding', jpegWith(1, 0xc3), 'coding'],
    ['arithmetic coding', jpegWith(1, 0xc9), 'coding'],
  ])('is refused for %s', (_, bytes, reason) => {
    expect(refused(bytes, 'jpeg')).toBe(reason);
  });

  it('is refused for a second frame, a hierarchy, and lines that are stated later (B.2.5, B.3)', () => {
    for (const segment of [
      [0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0],
      [0xff, 0xde, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0],
      [0xff, 0xdc, 0, 4, 0, 9],
    ]) {
      const at = indexOf(jpeg(), 0xff, 0xda);
      const file = Uint8Array.from([...jpeg().subarray(0, at), ...segment, ...jpeg().subarray(at)]);
      expect(refused(file, 'jpeg')).toBe('coding');
    }
  });

  it('may have sixteen scans and no more', () => {
    const file = jpeg();
    const at = indexOf(file, 0xff, 0xda);
    const scan = [...file.subarray(at, at + 2 + 12), 0];
    const withScans = (count: number) =>
      Uint8Array.from([...file.subarray(0, at), ...Array.from({ length: count }, () => scan).flat(), 0xff, 0xd9]);
    expect(refused(withScans(limits.scans), 'jpeg')).toBeNull();
    expect(refused(withScans(limits.scans + 1), 'jpeg')).toBe('scans');
  });

  it('is read behind fill bytes and stray bytes as a decoder reads it (B.1.1.2), so that no frame is overlooked', () => {
    const file = jpegWith(5, 0xff, 0xff);
    const at = indexOf(file, 0xff, 0xc0);
    for (const filling of [
      [0xff, 0xff],
      [7, 7, 7],
      [0xff, 0x00],
    ]) {
      const filled = Uint8Array.from([...file.subarray(0, at), ...filling, ...file.subarray(at)]);
      expect(refused(filled, 'jpeg')).toBe('size');
    }
  });

  it('reaches the decoder without EXIF, profile and comment, and without what stands behind its end', () => {
    const secret = [0xde, 0xad, 0xbe, 0xef];
    const segments = [0xe1, 0xe2, 0xed, 0xfe].flatMap((code) => [0xff, code, 0, 6, ...secret]);
    const adobe = [0xff, 0xee, 0, 6, 1, 2, 3, 4];
    const file = Uint8Array.from([0xff, 0xd8, ...segments, ...adobe, ...jpeg().subarray(2), ...secret]);
    const stated = statedImage(file, 'jpeg');
    const image = 'image' in stated ? stated.image : new Uint8Array();
    expect(indexOf(image, ...secret)).toBe(-1);
    expect(indexOf(image, ...adobe)).toBeGreaterThan(0);
    expect([...image.subarray(-2)]).toEqual([0xff, 0xd9]);
    // The coded data itself is as it was.
    const scan = jpeg().subarray(indexOf(jpeg(), 0xff, 0xda), -2);
    expect([...image.subarray(indexOf(image, 0xff, 0xda), -2)]).toEqual([...scan]);
  });

  it('is kept where its end marker is missing: what was coded is there', () => {
    expect(refused(jpeg().subarray(0, -2), 'jpeg')).toBeNull();
  });
});

describe('a JPEG 2000 codestream (ISO/IEC 15444-1 Annex A)', () => {
  it('is understood as the tests write it', () => {
    expect(statedImage(headers({}), 'jpeg2000-codestream')).toMatchObject({ width: 413, height: 531 });
  });

  it.each([
    ['pixels', headers({ size: [2000, 2000] }), headers({ size: [2001, 2000] }), 'size'],
    ['a side', headers({ size: [4096, 8] }), headers({ size: [4097, 8] }), 'size'],
    ['components', headers({ components: 4 }), headers({ components: 5 }), 'components'],
    ['components that are no picture', headers({ components: 1 }), headers({ components: 2 }), 'components'],
    ['depth', headers({ depth: 8 }), headers({ depth: 9 }), 'depth'],
    ['sampling', headers({ sampling: 1 }), headers({ sampling: 2 }), 'subsampling'],
    ['tiles', headers({ size: [256, 256], tile: [16, 16] }), headers({ size: [257, 256], tile: [16, 16] }), 'tiles'],
    ['layers', headers({}, { layers: limits.layers }), headers({}, { layers: limits.layers + 1 }), 'layers'],
    ['levels', headers({}, { levels: limits.levels }), headers({}, { levels: limits.levels + 1 }), 'levels'],
    ['code-blocks', headers({}, { codeBlock: [2, 2] }), headers({}, { codeBlock: [1, 2] }), 'code-blocks'],
    ['whole code-blocks', headers({}, { codeBlock: [6, 2] }), headers({}, { codeBlock: [6, 3] }), 'code-blocks'],
    [
      'precincts',
      headers({ size: [512, 512], components: 1 }, { levels: 0, precincts: [0x22] }),
      headers({ size: [513, 512], components: 1 }, { levels: 0, precincts: [0x22] }),
      'precincts',
    ],
    [
      'packets',
      headers({ size: [512, 512], components: 1 }, { levels: 0, precincts: [0x22], layers: 8 }),
      headers({ size: [512, 512], components: 1 }, { levels: 0, precincts: [0x22], layers: 9 }),
      'precincts',
    ],
    [
      'precincts of one sample',
      headers({}, { levels: 1, precincts: [0x00, 0x88].map((sides) => sides || 0x77) }),
      headers({}, { levels: 1, precincts: [0x88, 0x00] }),
      'precincts',
    ],
    ['coding of this part of the standard', headers({}), headers({ capabilities: 0x4000 }), 'coding'],
  ])('is bounded in %s, just at and just past it', (_, at, past, reason) => {
    expect(refused(at)).toBeNull();
    expect(refused(past)).toBe(reason);
  });

  it('is bounded too where the header of a tile-part states it anew (A.6.1)', () => {
    expect(refused(headers({}, {}, { layers: limits.layers }))).toBeNull();
    expect(refused(headers({}, {}, { layers: limits.layers + 1 }))).toBe('layers');
    const precincts = Array.from({ length: 6 }, () => 0x11);
    expect(refused(headers({}, {}, { precincts }))).toBe('precincts');
  });

  it('ends where its structure ends: bytes behind it never reach the decoder', () => {
    const whole = codestream();
    const stated = statedImage(Uint8Array.from([...whole, ...drawn('goran.jp2')]), 'jpeg2000-codestream');
    expect('image' in stated && stated.image.length).toBe(whole.length);
  });

  it('is refused where a marker is not known or leads nowhere', () => {
    const file = headers({});
    const cod = indexOf(file, 0xff, 0x52);
    expect(refused(changed(file, cod + 1, 0x59))).toBe('damaged');
    expect(refused(changed(file, cod + 2, 0xff, 0xff))).toBe('damaged');
    const sot = indexOf(file, 0xff, 0x90);
    expect(refused(changed(file, sot + 5, 9))).toBe('tiles');
    expect(refused(changed(file, sot + 6, ...u32(3)))).toBe('damaged');
  });

  it('reaches the decoder without its boxes, and with a palette not at all (I.5.3.4)', () => {
    const file = drawn('goran.jp2');
    const stated = statedImage(file, 'jpeg2000');
    expect('image' in stated && [...stated.image.subarray(0, 4)]).toEqual([0xff, 0x4f, 0xff, 0x51]);
    const box = (type: string, ...content: number[]) => [
      ...u32(content.length + 8),
      ...[...type].map((letter) => letter.charCodeAt(0)),
      ...content,
    ];
    const signature = file.subarray(0, 12);
    const paletted = [...signature, ...box('jp2h', ...box('pclr', 0, 1, 3, 7, 7, 7)), ...box('jp2c', ...codestream())];
    expect(refused(Uint8Array.from(paletted), 'jpeg2000')).toBe('palette');
    const plain = [...signature, ...box('jp2h', ...box('colr', 1, 0, 0)), ...box('jp2c', ...codestream())];
    expect(refused(Uint8Array.from(plain), 'jpeg2000')).toBeNull();
    expect(refused(Uint8Array.from([...signature, ...u32(4), 0, 0, 0, 0, ...plain]), 'jpeg2000')).toBe('damaged');
  });
});

describeWithRealData('portraits as issuers and standards bodies make them', () => {
  it('are bearable: the ISO/IEC 19794-5 sample and the German specimen', () => {
    expect(refused(realData('lds/iso19794-5/ISO19794_Test1_Face.jpg'), 'jpeg')).toBeNull();
    const face = parseDg2(realData('lds/DE-specimen/EF_DG2.bin')).images[0];
    expect(face?.format).toMatch(/^jpeg2000/);
    expect(refused(face?.bytes ?? new Uint8Array(), face?.format ?? 'jpeg')).toBeNull();
  });
});

describe('pixels from decoded samples', () => {
  const frame = { width: 2, height: 1, componentCount: 3, bitsPerSample: 8, isSigned: false };

  it('are the samples with full cover', () => {
    expect([...(toPixels(frame, Uint8Array.of(1, 2, 3, 4, 5, 6)) ?? [])]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
  });

  it('are whole where the image has alpha: what it would hide of a face is shown', () => {
    const alpha = { ...frame, componentCount: 4 };
    expect([...(toPixels(alpha, Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 128)) ?? [])]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
    expect(toPixels(alpha, new Uint8Array(7))).toBeNull();
  });

  it('are grey where there is one component', () => {
    expect([...(toPixels({ ...frame, componentCount: 1 }, Uint8Array.of(7, 9)) ?? [])]).toEqual([
      7, 7, 7, 255, 9, 9, 9, 255,
    ]);
  });

  it.each([
    ['an empty frame, the decoder’s way to say that it could not', { ...frame, width: 0, height: 0 }],
    ['fewer samples than the frame needs', { ...frame, height: 9 }],
    ['other depths', { ...frame, bitsPerSample: 12 }],
    ['signed samples', { ...frame, isSigned: true }],
    ['two components', { ...frame, componentCount: 2 }],
  ])('are none for %s', (_, wrong) => {
    expect(toPixels(wrong, new Uint8Array(6))).toBeNull();
  });
});

describe('the decoder of JPEG 2000', () => {
  async function decoded(bytes: Uint8Array) {
    const silent = () => undefined;
    const { J2KDecoder } = await load({ print: silent, printErr: silent });
    const decoder = new J2KDecoder();
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    return toPixels(decoder.getFrameInfo(), decoder.getDecodedBuffer());
  }

  it('gives the pixels of a portrait', async () => {
    expect((await decoded(drawn('goran.jp2')))?.length).toBe(413 * 531 * 4);
  });

  it('does not throw on a damaged one, and its empty frame gives no pixels', async () => {
    expect(await decoded(drawn('goran.jp2').fill(7, 200))).toBeNull();
  });
});
