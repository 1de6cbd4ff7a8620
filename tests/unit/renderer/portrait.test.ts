import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import load from '@cornerstonejs/codec-openjpeg/decode';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBearable, statedSize } from '../../../renderer/face/image-size.ts';
import { toPixels } from '../../../renderer/face/pixels.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';

const drawn = (name: string) =>
  new Uint8Array(readFileSync(resolve(import.meta.dirname, '../../../resources/specimens/portraits', name)));

describe('the size that an image states', () => {
  it('is read from JPEG and JPEG 2000 before anything is decoded', () => {
    expect(statedSize(drawn('asa.jpg'), 'jpeg')).toEqual({ width: 413, height: 531 });
    expect(statedSize(drawn('goran.jp2'), 'jpeg2000')).toEqual({ width: 413, height: 531 });
  });

  it('is read from a codestream without its boxes', () => {
    const file = drawn('goran.jp2');
    const at = file.findIndex((_, index) => [0xff, 0x4f, 0xff, 0x51].every((byte, i) => file[index + i] === byte));
    expect(statedSize(file.subarray(at), 'jpeg2000-codestream')).toEqual({ width: 413, height: 531 });
  });

  it('is none where the format is not what it is said to be', () => {
    expect(statedSize(drawn('asa.jpg'), 'jpeg2000-codestream')).toBeNull();
    expect(statedSize(drawn('goran.jp2'), 'jpeg')).toBeNull();
  });

  it('is none for an image cut off in its header, and never an error', () => {
    for (const length of [0, 1, 2, 3, 20, 40]) {
      expect(statedSize(drawn('asa.jpg').subarray(0, length), 'jpeg')).toBeNull();
      expect(statedSize(drawn('goran.jp2').subarray(0, length), 'jpeg2000')).toBeNull();
    }
  });

  it('bears any bytes and ends', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('jpeg', 'jpeg2000', 'jpeg2000-codestream' as const),
        (bytes, format) => {
          const size = statedSize(bytes, format);
          expect(size === null || Number.isFinite(size.width + size.height)).toBe(true);
        },
      ),
    );
  });

  it('is refused beyond 4096 pixels a side, and where it is nothing', () => {
    expect(isBearable({ width: 4096, height: 4096 })).toBe(true);
    expect(isBearable({ width: 4097, height: 1 })).toBe(false);
    expect(isBearable({ width: 0, height: 10 })).toBe(false);
    const huge = drawn('goran.jp2');
    const at = huge.findIndex((_, index) => [0xff, 0x4f, 0xff, 0x51].every((byte, i) => huge[index + i] === byte));
    new DataView(huge.buffer).setUint32(at + 8, 0xffffffff);
    const size = statedSize(huge, 'jpeg2000');
    expect(size === null || isBearable(size)).toBe(false);
  });
});

describeWithRealData('the portrait of the ISO/IEC 19794-5 sample', () => {
  it('states its size', () => {
    const size = statedSize(realData('lds/iso19794-5/ISO19794_Test1_Face.jpg'), 'jpeg');
    expect(size !== null && isBearable(size)).toBe(true);
  });
});

describe('pixels from decoded samples', () => {
  const frame = { width: 2, height: 1, componentCount: 3, bitsPerSample: 8, isSigned: false };

  it('are the samples with full cover', () => {
    expect([...(toPixels(frame, Uint8Array.of(1, 2, 3, 4, 5, 6)) ?? [])]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
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
