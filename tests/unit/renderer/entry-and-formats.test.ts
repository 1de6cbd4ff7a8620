import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decider } from '../../../main/verification/types.ts';
import { birthDateOf, typedDay } from '../../../renderer/desk/key-dates.ts';
import { isMrzWhole, markedLines, tidyMrz, unseenPlaces } from '../../../renderer/desk/mrz-entry.ts';
import { shownRecord } from '../../../renderer/desk/record-view.ts';
import { asClause, bytesSoFar, dayAndTime, personalNumber } from '../../../renderer/parts/formats.ts';
import { holderName } from '../../../renderer/parts/holder-name.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { textsIn } from '../../../resources/texts/texts.ts';
import { caseOrder } from '../../support/orders.ts';

const everySource: Readonly<Record<Decider['source'], true>> = {
  typed: true,
  'operating-system': true,
  operator: true,
};
const deciderSources = Object.keys(everySource) as Decider['source'][];

// 9303-4 Appendix B, 9303-5 Appendix B, 9303-6 Appendix B: the specimens of Utopia.
const td3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
const td1 = ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'];
const td2 = ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'];

describe('lines being typed', () => {
  it.each([
    ['a passport', td3],
    ['a card of three lines', td1],
    ['a card of two lines', td2],
  ])('%s is whole with all its lines, typed or joined', (_, lines) => {
    expect(isMrzWhole(lines.join('\n'))).toBe(true);
    expect(isMrzWhole(lines.join('\r\n'))).toBe(true);
    expect(isMrzWhole(lines.join(''))).toBe(true);
    expect(isMrzWhole(`${lines.join('\r')}\r`)).toBe(true);
    expect(isMrzWhole(lines.join('\n').toLowerCase())).toBe(true);
  });

  it('is not whole while a line is short, even where the characters would fill another format', () => {
    const [first = '', second = ''] = td3;
    expect(isMrzWhole(`${first}\n${second.slice(0, 28)}`)).toBe(false);
    expect(isMrzWhole(first)).toBe(false);
  });

  it('takes what keyboards make of the filler', () => {
    expect(tidyMrz('P<SWE ÖBERG«ÅSA')).toBe('P<SWEÖBERG<<ÅSA');
  });

  it('marks the places that are likely wrong, and leaves the rest in one piece', () => {
    const slip = { line: 2, position: 6, typed: 'O', likely: '0', sure: true };
    const [first, second] = markedLines(td3.join('\n'), [slip], false);
    expect(first).toEqual([{ position: 1, text: td3[0], mark: null }]);
    expect(second?.map(({ position, mark }) => [position, mark])).toEqual([
      [1, null],
      [6, 'likely'],
      [7, null],
    ]);
    expect(second?.map(({ text }) => text).join('')).toBe(td3[1]);
  });

  // 9303-3 §4.9: 6 and G, 1 and L, 8 and S weigh alike. L898902C3: the first three.
  it('marks after a refused key what no check digit tells apart in the number', () => {
    expect(unseenPlaces(td3.join('\n')).map(({ line, position }) => [line, position])).toEqual([
      [2, 1],
      [2, 2],
      [2, 4],
    ]);
    expect(unseenPlaces(td1.join('\n'))).toEqual([
      { line: 1, position: 9 },
      { line: 1, position: 12 },
    ]);
    expect(markedLines(td3.join('\n'), [], true)[1]?.filter(({ mark }) => mark === 'unsure')).toHaveLength(3);
    expect(markedLines(td3.join('\n'), [], false)[1]?.filter(({ mark }) => mark !== null)).toHaveLength(0);
  });

  it('bears anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const pieces = markedLines(text, [], true);
        expect(pieces.map((line) => line.map((piece) => piece.text).join('')).join('\n')).toBe(tidyMrz(text));
      }),
    );
  });
});

