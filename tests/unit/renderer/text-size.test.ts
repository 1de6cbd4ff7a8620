import { describe, expect, it } from 'vitest';
import { textSizes } from '../../../main/result/bounds.ts';
import { textSizeAfter } from '../../../renderer/parts/text-size.ts';

const press = (
  key: string,
  changes: { readonly altKey?: boolean; readonly ctrlKey?: boolean; readonly metaKey?: boolean } = {},
) => ({
  key,
  ctrlKey: true,
  metaKey: false,
  altKey: false,
  ...changes,
});

describe('the size of the text by keys (WCAG 2.2 1.4.4: to 200 per cent)', () => {
  it('grows, shrinks and returns, and goes no further than its ends', () => {
    expect(textSizeAfter(100, press('+'))).toBe(115);
    expect(textSizeAfter(100, press('='))).toBe(115);
    expect(textSizeAfter(115, press('-'))).toBe(100);
    expect(textSizeAfter(175, press('0'))).toBe(100);
    expect(textSizeAfter(200, press('+'))).toBe(200);
    expect(textSizeAfter(100, press('-'))).toBe(100);
    expect(textSizes.at(-1)).toBe(200);
  });

  it('by no other key', () => {
    expect(textSizeAfter(100, press('+', { ctrlKey: false }))).toBeNull();
    expect(textSizeAfter(100, press('+', { altKey: true }))).toBeNull();
    expect(textSizeAfter(100, press('c'))).toBeNull();
    expect(textSizeAfter(100, press('+', { ctrlKey: false, metaKey: true }))).toBe(115);
  });
});
