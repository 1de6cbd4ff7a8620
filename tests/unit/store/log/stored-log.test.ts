import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { parseCheckpoint } from '../../../../main/records/log/checkpoint.ts';
import { parseNote } from '../../../../main/records/log/note.ts';
import { signersOf, verifierKey } from '../../../../main/records/log/note-keys.ts';
import { fromHex, toHex } from '../../../../main/result/bytes.ts';
import { failureCodeOf } from '../../../support/failure-code.ts';
import { caseFacts } from '../../records/case-facts.ts';
import { naiveRoot } from '../../records/log/naive-tree.ts';
import { temporaryFolder, unlockedIn } from '../support.ts';

/*
 * The log of a folder (decision 0017): a leaf and a signed checkpoint with each record, and what is found where somebody
 * who has the file changed it.
 */

async function folderWith(count: number): Promise<string> {
  const folder = temporaryFolder();
  const { records, store } = await unlockedIn(folder);
  for (let number = 1; number <= count; number++) records.append(caseFacts(`case-${number}`), '0.1.0');
  store.close();
  return folder;
}

function withDatabase<Answer>(folder: string, act: (database: Database.Database) => Answer): Answer {
  const database = new Database(join(folder, 'styrk.db'));
  try {
    return act(database);
  } finally {
    database.close();
  }
}

const withoutTriggers = (database: Database.Database): void => {
  const names = database.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all();
  for (const name of names) database.exec(`DROP TRIGGER ${name}`);
};

function tamper(folder: string, sql: string): void {
  withDatabase(folder, (database) => {
    withoutTriggers(database);
    database.exec(sql);
  });
}

/** As the step of the schema leaves the folder of an earlier app: records, and a log that nobody has begun. */
const beforeTheLog = `
  DELETE FROM log_leaves; DELETE FROM log_checkpoint; DELETE FROM log_begun; DELETE FROM marks; DELETE FROM row_marks;`;

const faults = async (folder: string) =>
  (await unlockedIn(folder)).log.check().broken.map(({ number, code }) => [number, code]);

const hashesOf = (folder: string): readonly Uint8Array[] =>
  withDatabase(folder, (database) =>
    database.prepare<[], string>('SELECT hash FROM records ORDER BY number').pluck().all(),
  ).map(fromHex);

describe('the log of a folder', () => {
  it('has with each record a leaf and a checkpoint that the station signed', async () => {
    const { records, log, station } = await unlockedIn(temporaryFolder());
    const key = verifierKey(log.origin, 'ed25519', station.publicKey);
    expect(log.origin).toBe(`styrk.invalid/training/${station.id}`);
    const entries: Uint8Array[] = [];
    for (let number = 0; number <= 20; number++) {
      if (number > 0) entries.push(fromHex(records.append(caseFacts(`case-${number}`), '0.1.0').hash));
      const { size, note } = log.newest();
      const { text } = parseNote(note);
      expect(size).toBe(number);
      expect(signersOf(parseNote(note), [key])).toEqual([{ key, time: null }]);
      const { origin, root } = parseCheckpoint(text);
      expect([origin, toHex(root)]).toEqual([log.origin, naiveRoot(entries)]);
      expect(log.check()).toEqual({ size: number, intact: true, broken: [] });
    }
  });

  it('is one log for two connections', async () => {
    const folder = temporaryFolder();
    const [one, two] = [await unlockedIn(folder), await unlockedIn(folder)];
    for (const [index, { records }] of [one, two, two, one].entries())
      records.append(caseFacts(`case-${index}`), '0.1.0');
    expect(two.log.check()).toEqual({ size: 4, intact: true, broken: [] });
    expect(two.log.newest()).toEqual(one.log.newest());
  });

  it('does not hold what was not kept', async () => {
    const { records, log, atOnce } = await unlockedIn(await folderWith(1));
    const before = log.newest();
    const undone = () =>
      atOnce(() => {
        records.append(caseFacts('case-2'), '0.1.0');
        throw new RangeError('undone');
      });
    expect(undone).toThrow('undone');
    expect(log.newest()).toEqual(before);
    records.append(caseFacts('case-3'), '0.1.0');
    expect(log.check()).toEqual({ size: 2, intact: true, broken: [] });
  });

  it('goes on from what stands there when several were taken back at once', async () => {
    const { records, log, atOnce } = await unlockedIn(temporaryFolder());
    const append = (...ids: readonly string[]): void => {
      for (const id of ids) records.append(caseFacts(id), '0.1.0');
    };
    append('a', 'b', 'c');
    const takenBack = (): void =>
      atOnce(() => {
        append('d', 'e', 'f');
        throw new Error('taken back');
      });
    expect(takenBack).toThrow('taken back');
    append('g');
    expect(takenBack).toThrow('taken back');
    append('h', 'i', 'j', 'k');
    expect(log.check()).toEqual({ size: 8, intact: true, broken: [] });
    expect(records.check()).toMatchObject({ records: 8, intact: true });
  });

  it('cannot be changed, deleted or replaced while the triggers stand', async () => {
    const folder = await folderWith(2);
    withDatabase(folder, (database) => {
      expect(() => database.exec("UPDATE log_leaves SET hashes = x''")).toThrow(/not changed/);
      expect(() => database.exec('DELETE FROM log_leaves')).toThrow(/not deleted/);
      expect(() => database.exec("INSERT OR REPLACE INTO log_leaves VALUES (0, x'')")).toThrow(/not replaced/);
      expect(() => database.exec('DELETE FROM log_checkpoint')).toThrow(/not deleted/);
    });
  });
});

