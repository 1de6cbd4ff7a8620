import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PluggedOutputs, TouchPace } from '../../../renderer/kiosk/paces.ts';

describe('a wet hand', () => {
  it('of a hundred touches a second is told twice a second, the first at once', () => {
    const pace = new TouchPace();
    const told = Array.from({ length: 1_000 }, (_, at) => 10 * at).filter((at) => pace.tells(at));
    expect(told).toEqual(Array.from({ length: 20 }, (_, at) => 500 * at));
  });

  it('whatever the moments of its touches are, is never told sooner than half a second after', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { maxLength: 400 }), (moments) => {
        const pace = new TouchPace();
        const told = moments.toSorted((one, other) => one - other).filter((at) => pace.tells(at));
        for (const [index, at] of told.entries())
          if (index > 0) expect(at - (told[index - 1] ?? 0)).toBeGreaterThanOrEqual(500);
        // Nobody who touches goes unheard.
        expect(told.length > 0).toBe(moments.length > 0);
      }),
    );
  });
});

describe('a headset', () => {
  it('begins the speech where it is plugged in, and neither where it was there before nor where it is pulled', () => {
    const outputs = new PluggedOutputs();
    expect([2, 2, 1, 1, 2, 1, 0, 1].map((count) => outputs.isPlugged(count))).toEqual([
      false,
      false,
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
  });
});
