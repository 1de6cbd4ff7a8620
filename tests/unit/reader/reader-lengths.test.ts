import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLengths, shortLengths } from '../../../main/reader/reader-lengths.ts';
import { ScardError } from '../../../main/reader/scard.ts';

const features = Uint8Array.of(0x06, 4, 0x42, 0, 0x0d, 0x48, 0x12, 4, 0x42, 0x33, 0, 0x12);

/** A driver whose dwMaxAPDUDataSize is `size` (little-endian, PC/SC part 10, 2.6). */
function driver(size: number) {
  const properties = Uint8Array.of(0x0b, 2, 0x34, 0x12, 0x0a, 4, 0, 0, 0, 0);
  new DataView(properties.buffer).setUint32(6, size, true);
  return {
    control: (code: { readonly ioctl: number } | { readonly whole: number }) => {
      if ('ioctl' in code) return Promise.resolve(features);
      return code.whole === 0x42330012 ? Promise.resolve(properties) : Promise.reject(new ScardError(0x80100014));
    },
  };
}

test.each([0, 256, 65_537, 0xffffffff])('dwMaxAPDUDataSize %i means short APDUs', async (size) => {
  expect(await readLengths('Some reader', driver(size))).toEqual(shortLengths);
});

test('dwMaxAPDUDataSize 65 536 means the longest APDUs that there are', async () => {
  expect(await readLengths('Some reader', driver(0x10000))).toEqual({
    extendedLength: true,
    maxCommand: 65_544,
    maxResponse: 65_538,
  });
});

test('a size in between bounds the data both ways', async () => {
  expect(await readLengths('Some reader', driver(2048))).toEqual({
    extendedLength: true,
    maxCommand: 2057,
    maxResponse: 2050,
  });
});

test('what is known of a reader holds over what its driver says', async () => {
  expect(await readLengths('ACS ACR122U PICC Interface 00 00', driver(0x10000))).toMatchObject({ maxResponse: 257 });
  expect(await readLengths('ACS ACR1252 1S CL Reader PICC 0', driver(0x10000))).toEqual(shortLengths);
  expect(await readLengths('Virtual PCD 00 01', driver(0))).toMatchObject({ extendedLength: true });
});

test('any answer of a driver ends in limits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), async (first, then) => {
      const control = (code: { readonly ioctl: number } | { readonly whole: number }) =>
        Promise.resolve('ioctl' in code ? first : then);
      const limits = await readLengths('Some reader', { control });
      expect(limits.maxCommand).toBeGreaterThanOrEqual(261);
      expect(limits.maxCommand).toBeLessThanOrEqual(65_544);
      expect(limits.maxResponse).toBeLessThanOrEqual(65_538);
    }),
  );
});
