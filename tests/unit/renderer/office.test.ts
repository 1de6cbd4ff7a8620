import { describe, expect, it } from 'vitest';
import { failureCodes } from '../../../main/result/failure-codes.ts';
import { roles } from '../../../main/result/roles.ts';
import { methodRoles } from '../../../main/station/method-roles.ts';
import type { AppInfo, DeskState, MethodName, OperatorRow, TrustStateView } from '../../../preload/contract.ts';
import { conditionOf } from '../../../renderer/office/condition-view.ts';
import { helpFor } from '../../../renderer/office/help.tsx';
import { monthInWords, monthsUpTo } from '../../../renderer/office/months.ts';
import { type OfficePage, officePages, pagesFor } from '../../../renderer/office/office-pages.ts';
import { confirmingWords, trainedWords } from '../../../renderer/office/operators-view.ts';
import { dayTyped } from '../../../renderer/parts/day-typed.ts';
import { loadWords, wordsIn } from '../../../renderer/parts/language.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { textsIn } from '../../../resources/texts/texts.ts';

/* The office (docs/operators.md): each page for those who may ask what it shows, its state in words, help for every failure. */

// What a page asks first: without it there is nothing to see.
const asks: Readonly<Record<OfficePage, MethodName>> = {
  records: 'records.check',
  figures: 'records.figures',
  retention: 'retention.state',
  trust: 'trust.countries',
  policies: 'policies.all',
  operators: 'operators.list',
  roster: 'roster.choose',
  headquarters: 'headquarters.state',
  stations: 'stations.state',
  condition: 'trust.state',
  setUp: 'setUp.state',
  help: 'app.info',
};

describe('each page × each role', () => {
  it.each(roles)('%s is offered what they may ask, and nothing else', (role) => {
    const may = officePages.filter((page) => {
      const need: readonly string[] | 'anyone' = methodRoles[asks[page]];
      return need === 'anyone' || need.includes(role);
    });
    expect(pagesFor(role)).toEqual(may);
  });

  it('is all of them where nobody signs in', () => {
    expect(pagesFor(null)).toEqual(officePages);
  });
});

describe('help', () => {
  it.each(languages)('finds every failure by its own sentence, in %s', async (language) => {
    expect(await loadWords(language)).toBe(true);
    const words = wordsIn(language);
    const lost = failureCodes.filter((code) => !helpFor(words.failure(code).happened, words).includes(code));
    expect(lost).toEqual([]);
  });

  it('finds by words in any order and by the code, and nothing for what no sentence says', () => {
    const words = wordsIn('en');
    expect(helpFor('card.removed', words)).toContain('card.removed');
    expect(helpFor('removed card.', words)).toContain('card.removed');
    expect(helpFor('aardvark', words)).toEqual([]);
    expect(helpFor('', words)).toHaveLength(failureCodes.length);
  });
});

