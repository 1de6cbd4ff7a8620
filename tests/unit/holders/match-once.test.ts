import { describe, expect, it, vi } from 'vitest';
import type { Holder } from '../../../main/holders/holder.ts';
import { matchOnce } from '../../../main/holders/match-once.ts';
import { unsuccessful } from '../../../main/result/check.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';

const holder: Holder = { id: 'c1', personalNumber: null, givenNames: 'Åsa', surname: 'Öberg', birthDate: null };

describe('the matching of a holder', () => {
  it('is made once for an inspection, and again for another holder or inspection', () => {
    const match = vi.fn(() => [unsuccessful('holder.name', 'undetermined', 'document.not-read')]);
    const matching = matchOnce(() => '2026-11-23' as PlainDate, match);
    const inspection = { mrz: null, details: null };
    expect(matching(holder, inspection)).toBe(matching(holder, inspection));
    expect(match).toHaveBeenCalledTimes(1);
    matching(null, inspection);
    matching({ ...holder }, { mrz: null, details: null });
    expect(match).toHaveBeenCalledTimes(3);
  });
});
