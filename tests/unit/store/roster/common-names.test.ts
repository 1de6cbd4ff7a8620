import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import type { Holder } from '../../../../main/holders/holder.ts';
import { Failure } from '../../../../main/result/failure.ts';
import { openRoster } from '../../../../main/store/open-roster.ts';
import { askedName, findName } from '../../../../main/store/roster/find-name.ts';
import { blockRows, type Layer, layerVersion } from '../../../../main/store/roster/layer.ts';
import { packRows } from '../../../../main/store/roster/row-lists.ts';
import { tokenOf } from '../../../../main/store/roster/tokens.ts';
import { failureCodeOf } from '../../../support/failure-code.ts';
import { random, temporaryFolder, unlockedIn } from '../support.ts';
import { putLayer } from './made-layer.ts';

/*
 * A name that a sixth of everybody bears beside one of some hundreds, as they lie in a layer of millions: the rows of the rare one are
 * looked for in the list of the common one. The lists are put into a small layer: whom they lead to nobody asks for.
 */

const rare = 300;
const common = 300_000;
const enough = 20;
const query = { kind: 'name', words: ['OBERG', 'MARIA'] } as const;
const one: Holder = { id: 'k1', personalNumber: null, givenNames: 'Maria', surname: 'Öberg', birthDate: null };

/** Every sixth row, and every six thousandth from `first` on. */
const listOf = (count: number, step: number, first = 0): number[] =>
  Array.from({ length: count }, (_, index) => first + index * step);

/** A search for both names, where `first` is the first row of the rare one, and the list of the common one so and so. */
async function searching({
  first,
  packed = packRows(listOf(common, 6)),
  people = common,
  version = layerVersion,
}: {
  readonly first: number;
  readonly packed?: Uint8Array;
  readonly people?: number;
  readonly version?: number;
}) {
  const directory = temporaryFolder();
  const { rosterKeys } = await unlockedIn(directory);
  const roster = openRoster({ directory, kind: 'training', random, keys: rosterKeys() });
  onTestFinished(() => roster[Symbol.dispose]());
  const file = `roster-${'a'.repeat(version < layerVersion ? 32 : 40)}.db`;
  putLayer(roster, { file, people: [one], version });
  const database = new Database(join(directory, file));
  const put = database.prepare('UPDATE postings SET people = ?, rows = ? WHERE token = ?');
  const key = roster.tokenKey();
  put.run(rare, packRows(listOf(rare, 6_000, first)), tokenOf(key, 'word', 'OBERG'));
  put.run(people, packed, tokenOf(key, 'word', 'MARIA'));
  // As many rows as the lists have.
  const last = Math.floor((6 * common) / blockRows);
  database.prepare('INSERT INTO blocks (block, sealed) VALUES (?, zeroblob(0))').run(last);
  database.close();
  const [layer] = roster.layers();
  const source: Layer = layer ?? missing();
  return () => findName({ ...source, people: () => 6 * common }, key, askedName(key, query), enough);
}

function missing(): never {
  throw new Failure('call.malformed');
}

it.each([layerVersion, 2])('more than enough of them are told by number, in a layer of form %i', async (version) => {
  const found = (await searching({ first: 0, version }))();
  expect(found).toEqual({ tooMany: expect.any(Number) as number });
  const count = 'tooMany' in found ? found.tooMany : 0;
  expect(count).toBeGreaterThan(rare * 0.8);
  expect(count).toBeLessThan(rare * 1.2);
});

it('nobody is found where nobody bears both, and all who do where they are few', async () => {
  const nobody = await searching({ first: 1 });
  expect(nobody()).toEqual({ rows: new Uint32Array(), fit: true });
  const few = listOf(common, 6).map((row) => (row % 6_000 === 0 && row >= 6_000 * enough ? row + 1 : row));
  const some = await searching({ first: 0, packed: packRows(few) });
  expect(some()).toEqual({ rows: Uint32Array.from(listOf(enough, 6_000)), fit: true });
});

const whole = packRows(listOf(common, 6));
const changed = (at: number, ...bytes: readonly number[]): Uint8Array => {
  const packed = whole.slice();
  packed.set(bytes, at);
  return packed;
};

// Whoever looks for rows passes others by, and a damaged list is told as where it is read.
it.each<[string, { readonly packed?: Uint8Array; readonly people?: number }]>([
  ['has a row twice', { packed: changed(150_001, 0) }],
  ['has a step that is longer than any', { packed: changed(150_001, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff) }],
  ['ends within a step', { packed: changed(common - 1, 0x86) }],
  ['ends before all are told', { packed: whole.slice(0, -1) }],
  ['has more than are told', { packed: Uint8Array.from([...whole, 6]) }],
  ['is told to be shorter', { people: common - 1 }],
  ['is told to be longer', { people: common + 1 }],
])('a list that %s is corrupt', async (_name, harm) => {
  expect(failureCodeOf(await searching({ first: 1, ...harm }))).toBe('storage.corrupt');
});
