import { expect, it, onTestFinished } from 'vitest';
import type { Holder } from '../../../../main/holders/holder.ts';
import type { NameQuery } from '../../../../main/holders/search.ts';
import { asFailure } from '../../../../main/result/failure.ts';
import type { PlainDate } from '../../../../main/result/plain-date.ts';
import { openRoster } from '../../../../main/store/open-roster.ts';
import { Register } from '../../../../main/store/roster/register.ts';
import { random, temporaryFolder, unlockedIn } from '../support.ts';
import { putLayer } from './made-layer.ts';

/*
 * A name that too many have is answered with their number, within milliseconds (docs/roster.md): to open somebody costs more than all
 * the rest, so that nobody is opened where the lists alone tell it.
 */

const limit = 20;
const file = (letter: string): string => `roster-${letter.repeat(40)}.db`;
const name = { kind: 'name', words: ['OBERG', 'MARIA'] } as const;

const people = (count: number, rest: Partial<Holder> = {}): readonly Holder[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `k${index}`,
    personalNumber: null,
    givenNames: 'Åsa Maria',
    surname: 'Öberg',
    birthDate: null,
    ...rest,
  }));

/** A register whose parts count whom they open. */
async function registerOf(
  ...put: readonly (readonly Holder[] | { readonly layer: string; readonly of: readonly Holder[] })[]
) {
  const directory = temporaryFolder();
  const { holders, rosterKeys } = await unlockedIn(directory);
  const roster = openRoster({ directory, kind: 'training', random, keys: rosterKeys() });
  onTestFinished(() => roster[Symbol.dispose]());
  for (const each of put)
    if ('layer' in each) putLayer(roster, { file: file(each.layer), people: each.of });
    else holders.importAll(each);
  const count = { opened: 0 };
  const parts = roster.parts([]).map((part) => ({
    ...part,
    open: (row: number) => {
      count.opened++;
      return part.open(row);
    },
  }));
  const register = new Register(() => parts, roster.tokenKey);
  const find = (query: NameQuery): unknown => {
    count.opened = 0;
    try {
      return register.find(query, limit, 'en').length;
    } catch (thrown) {
      const { code, fields } = asFailure(thrown);
      return { code, count: fields.count };
    }
  };
  return { find, count };
}

const tooMany = (count: number): object => ({ code: 'holder.too-many', count });

it.each<[string, NameQuery]>([
  ['whole words', name],
  ['words of which others may begin so', { ...name, beginnings: true }],
  ['a word and an initial', { kind: 'name', words: ['OBERG'], initials: ['M'], beginnings: true }],
  ['one word', { kind: 'name', words: ['OBERG'] }],
])('of more people than are shown nobody is opened: %s', async (_name, query) => {
  const { find, count } = await registerOf({ layer: 'a', of: people(limit + 1) });
  expect(find(query)).toEqual(tooMany(limit + 1));
  expect(count.opened).toBe(0);
});

it('nor where others came before them, or after them and are not enough to hide them', async () => {
  const elsewhere = people(5, { surname: 'Ek' }).map((one) => ({ ...one, id: `e${one.id}` }));
  const before = await registerOf(elsewhere, { layer: 'a', of: people(limit + 1) });
  expect(before.find(name)).toEqual(tooMany(limit + 1));
  expect(before.count.opened).toBe(0);
  const after = await registerOf({ layer: 'a', of: people(limit + 6) }, elsewhere);
  expect(after.find(name)).toEqual(tooMany(limit + 6));
  expect(after.count.opened).toBe(0);
});

it('whom others hide is not counted: a case or a later layer gave them another name', async () => {
  const renamed = people(5, { surname: 'Ek' });
  const byCase = await registerOf({ layer: 'a', of: people(limit + 5) }, renamed);
  expect(byCase.find(name)).toBe(limit);
  const byLayer = await registerOf({ layer: 'a', of: people(limit + 5) }, { layer: 'b', of: renamed });
  expect(byLayer.find(name)).toBe(limit);
  const byMany = await registerOf(
    { layer: 'a', of: people(2 * limit) },
    { layer: 'b', of: people(2 * limit, { surname: 'Ek' }) },
    { layer: 'c', of: people(limit).map((one) => ({ ...one, id: `c${one.id}` })) },
  );
  expect(byMany.find(name)).toBe(limit);
});

it('who only may fit is opened: a birth date leaves an initial and a year to be looked at', async () => {
  const birthDate = '1990-06-02' as PlainDate;
  const { find, count } = await registerOf({
    layer: 'a',
    of: people(limit + 1, { birthDate }).map((one, index) => ({ ...one, givenNames: index > 0 ? 'Åsa' : 'Maria' })),
  });
  expect(find({ kind: 'name', words: ['OBERG'], birthDate, initials: ['M'] })).toBe(1);
  expect(count.opened).toBe(limit + 1);
});

it('a birth date tells who is meant although more words begin so than are looked through', async () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const ending = (index: number): string =>
    [676, 26, 1].map((place) => letters[Math.floor(index / place) % 26] ?? '').join('');
  // One word of each name is each person's own, and as many persons are born on a day as are shown at most.
  const crowd = Array.from({ length: 1_500 }, (_, index): Holder => {
    const day = new Date(Date.UTC(1950, 0, 1 + Math.floor(index / limit))).toISOString().slice(0, 10) as PlainDate;
    const [surname, givenNames] = [`Sam${ending(index)}`, `Jo${ending(1_500 + index)}`];
    return { id: `s${index}`, personalNumber: null, surname, givenNames, birthDate: day };
  });
  const { find, count } = await registerOf({ layer: 'a', of: crowd });
  const query = { kind: 'name', words: ['SAM', 'JO'], beginnings: true } as const;
  expect(find(query)).toEqual(tooMany(expect.any(Number) as number));
  expect(find({ ...query, birthDate: '1950-01-10' as PlainDate })).toBe(limit);
  expect(count.opened).toBe(limit);
  expect(find({ ...query, birthDate: '1990-01-10' as PlainDate })).toBe(0);
});
