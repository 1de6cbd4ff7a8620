import { describe, expect, test } from 'vitest';
import { isVirtualCamera } from '../../../main/result/virtual-camera.ts';
import type { GreyImage } from '../../../renderer/mrz-camera/grey-image.ts';
import { pagePicture, sizes } from '../../support/mrz-pictures/page-picture.ts';
import { PictureRandom } from '../../support/mrz-pictures/picture-random.ts';
import { readPicture } from '../../support/mrz-pictures/read-picture.ts';

const filled = (width: number, height: number, value: (at: number) => number): GreyImage => ({
  width,
  height,
  luma: Uint8Array.from({ length: width * height }, (_, at) => value(at)),
});

const [webcam] = sizes;

describe('what is no picture of a page', () => {
  test.each([
    ['no size', { width: 0, height: 0, luma: new Uint8Array(0) }],
    ['a negative size', { width: -640, height: -480, luma: new Uint8Array(640 * 480) }],
    ['part of a point', { width: 640.5, height: 480, luma: new Uint8Array(307_440) }],
    ['no number', { width: Number.NaN, height: 480, luma: new Uint8Array(0) }],
    ['fewer points than it says', { width: 640, height: 480, luma: new Uint8Array(640) }],
    ['more points than it says', { width: 640, height: 480, luma: new Uint8Array(640 * 481) }],
    ['one point', filled(1, 1, () => 0)],
    ['a strip', filled(4_000, 20, () => 200)],
    ['too wide', { width: 5_000, height: 200, luma: new Uint8Array(1_000_000) }],
    ['too many points', { width: 4_000, height: 4_000, luma: new Uint8Array(16_000_000) }],
  ])('%s is not looked at', (_, image) => {
    expect(readPicture(image)).toEqual({ state: 'unusable' });
  });

  test.each([
    ['black', filled(640, 480, () => 0)],
    ['white', filled(640, 480, () => 255)],
    ['stripes', filled(640, 480, (at) => ((at % 640) % 12 < 5 ? 30 : 220))],
    ['a chessboard', filled(640, 480, (at) => ((((at % 640) >> 3) + ((at / 640) >> 3)) & 1 ? 30 : 220))],
  ])('%s shows no lines', (_, image) => {
    expect(readPicture(image)).toEqual({ state: 'nothing' });
  });

  test.each([1, 2, 3])('noise of the whole range shows no lines (seed %i)', (seed) => {
    const random = new PictureRandom(seed);
    expect(readPicture(filled(640, 480, () => random.below(256)))).toEqual({ state: 'nothing' });
  });
});

describe('print that is no zone is never given as one', () => {
  const text = (seed: number, letters: string, width: number) => {
    const random = new PictureRandom(seed);
    return [random.text(letters, width), random.text(letters, width)];
  };

  test.each([11, 12, 13, 14])('two lines of any letters: their check digits do not fit (seed %i)', (seed) => {
    const lines = text(seed, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 44);
    expect(readPicture(pagePicture(lines, 'plain', webcam, seed)).state).not.toBe('read');
  });

  test.each([21, 22])('lines of a length that no format has (seed %i)', (seed) => {
    const lines = text(seed, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ<', 40);
    expect(readPicture(pagePicture(lines, 'plain', webcam, seed)).state).not.toBe('read');
  });

  test('nothing but fillers', () => {
    const lines = ['<'.repeat(44), '<'.repeat(44)];
    expect(readPicture(pagePicture(lines, 'plain', webcam, 31)).state).not.toBe('read');
  });

  test('one line of two', () => {
    const lines = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<'];
    expect(readPicture(pagePicture(lines, 'plain', webcam, 32)).state).not.toBe('read');
  });
});

test.each([
  ['OBS Virtual Camera', true],
  ['ManyCam Video Source', true],
  ['Dummy video device (0x0000)', true],
  ['Integrated Camera (04f2:b6d9)', false],
  ['Logitech C920', false],
])("the name %s is a program's: %s", (label, virtual) => {
  expect(isVirtualCamera(label)).toBe(virtual);
});
