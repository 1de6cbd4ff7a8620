import { describe, expect, it } from 'vitest';
import type { Holder } from '../../../main/holders/holder.ts';
import { holderChecksFor, holderViewFor, type Viewer } from '../../../main/holders/holder-view.ts';
import { matchHolder } from '../../../main/holders/match.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { heldNumber, readDocument } from './support.ts';

const asa: Holder = {
  id: 'c1',
  personalNumber: '199006022397',
  givenNames: 'Åsa',
  surname: 'Öberg',
  birthDate: '1990-06-02' as PlainDate,
};
const hidden: Holder = { ...asa, protected: { since: null } };
const viewers: readonly Viewer[] = ['teller', 'supervisor', 'administrator', 'auditor', null];

// Offentlighets- och sekretesslagen 2009:400 22 kap. 1 §; folkbokföringslagen 1991:481 16 §.
describe('a protected identity', () => {
  it.each(viewers)('%s', (viewer) => {
    const shown = holderViewFor(viewer, hidden);
    const text = JSON.stringify(shown);
    expect(shown.id).toBe('c1');
    if (viewer === 'supervisor') {
      expect(shown).toEqual({ ...asa, protected: 'shown' });
    } else {
      expect(shown.protected).toBe('withheld');
      for (const secret of ['Åsa', 'Öberg', '199006022397', '1990']) expect(text).not.toContain(secret);
    }
    // Of everybody else all see the same.
    expect(holderViewFor(viewer, asa)).toEqual(asa);
  });

  it('is not told by the checks either, which keep their results and codes', () => {
    const document = readDocument(
      { givenNames: 'Bo', surname: 'Ek', birthDate: '1970-01-01' as PlainDate, optionalData: '197001012391' },
      '2026-11-23' as PlainDate,
    );
    const checks = matchHolder({ holder: hidden, ...document });
    expect(JSON.stringify(checks)).toContain('Öberg');
    const shown = holderChecksFor('teller', hidden, checks);
    for (const secret of ['Åsa', 'Öberg', '199006022397', '1990-06-02'])
      expect(JSON.stringify(shown)).not.toContain(secret);
    expect(shown.map(({ id, result, code }) => [id, result, code])).toEqual(
      checks.map(({ id, result, code }) => [id, result, code]),
    );
    expect(holderChecksFor('supervisor', hidden, checks)).toEqual(checks);
    expect(holderChecksFor('teller', asa, checks)).toEqual(checks);
  });

  it('a number of another state is shown after its code, one that was replaced is not', () => {
    const aino: Holder = {
      ...asa,
      personalNumber: null,
      numbers: [heldNumber('DNK', '0707614285', '2020-01-01' as PlainDate), heldNumber('FIN', '131052-308T')],
    };
    expect(holderViewFor('teller', aino).personalNumber).toBe('FIN 131052-308T');
  });
});
