import { closeSync, copyFileSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import type { Holder } from '../../../../main/holders/holder.ts';
import { holderQueries } from '../../../../main/holders/search.ts';
import type { PlainDate } from '../../../../main/result/plain-date.ts';
import { openRoster } from '../../../../main/store/open-roster.ts';
import { layerVersion } from '../../../../main/store/roster/layer.ts';
import { sealedTokens } from '../../../../main/store/roster/tokens.ts';
import type { HoldersRepository } from '../../../../main/store/types.ts';
import { failureCodeOf } from '../../../support/failure-code.ts';
import { random, temporaryFolder, today, unlockedIn } from '../support.ts';
import { putLayer } from './made-layer.ts';

const older = `roster-${'a'.repeat(40)}.db`;
const newer = `roster-${'b'.repeat(40)}.db`;
/** Of before layers had names that their seals are bound to, and of before their tokens were sealed. */
const ofOld = (version: number): string => `roster-${'c'.repeat(version < 2 ? 16 : 32)}.db`;

const number = '199006022397';
const person = (index: number, rest: Partial<Holder> = {}): Holder => ({
  id: `k${index}`,
  personalNumber: index === 1 ? number : null,
  givenNames: 'Åsa Maria',
  surname: index === 0 ? 'Öberg' : 'Ek',
  birthDate: '1990-06-02' as PlainDate,
  ...rest,
});
const dead = { deceased: { since: null } } as const;
const everybody = Array.from({ length: 70 }, (_, index) => person(index));

async function registerIn(directory: string) {
  const { holders, rosterKeys } = await unlockedIn(directory);
  const roster = openRoster({ directory, kind: 'training', random, keys: rosterKeys() });
  onTestFinished(() => roster[Symbol.dispose]());
  return { holders, roster };
}

/** The folder with two layers: in the newer one everybody has died. What is done to it is done while nobody has it open. */
async function twoLayers(harm: (directory: string) => void): Promise<HoldersRepository> {
  const directory = temporaryFolder();
  const { roster } = await registerIn(directory);
  putLayer(roster, { file: older, people: everybody });
  putLayer(roster, { file: newer, people: everybody.map((one) => ({ ...one, ...dead })) });
  harm(directory);
  return (await registerIn(directory)).holders;
}

const found = (holders: HoldersRepository, text: string) =>
  holderQueries(text, today).flatMap((query) => holders.find(query, 100));
/** The row of k1 is its only one; of other ids and numbers too: whom they lead to is not meant. */
const ofFirst = `token < ${sealedTokens} AND rows IS NULL AND people = 1`;

const inLayer = (directory: string, file: string, act: (layer: Database.Database) => void): void => {
  const database = new Database(join(directory, file));
  act(database);
  database.close();
};

it('who died since is dead, in whichever layer they lived', async () => {
  const holders = await twoLayers(() => undefined);
  expect(holders.get('k1')).toEqual(person(1, dead));
});

// Whoever keeps an older layer's file, or a part of it, brings nobody back with it: its seals are bound to its name and their places.
it.each<[string, (directory: string) => void]>([
  [
    'the older layer lies under the name of the newer one',
    (directory) => copyFileSync(join(directory, older), join(directory, newer)),
  ],
  [
    'a block of the older layer lies in the newer one',
    (directory) =>
      inLayer(directory, newer, (layer) => {
        layer.prepare('ATTACH ? AS older').run(join(directory, older));
        layer.exec('UPDATE blocks SET sealed = (SELECT sealed FROM older.blocks AS o WHERE o.block = blocks.block)');
      }),
  ],
  [
    'a block lies in the place of another of its layer',
    (directory) =>
      inLayer(directory, newer, (layer) =>
        layer.exec('UPDATE blocks SET sealed = (SELECT sealed FROM blocks WHERE block = 1) WHERE block = 0'),
      ),
  ],
  [
    'who is gone is said to be there',
    (directory) => inLayer(directory, newer, (layer) => layer.exec('UPDATE about SET gone = zeroblob(64)')),
  ],
  [
    'who is gone is no longer told',
    (directory) => inLayer(directory, newer, (layer) => layer.exec('UPDATE about SET gone = NULL')),
  ],
  [
    'the id of who died is led to by nothing',
    (directory) => inLayer(directory, newer, (layer) => layer.exec(`DELETE FROM postings WHERE ${ofFirst}`)),
  ],
  [
    'the id of who died leads to somebody else',
    (directory) => inLayer(directory, newer, (layer) => layer.exec(`UPDATE postings SET people = 5 WHERE ${ofFirst}`)),
  ],
  [
    'no token is sealed any more',
    (directory) =>
      inLayer(directory, newer, (layer) =>
        layer.exec(`DELETE FROM postings WHERE ${ofFirst}; DELETE FROM token_seals`),
      ),
  ],
  [
    'there are no seals of tokens, as of old',
    (directory) =>
      inLayer(directory, newer, (layer) => {
        layer.exec(`DELETE FROM postings WHERE ${ofFirst}; DROP TABLE token_seals`);
        layer.pragma('user_version = 2');
      }),
  ],
  [
    'the tokens are those of the older layer, with its seals',
    (directory) =>
      inLayer(directory, newer, (layer) => {
        layer.prepare('ATTACH ? AS older').run(join(directory, older));
        for (const table of ['postings', 'token_seals'])
          layer.exec(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM older.${table}`);
      }),
  ],
])('where %s the register is corrupt, and nobody comes back', async (_name, harm) => {
  const holders = await twoLayers(harm);
  for (const act of [() => holders.get('k1'), () => found(holders, '900602-2397'), () => found(holders, 'k1')])
    expect(failureCodeOf(act)).toBe('storage.corrupt');
});

// Nobody finds a number that leads to nothing: it would be a new customer's.
it('where the number of who died leads to nothing the register is corrupt', async () => {
  const holders = await twoLayers((directory) => {
    for (const file of [older, newer])
      inLayer(directory, file, (layer) =>
        layer.exec(`DELETE FROM postings WHERE token BETWEEN ${sealedTokens / 2} AND ${sealedTokens - 1}`),
      );
  });
  expect(failureCodeOf(() => found(holders, '900602-2397'))).toBe('storage.corrupt');
});

it('an older layer under a newer name is corrupt, whatever form it says it has', async () => {
  for (const version of [0, 1, 2]) {
    const holders = await twoLayers((directory) => {
      copyFileSync(join(directory, older), join(directory, newer));
      inLayer(directory, newer, (layer) => layer.pragma(`user_version = ${version}`));
    });
    expect(failureCodeOf(() => holders.get('k1'))).toBe('storage.corrupt');
  }
});

// An import that takes a layer in reads it block by block.
it('a layer whose pages are damaged while it is open is corrupt', async () => {
  const directory = temporaryFolder();
  const { roster } = await registerIn(directory);
  // So many that their blocks fill several pages, of which opening reads the last.
  putLayer(roster, { file: older, people: Array.from({ length: 400 }, (_, index) => person(index)) });
  const [layer] = roster.layers();
  const path = join(directory, older);
  const page = 4096;
  const file = openSync(path, 'r+');
  writeSync(file, new Uint8Array(statSync(path).size - 2 * page), 0, null, 2 * page);
  closeSync(file);
  expect(failureCodeOf(() => [...(layer?.blocks(0, 64) ?? [])])).toBe('storage.corrupt');
});

it('a layer of a later app is told, not read', async () => {
  const holders = await twoLayers((directory) =>
    inLayer(directory, newer, (layer) => layer.pragma(`user_version = ${layerVersion + 1}`)),
  );
  expect(failureCodeOf(() => holders.get('k1'))).toBe('storage.newer');
});

// Whom such a layer replaced within itself is gone there too, and its seals stand by themselves.
it.each([0, 1, 2])('a layer of earlier form %i is found as it was', async (version) => {
  const { holders, roster } = await registerIn(temporaryFolder());
  const people = [person(0, { personalNumber: number }), person(0, dead), ...everybody.slice(1)];
  putLayer(roster, { file: ofOld(version), people, version, gone: Uint8Array.of(0b10), alone: version > 0 });
  for (const text of [
    '900602-2397',
    'k0',
    'Öberg Å',
    'Maria Öberg',
    'Öberg 1990',
    'Öberg 1990-06-02',
    'Öbe 1990-06-02',
  ]) {
    const people = found(holders, text).map(({ holder }) => holder);
    expect(people, text).toContainEqual(person(0, { personalNumber: number }));
    expect(people, text).not.toContainEqual(person(0, dead));
  }
});
