import { expect, test } from 'vitest';
import { isAnswerWhole, isOpen } from '../../../renderer/face/answer-view.ts';

test.each(['none', 'broken'] as const)('same is closed where the photo of the chip is %s', (state) => {
  expect(isOpen('same', state)).toBe(false);
  expect(isAnswerWhole('same', '', state)).toBe(false);
  expect(isOpen('unsure', state)).toBe(true);
  expect(isAnswerWhole('unsure', 'the photo of the chip cannot be shown', state)).toBe(true);
});

test('same is not given before the photo is shown', () => {
  // An Enter that comes while there is nothing to see yet would be lost: `tests/e2e/keyboard.test.ts` failed one time in fifteen.
  expect(isOpen('same', 'decoding')).toBe(false);
  expect(isAnswerWhole('same', '', 'decoding')).toBe(false);
  expect(isAnswerWhole('same', '', 'ready')).toBe(true);
});

test('the other answers need a reason', () => {
  expect(isAnswerWhole('unsure', ' ', 'ready')).toBe(false);
  expect(isAnswerWhole('not-same', 'another chin', 'ready')).toBe(true);
  expect(isAnswerWhole(null, 'another chin', 'ready')).toBe(false);
});
