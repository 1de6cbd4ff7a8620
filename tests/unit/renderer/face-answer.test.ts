import { expect, test } from 'vitest';
import { isOpen, isWhole } from '../../../renderer/face/answer-view.ts';

test.each(['none', 'broken'] as const)('same is closed where the photo of the chip is %s', (state) => {
  expect(isOpen('same', state)).toBe(false);
  expect(isWhole('same', '', state)).toBe(false);
  expect(isOpen('unsure', state)).toBe(true);
  expect(isWhole('unsure', 'the photo of the chip cannot be shown', state)).toBe(true);
});

test('same is not given before the photo is shown', () => {
  expect(isOpen('same', 'decoding')).toBe(true);
  expect(isWhole('same', '', 'decoding')).toBe(false);
  expect(isWhole('same', '', 'ready')).toBe(true);
});

test('the other answers need a reason', () => {
  expect(isWhole('unsure', ' ', 'ready')).toBe(false);
  expect(isWhole('not-same', 'another chin', 'ready')).toBe(true);
  expect(isWhole(null, 'another chin', 'ready')).toBe(false);
});
