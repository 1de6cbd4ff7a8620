import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { House } from '../../../main/house/house.ts';
import { openHouse } from '../../../main/house/open-house.ts';
import type { RosterChoice, RosterProgress } from '../../../main/house/roster-messages.ts';
import { drawing, madeHeader, madePerson, madeRow } from '../../support/made-register.ts';
import { rejection } from '../../support/rejection.ts';
import { temporaryFolder } from '../../support/side-door.ts';
import { openIn } from '../store/support.ts';

const root = resolve(import.meta.dirname, '../../..');

async function houseIn(directory: string): Promise<House> {
  const house = await openHouse({
    directory,
    kind: 'training',
    version: '0.1.0',
    resourcesDirectory: join(root, 'resources'),
    workerUrl: pathToFileURL(join(root, 'main/inspection/worker.ts')),
    key: { kind: 'key-file', path: null },
    readers: 'training',
  });
  onTestFinished(() => house.close());
  return house;
}

const usual: RosterChoice = { mapping: [], encoding: null, partial: false, rejects: null, dryRun: false };
/** Runs of few people, so that there is something to go on with. */
const smallRuns = { ...usual, runPostings: 2_000 };

function fileOf(text: string): string {
  const path = join(temporaryFolder(), 'register.csv');
  writeFileSync(path, text);
  return path;
}

function made(count: number, seed = 1, first = 0): string {
  const draw = drawing(seed);
  return Array.from({ length: count }, (_, index) => madeRow(madePerson(first + index, draw))).join('');
}

const take = (
  house: House,
  path: string,
  choice: RosterChoice = usual,
  onProgress: (progress: RosterProgress) => void = () => undefined,
  signal = new AbortController().signal,
) => house.importRoster({ ...choice, path }, { signal, onProgress });

const layersIn = (directory: string): readonly string[] =>
  readdirSync(directory).filter((name) => name.startsWith('roster-'));

const found = async (house: House, query: string) =>
  (await house.findHolders(query, null)).map(({ holder }) => holder.id);

describe('the layers that count', () => {
  // Who died since stands in the newest layer: without it they would be on file as living.
  it('are those of the marked head: one that is taken away is noticed, and a head that fits it as well', async () => {
    const directory = temporaryFolder();
    const house = await houseIn(directory);
    await take(house, fileOf(madeHeader + made(600)));
    await take(house, fileOf(`${madeHeader}k7,900602-2397,Åsa,Öberg,\n`));
    const outside = new Database(join(directory, 'styrk.db'));
    outside.exec('DELETE FROM roster_layers WHERE layer = (SELECT max(layer) FROM roster_layers)');
    expect((await rejection(house.holder('k7')))?.code).toBe('storage.corrupt');
    outside.exec("UPDATE roster_head SET layers = (SELECT group_concat(layer || ' ' || file, ';') FROM roster_layers)");
    outside.close();
    expect(openIn(directory).isWhole()).toBe(false);
  });
});

