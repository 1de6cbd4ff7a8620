import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decider } from '../../../main/verification/types.ts';
import { isMrzWhole, mrzEntry, tidyMrz } from '../../../renderer/desk/mrz-entry.ts';
import { shownRecord } from '../../../renderer/desk/record-view.ts';
import { asClause, bytesSoFar, dayAndTime, personalNumber } from '../../../renderer/parts/formats.ts';
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
    expect(mrzEntry(lines.join('\n').toLowerCase())).toEqual({ state: 'whole' });
  });

  it('is not whole while a line is short, even where the characters would fill another format', () => {
    const [first = '', second = ''] = td3;
    expect(isMrzWhole(`${first}\n${second.slice(0, 28)}`)).toBe(false);
    expect(isMrzWhole(first)).toBe(false);
  });

  it('counts towards the width that the first line tells', () => {
    expect(mrzEntry('P<SWE')).toEqual({ state: 'growing', lines: [{ line: 1, count: 5, width: 44 }] });
    expect(mrzEntry(`${td1[0]}\n74`)).toEqual({
      state: 'growing',
      lines: [
        { line: 1, count: 30, width: 30 },
        { line: 2, count: 2, width: 30 },
      ],
    });
    expect(mrzEntry('ID')).toEqual({ state: 'growing', lines: [{ line: 1, count: 2, width: null }] });
  });

  it('says where a sign cannot stand', () => {
    expect(mrzEntry('P<SWEÖBERG')).toEqual({ state: 'strange', line: 1, position: 6 });
  });

  it('takes what keyboards make of the filler', () => {
    expect(tidyMrz('P<SWE ÖBERG«ÅSA')).toBe('P<SWEÖBERG<<ÅSA');
    expect(mrzEntry(' \n')).toEqual({ state: 'empty' });
  });

  it('bears anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const entry = mrzEntry(text);
        if (entry.state === 'strange') expect(entry.position).toBeGreaterThan(0);
        expect(entry.state === 'whole').toBe(isMrzWhole(text) && !/[^A-Z0-9<\n]/.test(tidyMrz(text)));
      }),
    );
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
    for (const language of ['sv', 'en'] as const)
      expect(textsIn(language)(`records/by-${source}`)).not.toContain('by-');
  });

  it('is of no schema that the page knows where its order is none', () => {
    expect(shownRecord({ ...record, order: { order: {}, source: 'typed', boundBy: 'station' } })).toBeNull();
  });
});
