import { describe, expect, it } from 'vitest';
import { longest } from '../../../main/result/bounds.ts';
import {
  hearKey,
  isZoneLine,
  mayBeZone,
  noSwipe,
  type Swipe,
  swiped,
  swipeEndsAfterMillis,
} from '../../../renderer/desk/swipe.ts';

/* A scanner that types is told from a person by how fast its keys come, where no field has the focus. */

// 9303-4 Appendix B, 9303-6 Appendix B.
const td3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
const td2 = ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'];

interface Heard {
  readonly swipe: Swipe;
  /** Keys that reached the page's buttons. */
  readonly passed: readonly string[];
}

const heard = (keys: readonly string[], gap = 10, inField = false, most?: number): Heard => {
  let swipe = noSwipe;
  const passed: string[] = [];
  for (const [index, key] of keys.entries()) {
    const press = {
      key,
      at: 1000 + index * gap,
      altKey: false,
      ctrlKey: false,
      metaKey: false,
      inField,
      ...(most === undefined ? {} : { most }),
    };
    const next = hearKey(swipe, press);
    swipe = next.swipe;
    if (!next.swallow) passed.push(key);
  }
  return { swipe, passed };
};
const keysOf = (lines: readonly string[], end = 'Enter') => lines.flatMap((line) => [...line, end]);

describe('a swipe', () => {
  it.each([
    ['a passport, Enter after each line', keysOf(td3)],
    ['a card of two lines', keysOf(td2)],
    ['Tab between', keysOf(td3, 'Tab')],
    ['joined, nothing behind', [...td3.join('')]],
    ['with Shift between the letters', [...td3.join('')].flatMap((key) => ['Shift', key])],
  ])('%s', (_, keys) => {
    const text = swiped(heard(keys).swipe)?.replace(/\n/g, '') ?? '';
    expect([td3.join(''), td2.join('')]).toContain(text);
  });

  it('presses no button: the Enter behind a line is not the page’s', () => {
    expect(heard(keysOf(td3)).passed).not.toContain('Enter');
    expect(heard(keysOf(td3, 'Tab')).passed).not.toContain('Tab');
  });

  it('into a field leaves it its letters, and does not hand it in', () => {
    const { passed, swipe } = heard(keysOf(td3), 10, true);
    expect(passed.join('')).toBe(td3.join(''));
    expect(swiped(swipe)).not.toBeNull();
  });

  it('of ten thousand letters is as long as the longest', () => {
    const { swipe } = heard([...'A'.repeat(10_000)]);
    expect(swiped(swipe)).toHaveLength(longest.swipe);
  });

  // A signed order has about a thousand characters: a kiosk that kept four hundred of them took none.
  it('is kept whole where orders are scanned too, and no longer than an order may be', () => {
    const token = [...`${'e'.repeat(120)}.${'A9_-'.repeat(300)}.${'s'.repeat(86)}`];
    expect(swiped(heard([...token, 'Enter'], 10, false, longest.orderCode).swipe)).toBe(`${token.join('')}\n`);
    const { swipe } = heard([...'A'.repeat(longest.orderCode + 5)], 10, false, longest.orderCode);
    expect(swiped(swipe)).toHaveLength(longest.orderCode);
  });
});

describe('what is none', () => {
  it('keys of a person, however many', () => {
    expect(swiped(heard(keysOf(td3), swipeEndsAfterMillis + 1).swipe)).toBeNull();
  });

  it('an Enter that a person presses reaches the page', () => {
    expect(heard(['Enter']).passed).toEqual(['Enter']);
    expect(heard([...'Anna', 'Enter']).passed).toContain('Enter');
  });

  it('a sentence of a fast hand: its Enter is the field’s', () => {
    const keys = [...'the customer has another passport at home, and brings it tomorrow', 'Enter'];
    expect(heard(keys, 60, true).passed).toEqual(keys);
  });

  it('a short code', () => {
    expect(swiped(heard([...'4006381333931', 'Enter']).swipe)).toBeNull();
  });

  it('a key with Control', () => {
    const press = { key: 'c', at: 0, altKey: false, ctrlKey: true, metaKey: false, inField: false };
    expect(hearKey({ text: 'P<UTO', at: 0 }, press)).toEqual({ swipe: noSwipe, swallow: false });
  });
});

describe('a text in a field', () => {
  it('is a line of a zone, or a whole one, and no name or number', () => {
    expect(isZoneLine(td3[0] ?? '')).toBe(true);
    expect(isZoneLine('Anna Andersson von Sydow-Oxenstierna')).toBe(false);
    expect(isZoneLine('198203142392')).toBe(false);
    expect(mayBeZone(td3[0] ?? '')).toBe(false);
    expect(mayBeZone(td2.join('\n'))).toBe(true);
  });
});