describe('a register', () => {
  it('replaces who has an id already, hides them in the layer below, and takes small layers in', async () => {
    const directory = temporaryFolder();
    const house = await houseIn(directory);
    await take(house, fileOf(madeHeader + made(600)));
    const changed = await take(house, fileOf(`${madeHeader}k7,900602-2397,Åsa,Öberg,\nn1,910717-2380,Bo,Ek,\n`));
    expect(changed).toMatchObject({ read: 2, added: 1, replaced: 1, rejected: 0, taken: true });
    // Six hundred are not taken into a layer of two.
    expect(layersIn(directory)).toHaveLength(2);
    expect(await house.holder('k7')).toMatchObject({ surname: 'Öberg' });
    expect(await found(house, 'Åsa Öberg 1990-06-02')).toEqual(['k7']);
    const draw = drawing(1);
    const seventh = Array.from({ length: 8 }, (_, index) => madePerson(index, draw)).at(-1);
    expect(await found(house, seventh?.personalNumber ?? '')).toEqual([]);
    const more = await take(house, fileOf(madeHeader + made(300, 2, 1_000)));
    expect(more).toMatchObject({ added: 300, replaced: 0 });
    expect(layersIn(directory)).toHaveLength(1);
    expect(await house.holder('k7')).toMatchObject({ surname: 'Öberg' });
    expect(await house.holder('k8')).not.toBeNull();
    expect(await found(house, 'n1')).toEqual(['n1']);
    const again = await take(house, fileOf(madeHeader + made(600)));
    expect(again).toMatchObject({ added: 0, replaced: 600 });
    expect(await house.holder('k7')).toEqual(seventh);
    expect(await found(house, '900602-2397')).not.toContain('k7');
  });

  // Eur J Epidemiol 2009, 9350: one number, two people.
  it('tells of which lines somebody else has the number, in the file, in a layer below and in the database', async () => {
    const house = await houseIn(temporaryFolder());
    const [own] = await house.findHolders('Göran', null);
    const number = own?.holder.personalNumber ?? '';
    const { personalNumber: first } = madePerson(0, drawing(9));
    const alone = await take(house, fileOf(`${madeHeader}a,${first},A,B,\nb,,C,D,\n`));
    expect(alone.notes).toEqual([]);
    const report = await take(
      house,
      fileOf(`${madeHeader}c,${first},E,F,\nd,910717-2380,G,H,\ne,910717-2380,I,J,\nf,${number},K,L,\ng,,M,N,\n`),
    );
    expect(report.notes).toEqual([{ kind: 'sharing', note: 'number', count: 4, lines: [2, 3, 4, 5] }]);
    expect((await found(house, first)).sort()).toEqual(['a', 'c']);
    expect((await found(house, number)).sort()).toEqual(['f', own?.holder.id]);
  });

  // A file's own mistake: one value in a column for everybody. However many they are, each line is told and no more is held.
  it('of which very many rows have one number, or one id, tells each line', async () => {
    const house = await houseIn(temporaryFolder());
    const rows = Array.from({ length: 500 }, (_, index) => `n${index},910717-2380,A${index},B,\n`).join('');
    const report = await take(house, fileOf(madeHeader + rows));
    expect(report.notes).toEqual([
      { kind: 'sharing', note: 'number', count: 500, lines: Array.from({ length: 500 }, (_, index) => index + 2) },
    ]);
    expect((await found(house, '910717-2380')).length).toBeGreaterThan(0);
    const ids = Array.from({ length: 500 }, (_, index) => `one,,A${index},C,\n`).join('');
    const again = await take(house, fileOf(madeHeader + ids), { ...usual, partial: true });
    expect(again).toMatchObject({ read: 500, added: 1, rejected: 499 });
    expect(await house.holder('one')).toMatchObject({ givenNames: 'A0' });
  });

  it('that is tried takes nobody, and leaves what was begun alone', async () => {
    const directory = temporaryFolder();
    const house = await houseIn(directory);
    const report = await take(house, fileOf(`${madeHeader}a,900602-2397,A,B,\na,,C,D,\nb,1,E,F,\n`), {
      ...usual,
      dryRun: true,
    });
    expect(report).toMatchObject({ read: 3, added: 1, rejected: 2, taken: false });
    const faults = report.notes.filter(({ kind }) => kind === 'fault');
    expect(faults.map(({ note, lines }) => [note, lines])).toEqual([
      ['id-twice', [3]],
      ['personal-number-form', [4]],
    ]);
    expect(await house.holder('a')).toBeNull();
    expect(layersIn(directory)).toEqual([]);
  });

  it('of which one row is bad is not taken, or without it, and the row is written as it stood', async () => {
    const directory = temporaryFolder();
    const house = await houseIn(directory);
    const path = fileOf(`${madeHeader}a,,A,B,\nb,199006022398,C,D,\nc,,"E,F,\na,,G,H,\n`);
    const refused = await rejection(take(house, path));
    expect(refused).toMatchObject({ code: 'holder.import-malformed', fields: { line: 3, rows: 2 } });
    expect(layersIn(directory)).toEqual([]);
    const rejects = join(temporaryFolder(), 'rejects.csv');
    const report = await take(house, path, { ...usual, partial: true, rejects });
    expect(report).toMatchObject({ read: 4, added: 1, rejected: 3 });
    expect(readFileSync(rejects, 'utf8')).toBe(
      '# line 3: personal-number-check-digit\nb,199006022398,C,D,\n# line 4: quotes-or-length\nc,,"E,F,\n# line 5: id-twice\na,,G,H,\n',
    );
    if (process.platform !== 'win32') expect(statSync(rejects).mode & 0o777).toBe(0o600);
    expect((await rejection(take(house, path, { ...usual, partial: true, rejects })))?.code).toBe('output.unwritable');
  });

  it('that was ended goes on where it was; one at a time', async () => {
    const directory = temporaryFolder();
    const house = await houseIn(directory);
    const path = fileOf(madeHeader + made(20_000));
    const ending = new AbortController();
    const first = take(
      house,
      path,
      smallRuns,
      ({ stage }) => {
        if (stage === 'taking') ending.abort();
      },
      ending.signal,
    );
    expect((await rejection(first))?.code).toBe('holder.import-cancelled');
    const another = new Database(join(directory, 'roster-staging.db'));
    another.exec('BEGIN EXCLUSIVE');
    expect((await rejection(take(house, path, smallRuns)))?.code).toBe('holder.import-running');
    another.close();
    expect(await house.holder('k1')).toBeNull();
    const report = await take(house, path, smallRuns);
    expect(report).toMatchObject({ read: 20_000, added: 20_000, resumed: true });
    expect(layersIn(directory)).toHaveLength(1);
  });

  // Told as a lost thread, an import would be tried again and again, and nobody would look at the disk.
  it('that would take in a layer whose people do not open says so, and changes nothing', async () => {
    const directory = temporaryFolder();
    const house = await houseIn(directory);
    await take(house, fileOf(madeHeader + made(100)));
    await house.close();
    const [layer = ''] = layersIn(directory);
    const database = new Database(join(directory, layer));
    database.exec('UPDATE blocks SET sealed = zeroblob(100) WHERE block = 2');
    database.close();
    const again = await houseIn(directory);
    const failure = await rejection(take(again, fileOf(madeHeader + made(300, 2, 1_000))));
    expect(failure).toMatchObject({ code: 'storage.corrupt', fields: { path: layer } });
    expect(layersIn(directory).filter((name) => !name.startsWith('roster-staging'))).toEqual([layer]);
  });

  it('of which a layer is damaged or gone says so, and finds nobody wrong', async () => {
    const directory = temporaryFolder();
    const house = await houseIn(directory);
    await take(house, fileOf(madeHeader + made(100)));
    await house.close();
    const [layer = ''] = layersIn(directory);
    const database = new Database(join(directory, layer));
    database.exec('UPDATE blocks SET sealed = (SELECT sealed FROM blocks WHERE block = 1) WHERE block = 0');
    database.exec('UPDATE blocks SET sealed = zeroblob(100) WHERE block = 2');
    database.close();
    const again = await houseIn(directory);
    expect((await rejection(again.holder('k1')))?.code).toBe('storage.corrupt');
    expect(await again.holder('k40')).toMatchObject({ id: 'k40' });
    expect((await rejection(again.holder('k70')))?.code).toBe('storage.corrupt');
    rmSync(join(directory, layer));
    const without = await houseIn(directory);
    expect((await rejection(without.holder('k1')))?.code).toMatch(/^storage\./);
  });
});