describe('a folder of an earlier app', () => {
  it('gets its log at opening, the same one that it would have had', async () => {
    const folder = await folderWith(9);
    const before = (await unlockedIn(folder)).log.newest();
    tamper(folder, beforeTheLog);
    const { log, records } = await unlockedIn(folder);
    expect(log.newest()).toEqual(before);
    records.append(caseFacts('case-10'), '0.1.0');
    expect(log.check()).toEqual({ size: 10, intact: true, broken: [] });
  });

  it('goes on where it was interrupted', async () => {
    const folder = await folderWith(9);
    const leaves = withDatabase(folder, (database) =>
      database.prepare<[], { leaf: number; hashes: Uint8Array }>('SELECT * FROM log_leaves WHERE leaf < 5').all(),
    );
    tamper(folder, beforeTheLog);
    // Five leaves are there; the checkpoint, which is signed last, is not.
    tamper(
      folder,
      `${leaves.map(({ leaf, hashes }) => `INSERT INTO log_leaves VALUES (${leaf}, x'${toHex(hashes)}');`).join('')}`,
    );
    const { log } = await unlockedIn(folder);
    expect(log.check()).toEqual({ size: 9, intact: true, broken: [] });
    expect(toHex(parseCheckpoint(parseNote(log.newest().note).text).root)).toBe(naiveRoot(hashesOf(folder)));
  });

  it('in which records are gone has a log too: by the next record, or with an empty leaf', async () => {
    const folder = await folderWith(6);
    const hashes = hashesOf(folder);
    tamper(folder, `DELETE FROM records WHERE number IN (2, 4, 5); ${beforeTheLog}`);
    const { log, records } = await unlockedIn(folder);
    expect(records.check().broken.map(({ number }) => number)).toEqual([2, 4, 5]);
    const entries = hashes.map((hash, index) => (index === 3 ? new Uint8Array(0) : hash));
    expect(toHex(parseCheckpoint(parseNote(log.newest().note).text).root)).toBe(naiveRoot(entries));
    expect(log.check()).toEqual({ size: 6, intact: true, broken: [] });
  });

  it('whose chain has no head of the station gets none, and opens', async () => {
    const folder = await folderWith(2);
    tamper(folder, `UPDATE chain_head SET number = 1; ${beforeTheLog}`);
    expect(await faults(folder)).toEqual([[null, 'log.missing']]);
  });
});

