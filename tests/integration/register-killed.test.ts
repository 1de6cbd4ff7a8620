import { mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { looseForm } from '../../main/holders/name-words.ts';
import { holderQueries } from '../../main/holders/search.ts';
import { openFolder, unlockFolder } from '../../main/house/folder.ts';
import { machineClock } from '../../main/machine/clock.ts';
import { machineRandom } from '../../main/machine/random.ts';
import { openRoster } from '../../main/store/open-roster.ts';
import { holderOfCompact } from '../../main/store/roster/compact-holder.ts';
import { openBlock } from '../../main/store/roster/layer-seals.ts';
import type { UnlockedStore } from '../../main/store/types.ts';
import { runImport } from '../support/killed-register.ts';
import { drawing, type MadePerson, madeHeader, madePerson, madeRow } from '../support/made-register.ts';
import { registerKills, registerRows, soakTimeout } from '../support/soak-numbers.ts';
import { TextInClear } from '../support/text-in-clear.ts';

/** Each piece of the file is a run of its own, so that what was told was kept. */
const runPostings = 10_000;
const lookedFor = 2_000;
const searched = 200;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-register-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface Person extends MadePerson {
  readonly reference: string;
}

function* people(): Generator<Person> {
  const draw = drawing(4711);
  for (let index = 0; index < registerRows; index++)
    yield { ...madePerson(index, draw), reference: `order ${index}: båt från Karlsborgs varv` };
}

/** Some of them, about so many, from the first on. */
function some(count: number): readonly Person[] {
  return [...people()].filter((_, index) => index % Math.ceil(registerRows / count) === 0);
}

function madeFile(path: string): void {
  const file = openSync(path, 'wx');
  let text = madeHeader.replace('\n', ',reference\n');
  for (const person of people()) {
    text += madeRow(person).replace('\n', `,${person.reference}\n`);
    if (text.length > 65_536) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
}

function secretsOf(persons: readonly Person[]): TextInClear {
  const secrets = new TextInClear();
  for (const { personalNumber, surname, reference } of persons) {
    const ten = personalNumber.slice(2);
    for (const text of [ten, `${ten.slice(0, 6)}-${ten.slice(6)}`, surname, looseForm(surname), reference])
      secrets.add(text);
  }
  // In each of the references, so that no part of any lies about either.
  secrets.add('Karlsborgs varv');
  return secrets;
}

/** The texts with which a teller may look for somebody, in each writing of number and name. */
function writingsOf({ id, personalNumber, surname, givenNames, birthDate, reference }: Person): readonly string[] {
  const [date, serial] = [personalNumber.slice(0, 8), personalNumber.slice(8)];
  const plain = `${surname} ${givenNames}`.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  return [
    personalNumber,
    `${date}-${serial}`,
    `${date} ${serial}`,
    `${date.slice(2)}-${serial}`,
    `${date.slice(2)}${serial}`,
    id,
    reference,
    `${givenNames} ${surname} ${birthDate}`,
    `${surname}, ${givenNames.split(' ')[1]} ${date}`,
    `${plain} ${birthDate}`,
    `${surname.slice(0, 3)} ${givenNames.slice(0, 2)} ${birthDate}`,
  ];
}

/** The folder as the app opens it, for as long as `look` takes. */
async function opened<Seen>(directory: string, look: (store: UnlockedStore) => Seen): Promise<Seen> {
  const store = await openFolder({ directory, kind: 'training', clock: machineClock });
  try {
    return look(await unlockFolder(store, { kind: 'key-file', path: null }));
  } finally {
    store.close();
  }
}

/** Everybody in the register's only layer, in order. */
function* everybody(directory: string, { rosterKeys }: UnlockedStore): Generator<object> {
  using roster = openRoster({ directory, kind: 'training', random: machineRandom, keys: rosterKeys() });
  const [layer, ...others] = roster.layers();
  if (layer === undefined || others.length > 0) throw new Error('not one layer');
  for (const { blocks } of layer.blocks(0, 64))
    for (const { block, sealed, gone } of blocks) {
      const people = openBlock(roster.layerKey(), sealed, { file: layer.file, block }) ?? [];
      for (const [slot, compact] of people.entries()) if ((gone & (1 << slot)) === 0) yield holderOfCompact(compact);
    }
}

it(
  'an import that is killed again and again and begun again has exactly the rows in the end, and leaves none of them in clear',
  async () => {
    const directory = temporaryFolder();
    const temporary = temporaryFolder();
    const file = join(temporaryFolder(), 'register.csv');
    madeFile(file);
    const secrets = secretsOf(some(lookedFor));
    expect(secrets.firstIn(file), 'what is looked for would be found').not.toBeNull();
    const told = { file, directory, temporary, runPostings };
    // A training folder holds its own people from the start.
    const own = await opened(directory, ({ holders }) => holders.count());
    const shown = (): Promise<number> => opened(directory, ({ holders }) => holders.count());
    const inClear = (): readonly string[] => [...secrets.filesIn(directory), ...secrets.filesIn(temporary)];
    // While the process stands still, so that what it has open and what it never gave a name can be looked at.
    const look = (pid: number): void =>
      expect([...inClear(), ...secrets.filesOpenBy(pid, file)], 'while it is imported').toEqual([]);
    const ended = async (): Promise<{ read: number; resumed: boolean }> => {
      const run = await runImport(told, null);
      expect(run, 'an import that nobody kills').toMatchObject({ status: 0, signal: null });
      return JSON.parse(run.last.slice('ended '.length)) as { read: number; resumed: boolean };
    };

    // First before anything is kept, then on all the way through the file.
    for (let kills = 0; kills < registerKills; kills++) {
      const looked = kills % 5 === 4;
      const aim = {
        stage: kills === 0 ? 'looking' : 'taking',
        part: kills / registerKills,
        look: looked ? look : null,
      } as const;
      const run = await runImport(told, aim);
      expect(run, `kill ${kills + 1} of ${registerKills}, aimed at ${aim.part}`).toMatchObject({ killed: true });
      if (!looked) continue;
      expect(inClear()).toEqual([]);
      expect(await shown(), 'nobody is found before everybody is').toBe(own);
    }
    expect(await ended()).toEqual({ read: registerRows, resumed: true });
    expect(await shown()).toBe(own + registerRows);

    // The same file once more, which takes the first in; while the index is made it goes fast, so that it may be in place already.
    await runImport(told, { stage: 'indexing', part: 0, look });
    expect(await shown()).toBe(own + registerRows);
    expect((await ended()).read).toBe(registerRows);

    expect(inClear()).toEqual([]);
    expect(readdirSync(directory).filter((name) => name.startsWith('roster-'))).toHaveLength(1);
    await opened(directory, (store) => {
      expect(store.holders.count()).toBe(own + registerRows);
      const rows = people();
      for (const person of everybody(directory, store)) {
        const { value } = rows.next();
        if (JSON.stringify(person) !== JSON.stringify(value)) expect(person).toEqual(value);
      }
      expect(rows.next().done, 'as many rows as the file has').toBe(true);
      for (const person of some(searched)) {
        expect(store.holders.get(person.id)).toEqual(person);
        for (const text of writingsOf(person)) {
          const found = holderQueries(text, machineClock.today()).flatMap((query) => store.holders.find(query));
          expect(
            found.map(({ holder }) => holder.id),
            text,
          ).toContain(person.id);
        }
      }
    });
  },
  soakTimeout,
);
