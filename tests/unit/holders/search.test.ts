import { describe, expect, it } from 'vitest';
import { holderQueries, searchWords } from '../../../main/holders/search.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';

const today = '2026-11-23' as PlainDate;

describe('what a search text may mean', () => {
  it('a personal number in any writing, or an id that looks like one', () => {
    for (const text of ['199006022397', '900602-2397', ' 19900602-2397 ']) {
      const queries = holderQueries(text, today);
      expect(queries[0]).toEqual({ kind: 'personal-number', personalNumber: '199006022397' });
      expect(queries.slice(-2)).toEqual([
        { kind: 'id', id: text.trim() },
        { kind: 'reference', reference: text.trim() },
      ]);
    }
  });

  it('an id or a name', () => {
    expect(holderQueries('Åsa Öberg', today)).toEqual([
      { kind: 'id', id: 'Åsa Öberg' },
      { kind: 'reference', reference: 'Åsa Öberg' },
      { kind: 'name', words: ['ASA', 'OBERG'], beginnings: true },
    ]);
  });

  it.each([
    ['Andersson 1985-03-02', { words: ['ANDERSON'], birthDate: '1985-03-02' }],
    ['19850302 Andersson', { words: ['ANDERSON'], birthDate: '1985-03-02' }],
    ['Andersson, M. 1985', { words: ['ANDERSON'], birthYear: '1985', initials: ['M'] }],
    ['Andersson 1985-02-30', { words: ['ANDERSON', '02', '30'], birthYear: '1985' }],
    ['O', { words: ['O'] }],
  ])('%j: a name with what narrows it', (text, expected) => {
    const query = holderQueries(text, today).find(({ kind }) => kind === 'name');
    expect(query).toEqual({ kind: 'name', beginnings: true, ...expected });
  });

  // Ten digits may be of Sweden or a system number of Iceland; DVV's example 131052-308T is of Finland alone.
  it('every number that it may be, with the country of those that are not Sweden’s', () => {
    expect(holderQueries('900602-2397', today).slice(0, 2)).toEqual([
      { kind: 'personal-number', personalNumber: '199006022397' },
      { kind: 'personal-number', personalNumber: 'ISL 9006022397' },
    ]);
    expect(holderQueries('131052-308T', today)[0]).toEqual({
      kind: 'personal-number',
      personalNumber: 'FIN 131052-308T',
    });
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