describe('the state of the station', () => {
  const state = {
    station: 'attended',
    stationName: null,
    service: { available: true, code: null },
    readers: [{ name: 'Reader 1', kind: 'pcsc', state: 'empty' }],
    delivery: null,
  } as unknown as DeskState;
  const info = { key: 'passphrase', version: '1' } as unknown as AppInfo;
  const trust: TrustStateView = { certificates: 5, due: [], dueCount: 0, clockBehind: null, updatesFailingSince: null };
  const marks = (changes: { state?: object; info?: object; trust?: object }) =>
    conditionOf(
      {
        state: { ...state, ...changes.state },
        info: { ...info, ...changes.info },
        trust: { ...trust, ...changes.trust },
      },
      'en',
      textsIn('en'),
    ).flatMap(({ id, mark, advice }) => (mark === 'successful' ? [] : [[id, mark, advice !== null]]));

  it('is well where all is well, and says each thing that is not with what to do', () => {
    expect(marks({})).toEqual([]);
    expect(marks({ state: { service: { available: false, code: 'reader.service-stopped' } } })).toEqual([
      ['service', 'failed', true],
    ]);
    expect(marks({ state: { readers: [] } })).toEqual([['readers', 'failed', true]]);
    expect(marks({ state: { station: null } })).toEqual([['station', 'refer', true]]);
    expect(marks({ info: { key: 'basic-text' } })).toEqual([['key', 'refer', true]]);
    const fine = {
      ...{ waiting: 0, since: null, code: null, parcels: { code: null } },
      pull: { code: null, newest: null, refused: [] },
    };
    expect(marks({ state: { delivery: fine } })).toEqual([]);
    const pull = { code: 'service.unreachable', newest: null, refused: [] };
    for (const failing of [{ code: 'service.unreachable' }, { pull }, { parcels: { code: 'referral.file-old' } }])
      expect(marks({ state: { delivery: { ...fine, ...failing } } })).toEqual([['delivery', 'refer', true]]);
    expect(marks({ trust: { certificates: 0 } })).toEqual([['trust', 'failed', true]]);
    expect(marks({ trust: { dueCount: 2 } })).toEqual([['trust', 'refer', true]]);
    expect(marks({ trust: { clockBehind: '2026-11-24' } })).toEqual([['clock', 'failed', true]]);
    expect(marks({ trust: { updatesFailingSince: '2026-11-01T00:00:00Z' } })).toEqual([['updates', 'refer', true]]);
  });

  it('names each kind of what headquarters sent that could not be taken', () => {
    const pull = { code: 'bundle.malformed' as const, newest: null, refused: ['trust' as const, 'blocked' as const] };
    const delivery = { waiting: 0, since: null, code: null, pull, parcels: { code: null } };
    const told = conditionOf({ state: { ...state, delivery }, info, trust }, 'en', textsIn('en'));
    const item = told.find(({ id }) => id === 'delivery');
    expect(item?.advice).toBe('Tell headquarters. What was here before still counts.');
    expect(item?.words).toContain(
      'New certificates and rules from headquarters could not be taken. A new list of stolen documents from headquarters could not be taken.',
    );
  });

  it('calls the station what those call it who work there', () => {
    const words = (stationName: string | null) =>
      conditionOf({ state: { ...state, stationName }, info, trust }, 'en', textsIn('en')).find(
        ({ id }) => id === 'station',
      )?.words;
    expect(words(null)).toBe('Attended');
    expect(words('Uppsala, kassa 2')).toBe('Uppsala, kassa 2: Attended');
  });

  it('does not say what it does not know', () => {
    const known = conditionOf({ state, info, trust: null }, 'en', textsIn('en')).map(({ id }) => id);
    expect(known).toEqual(['service', 'readers', 'key', 'station']);
  });
});

it.each([
  ['2026-11-29', '2026-11-29'],
  ['20261129', '2026-11-29'],
  [' 2024-02-29 ', '2024-02-29'],
  ['2026-02-29', null],
  ['2026-13-01', null],
  ['11/29/2026', null],
  ['2026-1129', '2026-11-29'],
  ['', null],
])('the day that %j is: %j', (typed, day) => {
  expect(dayTyped(typed)).toBe(day);
});

it('months go back over the turn of the year', () => {
  expect(monthsUpTo(new Date(2026, 1, 28), 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11']);
  expect(monthInWords('sv', '2026-11')).toBe('november 2026');
});

describe('who signs in, in words', () => {
  const t = textsIn('en');
  const row = (role: 'teller' | 'supervisor' | 'administrator' | 'auditor', removed = false) =>
    ({ role, removed, competentUntil: null }) as OperatorRow;
  it('says how many administrators confirm, by how many there are', () => {
    expect(confirmingWords([], t)).toBe('');
    expect(confirmingWords([row('administrator'), row('administrator', true), row('teller')], t)).toMatch(
      /one administrator here/,
    );
    expect(confirmingWords([row('administrator'), row('administrator')], t)).toMatch(/^Two administrators/);
  });

  it('asks nobody for a training that their role does not need', () => {
    expect(trainedWords(row('administrator'), t)).toBe('not needed in this role');
    expect(trainedWords(row('auditor'), t)).toBe('not needed in this role');
    expect(trainedWords(row('teller'), t)).toBe('nobody has said it');
    expect(trainedWords({ ...row('teller'), competentUntil: '2027-06-30' }, t)).toBe('2027-06-30');
  });
});
