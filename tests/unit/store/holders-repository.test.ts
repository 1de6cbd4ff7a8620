import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Holder } from '../../../main/holders/holder.ts';
import { holderQueries } from '../../../main/holders/search.ts';
import { asFailure, Failure } from '../../../main/result/failure.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { openStore } from '../../../main/store/open-store.ts';
import type { HoldersRepository } from '../../../main/store/types.ts';
import { beforeHolderTokens, ownKeyFileProvider, random, temporaryFolder, today, unlockedIn } from './support.ts';

// Numbers of Skatteverket's published test series.
const asa: Holder = {
  id: 'c1',
  personalNumber: '199006022397',
  givenNames: 'Åsa Linnéa',
  surname: 'Öberg',
  birthDate: '1990-06-02' as PlainDate,
};
const bo: Holder = { id: 'c2', personalNumber: '199107172380', givenNames: 'Bo', surname: 'Öberg', birthDate: null };
const hans: Holder = { id: 'C3/x', personalNumber: null, givenNames: 'Hans', surname: 'Müller', birthDate: null };

const found = (holders: HoldersRepository, text: string) =>
  holderQueries(text, today)
    .flatMap((query) => holders.find(query))
    .map(({ holder, matchedBy }) => [holder.id, matchedBy]);

function tooMany(act: () => unknown): unknown {
  try {
    act();
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    return code === 'holder.too-many' ? fields.count : code;
  }
  return null;
}

