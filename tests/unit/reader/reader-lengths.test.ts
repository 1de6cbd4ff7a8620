import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLengths, shortLengths, untoldLengths } from '../../../main/reader/reader-lengths.ts';
import { ScardError } from '../../../main/reader/scard.ts';
import { fakeCard } from './fake-scard.ts';

const features = Uint8Array.of(0x06, 4, 0x42, 0, 0x0d, 0x48, 0x12, 4, 0x42, 0x33, 0, 0x12);

/** A driver whose dwMaxAPDUDataSize is `size` (little-endian, PC/SC part 10, 2.6). */
function driver(size: number) {
  const properties = Uint8Array.of(0x0b, 2, 0x34, 0x12, 0x0a, 4, 0, 0, 0, 0);
  new DataView(properties.buffer).setUint32(6, size, true);
  return {
    attribute: () => Promise.resolve(new TextEncoder().encode('A maker\0')),
    control: (code: { readonly ioctl: number } | { readonly whole: number }) => {
      if ('ioctl' in code) return Promise.resolve(features);
      return code.whole === 0x42330012 ? Promise.resolve(properties) : Promise.reject(new ScardError(0x80100014));
    },
  };
}

// LudovicRousseau/CCID#27: the driver says 0 or 0x10000; OpenSC/OpenSC#306: short unless it says more.
test.each([0, 256, 65_537, 0xffffffff])('dwMaxAPDUDataSize %i means short APDUs', async (size) => {
  expect(await readLengths('Some reader', 'linux', driver(size))).toEqual(shortLengths);
});

test('dwMaxAPDUDataSize 65 536 means the longest APDUs that there are', async () => {
  expect(await readLengths('Some reader', 'linux', driver(0x10000))).toEqual({
    extendedLength: true,
    maxCommand: 65_544,
    maxResponse: 65_538,
  });
});

test('a reader that stops at 251 bytes of data is asked for no more (OpenSC/OpenSC#739)', async () => {
  expect(await readLengths('Some reader', 'linux', driver(251))).toEqual({ ...shortLengths, maxResponse: 253 });
});

test('a driver that says nothing: extended length is an assumption (OpenSC/OpenSC#735, #802)', async () => {
  const silent = fakeCard();
  expect(await readLengths('Some reader', 'linux', silent)).toEqual(untoldLengths);
});

test('the driver of macOS cuts long answers (LudovicRousseau/pyscard#225)', async () => {
  expect(await readLengths('Some reader', 'darwin', driver(0x10000))).toEqual(shortLengths);
});

test('a size in between bounds the data both ways', async () => {
  expect(await readLengths('Some reader', 'linux', driver(2048))).toEqual({
    extendedLength: true,
    maxCommand: 2057,
    maxResponse: 2050,
  });
});

test('what is known of a reader holds over what its driver says', async () => {
  expect(await readLengths('ACS ACR122U PICC Interface 00 00', 'linux', driver(0x10000))).toMatchObject({
    maxResponse: 257,
  });
  expect(await readLengths('ACS ACR1252 1S CL Reader PICC 0', 'linux', driver(0x10000))).toEqual(shortLengths);
  expect(await readLengths('Virtual PCD 00 01', 'linux', fakeCard())).toEqual({
    extendedLength: true,
    maxCommand: 65_535,
    maxResponse: 65_535,
  });
});

test('any answer of a driver ends in limits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), async (first, then) => {
      const control = (code: { readonly ioctl: number } | { readonly whole: number }) =>
        Promise.resolve('ioctl' in code ? first : then);
      const limits = await readLengths('Some reader', 'linux', {
        control,
        attribute: () => Promise.reject(new ScardError(0x8010001f)),
      });
      expect(limits.maxCommand).toBeGreaterThanOrEqual(261);
      expect(limits.maxCommand).toBeLessThanOrEqual(65_544);
      expect(limits.maxResponse).toBeLessThanOrEqual(65_538);
    }),
  );
});