describe('days as a page prints them', () => {
  it.each([
    ['820314', 'birth', 'possible'],
    ['820230', 'birth', 'impossible'],
    ['821301', 'birth', 'impossible'],
    ['820000', 'birth', 'possible'],
    ['820000', 'expiry', 'impossible'],
    ['300131', 'expiry', 'possible'],
    ['300431', 'expiry', 'impossible'],
    ['8203', 'birth', 'unfinished'],
  ] as const)('%s (%s) is %s', (digits, of, day) => {
    expect(typedDay(digits, of)).toBe(day);
  });

  it('begin with the birth date on file, where it is known and shown', () => {
    expect(birthDateOf({ birthDate: '1982-03-14' })).toBe('820314');
    expect(birthDateOf({ birthDate: null })).toBe('');
    expect(birthDateOf(null)).toBe('');
  });
});

describe('figures and sentences', () => {
  const t = textsIn('sv');

  it('shows personal numbers as people read them, and nothing else changed', () => {
    expect(personalNumber('191212121212')).toBe('19121212-1212');
    expect(personalNumber('K-1')).toBe('K-1');
  });

  it('counts kilobytes, and never shows more than nothing as nothing', () => {
    expect(bytesSoFar(t, 11_264, 18_432)).toBe('11 av 18 kB');
    expect(bytesSoFar(t, 0, 18_432)).toBe('0 av 18 kB');
    expect(bytesSoFar(t, 12, 900)).toBe('1 av 1 kB');
    expect(bytesSoFar(t, 12, 0)).toBe('12 byte');
  });

  it('writes an instant as day and time', () => {
    expect(dayAndTime('sv', '2026-11-23T09:12:44Z')).toMatch(/23 nov\. 2026/);
    expect(dayAndTime('en', 'no instant')).toBe('no instant');
  });

  it('makes a clause of a sentence and leaves names alone', () => {
    expect(asClause('The seal is broken: it was changed. Tell IT.')).toBe('the seal is broken: it was changed');
    expect(asClause('Styrk cannot show it.')).toBe('Styrk cannot show it');
  });
});

describe('a record’s content', () => {
  it('is shown by name only where it is of the schema that the page knows', () => {
    expect(shownRecord({})).toBeNull();
    expect(shownRecord({ schema: 'another', checks: [] })).toBeNull();
  });

  const record = {
    stationKind: 'attended',
    document: null,
    checks: [],
    face: null,
    verdict: { reasons: [], passedOver: [] },
    decision: { reason: null, by: { sign: 'TE', source: 'typed' } },
    begunAt: '2026-11-23T09:09:02Z',
    endedAt: '2026-11-23T09:12:44Z',
    taps: 1,
  };

  it('says what was confirmed, as the record holds it; without an order it says nothing of one', () => {
    expect(shownRecord(record)?.order).toBeUndefined();
    const order = caseOrder({ text: 'Till Åsa\nKonto 1' });
    expect(shownRecord({ ...record, order })?.order).toMatchObject({
      order: { text: 'Till Åsa\nKonto 1', issuer: order.order.issuer, amount: order.order.amount },
      source: 'typed',
      boundBy: 'station',
    });
  });

  it.each(deciderSources)('is shown whoever decided: %s', (source) => {
    expect(shownRecord({ ...record, decision: { reason: null, by: { sign: 'TE', source } } })).not.toBeNull();
    for (const language of languages) expect(textsIn(language)(`records/by-${source}`)).not.toContain('by-');
  });

  it('is of no schema that the page knows where its order is none', () => {
    expect(shownRecord({ ...record, order: { order: {}, source: 'typed', boundBy: 'station' } })).toBeNull();
  });
});

describe('the name of a person', () => {
  const t = textsIn('sv');
  const said = (givenNames: string, surname = 'Ek') =>
    t('holder/chosen', { name: holderName(t, { givenNames, surname }) });

  it.each(['مريم', 'שרה', 'A\u202eB', 'A\u2067B', 'A\u200fB'])(
    'that turns what is around it stands apart in a sentence: %j',
    (name) => {
      // UAX 9: what is open within an isolate ends with it.
      expect(said(name)).toContain(`\u2068${name} Ek\u2069`);
    },
  );

  it.each(['Åsa', 'Łucja', 'Їванна', 'Ελένη'])('that is written as the sentence is stands as it is: %s', (name) => {
    expect(said(name)).toContain(`${name} Ek`);
    expect(said(name)).not.toMatch(/[\u2066-\u2069]/u);
  });
});
