import { describe, expect, it } from 'vitest';
import { holderQueries, searchWords } from '../../../main/holders/search.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';

const today = '2026-11-23' as PlainDate;

describe('what a search text may mean', () => {
  it('a personal number in any writing, or an id that looks like one', () => {
    for (const text of ['199006022397', ' 19900602-2397 '])
      expect(holderQueries(text, today)).toEqual([
        { kind: 'personal-number', personalNumber: '199006022397' },
        { kind: 'id', id: text.trim() },
      ]);
  });

  // Ten digits may be of Sweden or a system number of Iceland; DVV's example 131052-308T is of Finland alone.
  it('every number that it may be, with the country of those that are not Sweden’s', () => {
    expect(holderQueries('900602-2397', today)).toEqual([
      { kind: 'personal-number', personalNumber: '199006022397' },
      { kind: 'personal-number', personalNumber: 'ISL 9006022397' },
      { kind: 'id', id: '900602-2397' },
    ]);
    expect(holderQueries('131052-308t', today)).toEqual([
      { kind: 'personal-number', personalNumber: 'FIN 131052-308T' },
      { kind: 'id', id: '131052-308t' },
    ]);
  });

  it('an id or a name', () => {
    expect(holderQueries('Åsa Öberg', today)).toEqual([
      { kind: 'id', id: 'Åsa Öberg' },
      { kind: 'name', words: ['ASA', 'OBERG'] },
    ]);
  });

  it('nothing, where there is nothing or far too much', () => {
    expect(holderQueries('  ', today)).toEqual([]);
    expect(holderQueries('a'.repeat(201), today)).toEqual([]);
  });

  it.each(['Åsa', 'AASA', 'asa', 'A\u030asa'])('%j finds Åsa', (word) => {
    const holder = { id: 'c1', personalNumber: null, givenNames: 'Åsa', surname: 'von Öberg-Ek', birthDate: null };
    const query = holderQueries(word, today).find(({ kind }) => kind === 'name');
    expect(query).toMatchObject({ words: ['ASA'] });
    expect(searchWords(holder)).toEqual(['VON', 'OBERG', 'EK', 'ASA']);
  });
});