describe('the register', () => {
  it('finds by number, id and words of the name, also after the next start', async () => {
    const folder = temporaryFolder();
    (await unlockedIn(folder)).holders.importAll([asa, bo, hans]);
    const { holders } = await unlockedIn(folder);
    expect(found(holders, '900602-2397')).toEqual([['c1', 'personal-number']]);
    expect(found(holders, 'C3/x')).toEqual([['C3/x', 'id']]);
    // As who reads the language looks for them: in Swedish Bo comes before Åsa, in English Åsa before Bo.
    const named = (language?: string) =>
      holders.find({ kind: 'name', words: ['OBERG'] }, 50, language).map(({ holder }) => holder.id);
    expect(named('sv')).toEqual(['c2', 'c1']);
    expect(named('en')).toEqual(['c1', 'c2']);
    expect(named()).toEqual(['c1', 'c2']);
    expect(found(holders, 'OEBERG AASA')).toEqual([['c1', 'name']]);
    expect(found(holders, 'Öberg Hans')).toEqual([]);
    // Of more than are shown nobody is: the one who is meant might be left out.
    expect(tooMany(() => holders.find({ kind: 'name', words: ['OBERG'] }, 1))).toBe(2);
    expect(holders.get('c1')).toEqual(asa);
    expect(holders.get('c9')).toBeNull();
    expect(holders.count()).toBe(3);
  });

  it('finds whose document it is known to be, also of those whom an earlier app left without tokens for it', async () => {
    const folder = temporaryFolder();
    const seen = { seenBy: 'XX', seenOn: '2025-01-01' as PlainDate };
    const known = { issuer: 'UTO', kind: 'passport', number: 'L898902C3' } as const;
    const { holders } = await unlockedIn(folder);
    holders.importAll([{ ...hans, documents: [{ ...known, ...seen }] }, bo]);
    const by = (
      register: HoldersRepository,
      document: typeof known | { readonly [Key in keyof typeof known]: string },
    ) =>
      register
        .find({ kind: 'document', document: document as typeof known })
        .map(({ holder, matchedBy }) => [holder.id, matchedBy]);
    expect(by(holders, known)).toEqual([['C3/x', 'document']]);
    expect(by(holders, { ...known, number: 'L898902C4' })).toEqual([]);
    expect(by(holders, { ...known, issuer: 'SWE' })).toEqual([]);

    const database = new Database(join(folder, 'styrk.db'));
    database.exec('UPDATE holders SET tokenized = 2; DELETE FROM holder_tokens');
    database.close();
    expect(by((await unlockedIn(folder)).holders, known)).toEqual([['C3/x', 'document']]);
  });

  it('replaces a holder by id, old names and number gone', async () => {
    const { holders } = await unlockedIn(temporaryFolder());
    holders.importAll([asa, bo]);
    const changed: Holder = { ...asa, surname: 'Ek', personalNumber: '197010632391' };
    expect(holders.importAll([changed, hans])).toEqual({ added: 1, replaced: 1, sharing: [] });
    expect(holders.get('c1')).toEqual(changed);
    expect(found(holders, '199006022397')).toEqual([]);
    expect(found(holders, 'Åsa Öberg')).toEqual([]);
    expect(found(holders, 'Åsa Ek')).toEqual([['c1', 'name']]);
  });

  it('lets the register name by its own id whom a case took from a document; a case never takes the place of anybody', async () => {
    const { holders } = await unlockedIn(temporaryFolder());
    const taken: Holder = { ...asa, id: 'case-1', fromDocument: true };
    holders.importAll([taken]);
    expect(holders.importAll([asa])).toEqual({ added: 1, replaced: 0, sharing: [] });
    expect(holders.get('case-1')).toBeNull();
    expect(found(holders, '900602-2397')).toEqual([['c1', 'personal-number']]);
    // A case's person with the same number stands beside the register's, who stays.
    holders.importAll([{ ...taken, id: 'case-2' }]);
    expect(found(holders, '900602-2397').map(([id]) => id)).toEqual(['c1', 'case-2']);
    expect(holders.get('c1')).toEqual(asa);
  });

  it('lets two holders swap their numbers in one import', async () => {
    const { holders } = await unlockedIn(temporaryFolder());
    holders.importAll([asa, bo]);
    holders.importAll([
      { ...asa, personalNumber: bo.personalNumber },
      { ...bo, personalNumber: asa.personalNumber },
    ]);
    expect(found(holders, '199006022397')).toEqual([['c2', 'personal-number']]);
  });

  // Eur J Epidemiol 2009, 9350: 15 887 numbers had been given to a second person by 2008.
  it('takes two holders with one number, and names the lines', async () => {
    const { holders } = await unlockedIn(temporaryFolder());
    expect(holders.importAll([asa, hans], [2, 3])).toEqual({ added: 2, replaced: 0, sharing: [] });
    const second = { ...bo, personalNumber: asa.personalNumber };
    expect(holders.importAll([{ ...hans, surname: 'Ek' }, second], [2, 4])).toEqual({
      added: 1,
      replaced: 1,
      sharing: [4],
    });
    expect(holders.importAll([asa, second])).toMatchObject({ replaced: 2, sharing: [1, 2] });
    expect(found(holders, '900602-2397').map(([id]) => id)).toEqual(['c1', 'c2']);
    expect(holders.importAll([{ ...second, personalNumber: null }]).sharing).toEqual([]);
    expect(found(holders, '900602-2397').map(([id]) => id)).toEqual(['c1']);
  });

  it('keeps somebody whom a case took from a document where the register gives the number to one born on another day', async () => {
    const { holders } = await unlockedIn(temporaryFolder());
    holders.importAll([{ ...asa, id: 'case-1', fromDocument: true }]);
    const other = { ...bo, personalNumber: asa.personalNumber, birthDate: '1990-06-03' as PlainDate };
    expect(holders.importAll([other])).toEqual({ added: 1, replaced: 0, sharing: [1] });
    expect(holders.get('case-1')).toMatchObject({ fromDocument: true });
  });

  it('finds a person by a former number, and keeps numbers of other states sealed with the person', async () => {
    const { holders } = await unlockedIn(temporaryFolder());
    const former = {
      country: 'SWE',
      key: '197010632391',
      validFrom: null,
      validTo: '2019-04-01' as PlainDate,
      replacedBecause: 'coordination-number',
    } as const;
    const finnish = { ...former, country: 'FIN', key: '131052-308T', validTo: null, replacedBecause: null } as const;
    const holder: Holder = { ...asa, numbers: [former, finnish] };
    holders.importAll([holder]);
    expect(found(holders, '701063-2391')).toEqual([['c1', 'personal-number']]);
    expect(holders.get('c1')).toEqual(holder);
  });

  it('finds by the beginnings of words, whole ones first, and by what narrows a common name', async () => {
    const { holders } = await unlockedIn(temporaryFolder());
    const sam: Holder = { ...asa, id: 'c4', personalNumber: null, givenNames: 'Sam', surname: 'Ek' };
    const samuel: Holder = { ...sam, id: 'c5', givenNames: 'Erik', surname: 'Samuelsson' };
    holders.importAll([asa, bo, hans, samuel, sam]);
    expect(found(holders, 'sam')).toEqual([
      ['c4', 'name'],
      ['c5', 'name'],
    ]);
    expect(found(holders, 'öb bo')).toEqual([['c2', 'name']]);
    expect(found(holders, 'Samuel Eri')).toEqual([['c5', 'name']]);
    expect(found(holders, 'Öberg 1990-06-02')).toEqual([['c1', 'name']]);
    // Where no birth date is on file, the day that the number names.
    expect(found(holders, 'Öberg 1991-07-17')).toEqual([['c2', 'name']]);
    expect(found(holders, 'Öberg 1991')).toEqual([['c2', 'name']]);
    expect(found(holders, 'Öberg, Å.')).toEqual([['c1', 'name']]);
    // A given name with the initial of another, or of itself.
    expect(found(holders, 'Eri E')).toEqual([['c5', 'name']]);
    expect(found(holders, 'Öberg X')).toEqual([]);
    expect(found(holders, 'Öberg 1990-06-03')).toEqual([]);
  });

  it('answers how many have a common name, and finds one of them by birth date, year or initial', async () => {
    const { holders } = await unlockedIn(temporaryFolder());
    const many = Array.from({ length: 2_500 }, (_, index): Holder => {
      const day = `19${50 + (index % 50)}-01-${String(1 + Math.floor(index / 50 / 2)).padStart(2, '0')}`;
      return {
        id: `m${index}`,
        personalNumber: null,
        givenNames: index % 25 === 0 ? 'Britt' : 'Anna',
        surname: 'Andersson',
        birthDate: day as PlainDate,
      };
    });
    holders.importAll(many);
    const query = (text: string) => holderQueries(text, today).filter(({ kind }) => kind === 'name');
    expect(tooMany(() => query('Andersson').flatMap((each) => holders.find(each)))).toBe(2_500);
    expect(tooMany(() => query('Anna Andersson').flatMap((each) => holders.find(each)))).toBe(2_400);
    expect(found(holders, 'Andersson Anna 1951-01-01').map(([id]) => id)).toEqual(['m1', 'm51']);
    expect(found(holders, 'Andersson 1950 Britt')).toHaveLength(50);
  });

  it('finds nobody of a protected identity by the name alone', async () => {
    const { holders } = await unlockedIn(temporaryFolder());
    holders.importAll([{ ...asa, protected: { since: null }, reference: 'case 7' }]);
    for (const text of ['Öberg', 'Åsa Öberg', 'öb', 'Öberg 1990', 'Öberg Å']) expect(found(holders, text)).toEqual([]);
    for (const text of ['900602-2397', 'c1', 'case 7', 'Öberg 1990-06-02'])
      expect(found(holders, text).map(([id]) => id)).toEqual(['c1']);
  });

  it('of an app before the tokens are found as before, and more', async () => {
    const folder = temporaryFolder();
    (await unlockedIn(folder)).holders.importAll([asa, bo]);
    const database = new Database(join(folder, 'styrk.db'));
    database.exec(`${beforeHolderTokens} PRAGMA user_version = 11`);
    database.close();
    const { holders } = await unlockedIn(folder);
    expect(found(holders, '900602-2397')).toEqual([['c1', 'personal-number']]);
    expect(found(holders, 'öbe')).toHaveLength(2);
    expect(holders.importAll([{ ...bo, id: 'c9' }])).toEqual({ added: 1, replaced: 0, sharing: [1] });
  });

  it('of an app whose given names had no tokens with the initials are found by them too', async () => {
    const folder = temporaryFolder();
    (await unlockedIn(folder)).holders.importAll([asa, bo]);
    const database = new Database(join(folder, 'styrk.db'));
    database.exec('UPDATE holders SET tokenized = 1; DELETE FROM holder_tokens WHERE holder = 1');
    database.close();
    const { holders } = await unlockedIn(folder);
    expect(found(holders, 'Åsa Å')).toEqual([['c1', 'name']]);
    expect(found(holders, '900602-2397')).toEqual([['c1', 'personal-number']]);
  });

  it('refuses rows that were moved from one holder to another', async () => {
    const folder = temporaryFolder();
    const { holders } = await unlockedIn(folder);
    holders.importAll([asa, bo]);
    const database = new Database(join(folder, 'styrk.db'));
    database.exec('UPDATE holders SET sealed = (SELECT sealed FROM holders WHERE row = 2) WHERE row = 1');
    database.close();
    expect(() => holders.get('c1')).toThrow(Failure);
    expect(holders.get('c2')).toEqual(bo);
  });

  // A record must be kept whatever else is written: sealing a large register takes minutes, its transaction may not.
  it('leaves the folder to other writers while it seals what it imports', async () => {
    const folder = temporaryFolder();
    let during = 0;
    let writer: Database.Database | null = null;
    const store = openStore({
      directory: folder,
      kind: 'training',
      create: true,
      random: (length) => {
        if (writer !== null) during += writer.prepare("UPDATE settings SET value = value || '1'").run().changes;
        return random(length);
      },
    });
    const { holders } = await store.unlock(ownKeyFileProvider);
    store.settings.set('count', 0);
    writer = new Database(join(folder, 'styrk.db'), { timeout: 0 });
    holders.importAll([asa, bo, hans]);
    writer.close();
    store.close();
    expect(during).toBe(3);
  });
});