describe('what someone with the file can do to the log', () => {
  it.each<[string, string, readonly (readonly [number | null, string])[]]>([
    [
      'a leaf changed',
      'UPDATE log_leaves SET hashes = zeroblob(32) WHERE leaf = 2',
      [
        [3, 'log.leaf-wrong'],
        [null, 'log.root-wrong'],
      ],
    ],
    [
      'a leaf as text',
      "UPDATE log_leaves SET hashes = 'x' WHERE leaf = 2",
      [
        [3, 'log.leaf-wrong'],
        [null, 'log.root-wrong'],
      ],
    ],
    ['a leaf taken out', 'DELETE FROM log_leaves WHERE leaf = 2', [[3, 'log.leaf-wrong']]],
    ['the last leaf taken out', 'DELETE FROM log_leaves WHERE leaf = 4', [[null, 'log.size-wrong']]],
    [
      'a leaf put in',
      'INSERT INTO log_leaves VALUES (5, zeroblob(64))',
      [
        [null, 'log.root-wrong'],
        [null, 'log.size-wrong'],
      ],
    ],
    ['all of it taken out', 'DELETE FROM log_leaves; DELETE FROM log_checkpoint', [[null, 'log.missing']]],
    ['the checkpoint of a smaller size', 'UPDATE log_checkpoint SET size = 4', [[null, 'log.size-wrong']]],
    [
      'the checkpoint written anew',
      "UPDATE log_checkpoint SET note = replace(note, char(10) || '5' || char(10), char(10) || '4' || char(10)), size = 4",
      [[null, 'log.signature-wrong']],
    ],
    ['the checkpoint as no note', "UPDATE log_checkpoint SET note = 'x'", [[null, 'log.signature-wrong']]],
    [
      'a record changed with its hash',
      "UPDATE records SET hash = '00' || substr(hash, 3) WHERE number = 4",
      [[4, 'log.leaf-wrong']],
    ],
  ])('%s is found', async (_, sql, expected) => {
    const folder = await folderWith(5);
    tamper(folder, sql);
    expect(await faults(folder)).toEqual(expected);
  });

  const notBuiltUpon = [
    ['DELETE FROM log_leaves; DELETE FROM log_checkpoint', 'log.missing'],
    ['UPDATE log_leaves SET hashes = zeroblob(96) WHERE leaf = 3', 'log.root-wrong'],
    ['DELETE FROM log_leaves WHERE leaf = 3', 'log.root-wrong'],
    ["UPDATE log_checkpoint SET note = replace(note, 'training', 'tr4ining')", 'log.signature-wrong'],
    ['UPDATE log_checkpoint SET size = 4', 'log.size-wrong'],
  ] as const;

  it('is not built upon', async () => {
    for (const [sql, code] of notBuiltUpon) {
      const folder = await folderWith(5);
      tamper(folder, sql);
      const { records } = await unlockedIn(folder);
      expect([sql, failureCodeOf(() => records.append(caseFacts('case-6'), '0.1.0'))]).toEqual([sql, code]);
      expect(records.count()).toBe(5);
    }
  });

  it('is not built upon by the connection that signed the newest checkpoint itself', async () => {
    for (const [sql, code] of [
      ...notBuiltUpon,
      ['UPDATE log_leaves SET hashes = zeroblob(32) WHERE leaf = 4', 'log.root-wrong'] as const,
    ]) {
      const folder = await folderWith(4);
      const { records } = await unlockedIn(folder);
      records.append(caseFacts('case-5'), '0.1.0');
      tamper(folder, sql);
      expect([sql, failureCodeOf(() => records.append(caseFacts('case-6'), '0.1.0'))]).toEqual([sql, code]);
      expect(records.count()).toBe(5);
    }
  });

  it('that of another folder is not its own', async () => {
    const [folder, other] = [await folderWith(3), await folderWith(3)];
    const note = (await unlockedIn(other)).log.newest().note;
    withDatabase(folder, (database) => database.prepare('UPDATE log_checkpoint SET note = ?').run(note));
    expect(await faults(folder)).toEqual([[null, 'log.signature-wrong']]);
  });
});
