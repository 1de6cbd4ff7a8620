import { describe, expect, it } from 'vitest';
import type { StationCardView, TakenFile } from '../../../preload/contract.ts';
import { calledById, stationCalled, takenWords, waitingWords } from '../../../renderer/office/stations-view.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { textsIn } from '../../../resources/texts/texts.ts';

/* Other stations in words (docs/referrals.md): each case that a file brought is told for itself, and no station is without a name. */

const t = textsIn('en');
const kiosk: StationCardView = { station: 'station-0123456789abcdef', name: 'Kiosk 2', fingerprint: 'ab'.repeat(32) };
const ends: Extract<TakenFile, { kind: 'outcomes' }> = {
  ...{ kind: 'outcomes', from: kiosk.station },
  ...{ decided: [], returned: [], already: [], refused: [] },
};

it('a station is called by its name, and by its id where it has none or is trusted no longer', () => {
  expect(stationCalled(kiosk)).toBe('Kiosk 2');
  expect(stationCalled({ ...kiosk, name: '' })).toBe(kiosk.station);
  expect(calledById(kiosk.station, [kiosk])).toBe('Kiosk 2');
  expect(calledById('station-ffffffffffffffff', [kiosk])).toBe('station-ffffffffffffffff');
});

it('what waits is told by whether it may go on', () => {
  expect(waitingWords({ waiting: 0, staying: 0, damaged: 0 }, t)).toEqual([
    'No case waits here that could be handed over.',
  ]);
  expect(waitingWords({ waiting: 1, staying: 0, damaged: 0 }, t)).toEqual([
    '1 case waits here that can be handed over.',
  ]);
  expect(waitingWords({ waiting: 0, staying: 2, damaged: 0 }, t)).toHaveLength(2);
  expect(waitingWords({ waiting: 0, staying: 2, damaged: 3 }, t)[2]).toBe(
    '3 are damaged and stay here: see the queue.',
  );
});

describe('what a file brought', () => {
  it('is told of cases by their number', () => {
    const taken = { kind: 'referrals', from: kiosk.station, taken: ['a', 'b'], already: ['c'] } as const;
    expect(takenWords({ ...taken, taken: ['a', 'b'], already: ['c'] }, [kiosk], t)).toEqual([
      '2 cases of Kiosk 2 wait here now (F7).',
      '1 case had come before; nothing of it changes.',
    ]);
  });

  it('is told of ends one by one, with the record, and whether a bank was answered', () => {
    const decided = [
      { id: 'a', outcome: 'go-on', record: 'a-2', answered: true },
      { id: 'b', outcome: 'stop', record: 'b-2', answered: false },
    ] as const;
    expect(takenWords({ ...ends, decided: [...decided], returned: ['c'], already: ['d', 'e'] }, [kiosk], t)).toEqual([
      'Case a was decided at Kiosk 2: Approved. Record a-2 is kept here, and its bank is answered.',
      'Case b was decided at Kiosk 2: Declined. Record b-2 is kept here.',
      'Case c was given back by Kiosk 2 undecided. It waits here again (F7).',
      '2 cases had come before; nothing of them changes.',
    ]);
  });

  it.each(languages)('fills every sentence in %s', (language) => {
    const decided = [{ id: 'a', outcome: 'go-on', record: 'a-2', answered: true }] as const;
    const lines = takenWords(
      { ...ends, decided: [...decided], returned: ['c'], already: ['d'] },
      [],
      textsIn(language),
    );
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).not.toContain('{{');
  });
});
