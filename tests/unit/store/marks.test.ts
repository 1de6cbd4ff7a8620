import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentDigest } from '../../../main/crypto/mark.ts';
import { toHex } from '../../../main/result/bytes.ts';
import { asFailure } from '../../../main/result/failure.ts';
import { readKeyFile } from '../../../main/store/key-file.ts';
import { markKeyFile } from '../../../main/store/marks/mark-key.ts';
import { markEverything } from '../../../main/store/marks/mark-tables.ts';
import { markedTables } from '../../../main/store/marks/marked-tables.ts';
import { first } from '../../../main/store/migrations/0001-first.ts';
import { trust as trustTables } from '../../../main/store/migrations/0002-trust.ts';
import { trustUpdates } from '../../../main/store/migrations/0003-trust-updates.ts';
import { policies } from '../../../main/store/migrations/0004-policies.ts';
import { openStore } from '../../../main/store/open-store.ts';
import type { Store } from '../../../main/store/types.ts';
import type { StoredCertificate } from '../../../main/trust/types.ts';
import { parseCertificate } from '../../../main/trust/x509/certificate.ts';
import { summarise } from '../../../main/trust/x509/summarise.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { fromOutside } from '../../support/from-outside.ts';
import { madeAuthorities } from '../../support/made-trust-files.ts';
import { soaking } from '../../support/soak-numbers.ts';
import { caseFacts } from '../records/case-facts.ts';
import { fill, readEverything } from './full-store.ts';
import { beforeHolderTokens, openIn, ownKeyFileProvider, random, temporaryFolder, trustChange } from './support.ts';

/** Why each other table needs no mark. */
const otherTables: Readonly<Record<string, string>> = {
  key_slots: 'wrapped keys: a changed one opens nothing',
  holders: 'sealed row by row under the master key',
  holders_leaving: 'rows of people who count no more; whom it hides falsely is not on file, which accepts nobody',
  holder_tokens: 'tokens keyed by the master key, which lead to sealed rows',
  holder_beginnings: 'tokens keyed by the master key alone',
  roster_layers: 'the marked head of the register names those that count',
  records: 'chained and signed (decision 0005)',
  chain_head: 'signed by the station',
  acts_head: 'signed by the station',
  records_checked: 'its own mark, under a key of the master key (docs/records.md)',
  log_leaves: 'a tree over the records, which leads to the signed checkpoint (decision 0017)',
  log_checkpoint: 'signed by the station',
  log_cosigned: 'signed by station and witness; what does not fit the configured key is not given out',
  log_findings: 'what a witness said: told and no more, and it says it again when it is asked',
  marks: 'the mark over all tables itself',
  referrals: 'sealed with their ids under the master key; the record of each stands in the chain',
  referrals_handed: 'the seal in `referrals` says the same, and does not open where it is changed',
  record_retention: 'follows from the records; what is erased an act says, which is marked',
  retention_indexed: 'how far it follows; where its rows do not fit, it is made anew',
  hold_reasons: 'sealed under the master key, each bound to its act',
  row_marks: 'marks themselves; that over all tables decides',
  mark_key: 'sealed under the master key',
  received_orders: 'sealed row by row under the master key, each bound to its name',
  known_documents:
    'sealed row by row under the master key, each bound to its record and its person; less of it lets nobody pass',
  directory_cache: 'sealed row by row under the master key, each bound to what was asked and its age',
  answer_key: 'sealed under the master key',
  outbox: "headquarters' own mark decides what is sent; what is remembered here is told and no more",
  outgoing_answers: 'numbers of orders, whose answers are sealed and signed',
  delivery_state: 'how the last delivery ended: told and no more',
  pull_state: 'how the last fetching from headquarters ended: told and no more',
  pull_refused: 'what of it could not be taken: told and no more',
  parcels_sent:
    'acts and seals decide what goes, headquarters is asked what lies there, and whoever it is for takes it once',
  parcels_refused: 'what of other stations could not be taken: told, and tried later',
  parcel_state: 'how the last exchange with other stations ended: told and no more',
  outgoing_erasures: 'what acts say that was erased, which are marked; the station signs each when it goes out',
  bank_services: 'sealed under the master key, each bound to its system',
};

/*
 * The trust store at rest: whoever can write the database but does not hold the key of its marks is noticed before a
 * verdict rests on what he wrote (docs/decisions/0012).
 */

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

const files = ['styrk.db', 'styrk.mark-key', 'training.key'];
let filled = '';

beforeAll(async () => {
  filled = mkdtempSync(join(tmpdir(), 'styrk-marks-'));
  const store = openStore({ directory: filled, kind: 'training', create: true, random });
  await fill(store);
  store.close();
});

afterAll(() => rmSync(filled, { recursive: true, force: true }));

/** The filled folder once more, as it was before anybody touched it. */
function copyOfFilled(): string {
  const folder = temporaryFolder();
  for (const name of files) copyFileSync(join(filled, name), join(folder, name));
  return folder;
}

/** Writes into the schema itself, past the parser. */
function writeSchema(path: string, sql: string, ...values: readonly string[]): void {
  const database = new Database(path);
  try {
    database.unsafeMode(true);
    database.pragma('writable_schema = ON');
    database.prepare(sql).run(...values);
    database.pragma(`schema_version = ${Number(database.pragma('schema_version', { simple: true })) + 1}`);
  } finally {
    database.close();
  }
}

/** Empties an index; the schema says the same of it afterwards as before. */
function emptyIndex(path: string, name: string): void {
  const database = new Database(path, { readonly: true });
  const sql = String(database.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(name));
  database.close();
  const setSql = 'UPDATE sqlite_schema SET sql = ? WHERE name = ?';
  writeSchema(path, setSql, `${sql.replace(/ WHERE .*$/, '')} WHERE 0`, name);
  fromOutside(path, `REINDEX ${name}`);
  writeSchema(path, setSql, sql, name);
}

const databaseIn = (folder: string): string => join(folder, 'styrk.db');

/** What reading all that a verdict rests on ends in. */
async function codeOfReading(store: Store): Promise<string | null> {
  return readEverything(store).then(
    () => null,
    (thrown) => asFailure(thrown).code,
  );
}

// A generator with a seed, so that a run that fails can be made again.
function chances(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** SQL that changes, inserts or deletes one row of a table, at random. */
function singleRowChange(
  folder: string,
  table: string,
  what: 'change' | 'insert' | 'delete',
  chance: (bound: number) => number,
): string {
  const database = new Database(databaseIn(folder), { readonly: true });
  try {
    const columns = database.prepare<[string], Column>('SELECT name, type, pk FROM pragma_table_info(?)').all(table);
    const count = Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
    const key = columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
    const row = `(${key.join(', ')}) IN (SELECT ${key.join(', ')} FROM ${table} LIMIT 1 OFFSET ${chance(count)})`;
    const altered = (column: Column): string =>
      column.type === 'INTEGER'
        ? `coalesce(${column.name}, 0) + ${1 + chance(9)}`
        : column.type === 'BLOB'
          ? `CAST(coalesce(${column.name}, x'') || x'0${chance(10)}' AS BLOB)`
          : `coalesce(${column.name}, '') || char(${chance(2) === 0 ? 0 : 65 + chance(26)}) || '${chance(1000)}'`;
    const others = columns.filter(
      ({ pk, name }) => pk === 0 && name !== 'accepted' && name !== 'kind' && name !== 'added_by',
    );
    const plain = columns.filter(
      ({ name }) => name !== 'kind' && !['only_row', 'source', 'added_by', 'accepted'].includes(name),
    );
    const [some] = [(others.length > 0 ? others : plain)[chance((others.length > 0 ? others : plain).length)]];
    if (some === undefined) throw new Error('no column');
    if (what === 'delete') return `DELETE FROM ${table} WHERE ${row}`;
    if (what === 'change') return `UPDATE ${table} SET ${some.name} = ${altered(some)} WHERE ${row}`;
    const fresh = columns.map((column) => (plain.includes(column) ? altered(column) : column.name));
    // A table of one row takes no second one: its row is written over.
    return `INSERT OR REPLACE INTO ${table} SELECT ${fresh.join(', ')} FROM ${table} WHERE ${row}`;
  } finally {
    database.close();
  }
}

describe('every table', () => {
  it('is marked, or it is said why it need not be', () => {
    const database = new Database(databaseIn(copyOfFilled()));
    const tables = database
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
      )
      .pluck()
      .all();
    const empty = markedTables.filter(
      ({ name }) => database.prepare(`SELECT count(*) FROM ${name}`).pluck().get() === 0,
    );
    database.close();
    expect([...markedTables.map(({ name }) => name), ...Object.keys(otherTables)].sort()).toEqual(tables.sort());
    // The tests below try each of them.
    expect(empty).toEqual([]);
  });
});

describe('changes from outside', () => {
  const kinds = ['change', 'insert', 'delete'] as const;
  const rounds = soaking ? 5 : 1;
  const tried = markedTables.flatMap(({ name }) => kinds.map((what) => [name, what] as const));

  // 14 tables and 3 kinds: 42 single-row changes, 210 with STYRK_SOAK=1.
  it.each(tried)('%s: each %s of one row is noticed before it can serve a verdict', async (table, what) => {
    const chance = chances(tried.findIndex(([name, kind]) => name === table && kind === what) + 1);
    for (let round = 0; round < rounds; round++) {
      const folder = copyOfFilled();
      const sql = singleRowChange(folder, table, what, chance);
      fromOutside(databaseIn(folder), sql);
      const store = openIn(folder);
      expect(await codeOfReading(store), sql).toBe('trust.tampered');
      const { whole, touched } = store.integrity();
      expect(whole, sql).toBe(false);
      expect(new Set(touched.map((row) => row.table)), sql).toEqual(new Set([table]));
      // A row whose key was changed is another row, and a table of one row takes no second one.
      const told = what === 'delete' ? 'deleted' : expect.stringMatching(/inserted|changed/);
      expect(touched[0], sql).toMatchObject({ what: told });
      store.close();
    }
  });

  it('is noticed in a folder that is open', async () => {
    const folder = copyOfFilled();
    const store = openIn(folder);
    expect(await codeOfReading(store)).toBeNull();
    fromOutside(databaseIn(folder), "UPDATE certificates SET country = 'XX' WHERE fingerprint = 'c1'");
    expect(await codeOfReading(store)).toBe('trust.tampered');
    // As it was: nothing is wrong any more.
    fromOutside(databaseIn(folder), "UPDATE certificates SET country = 'UT' WHERE fingerprint = 'c1'");
    expect(await codeOfReading(store)).toBeNull();
  });

  it('does not take a row together with its mark unnoticed, or bring an older one back', async () => {
    const folder = copyOfFilled();
    fromOutside(
      databaseIn(folder),
      "DELETE FROM revocation_lists WHERE fingerprint = 'r1'; DELETE FROM row_marks WHERE row_key = '[\"r1\"]'",
    );
    const store = openIn(folder);
    expect(await codeOfReading(store)).toBe('trust.tampered');
    expect(store.integrity().touched).toEqual([{ table: 'revocation_lists', key: null, what: 'not told' }]);
  });

  it.each([
    ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON records BEGIN DELETE FROM revocation_lists; END'],
    ['a view', 'CREATE VIEW v AS SELECT 1'],
    ['an index taken away', 'DROP INDEX certificates_by_subject'],
    ['the mark over all', 'UPDATE marks SET number = number + 1'],
    ['the marks of the tables', 'UPDATE marks SET tables = replace(tables, \'"pins":"\', \'"pins":"0\')'],
    ['no mark over all', 'DELETE FROM marks'],
  ])('%s is noticed', async (_, sql) => {
    const folder = copyOfFilled();
    fromOutside(databaseIn(folder), sql);
    expect(await codeOfReading(openIn(folder))).toBe('trust.tampered');
  });

  // A schema that is written by hand gives a trigger a name that SQLite keeps for itself, or that of a table: what it then puts
  // in would be part of our change, and be marked as ours.
  it.each(['sqlite_t', 'SQLITE_STAT1', 'certificates'])('a trigger under the name %s is noticed', async (name) => {
    const folder = copyOfFilled();
    const store = openIn(folder);
    writeSchema(
      databaseIn(folder),
      "INSERT INTO sqlite_schema VALUES ('trigger', ?, 'trust_sources', 0, ?)",
      name,
      `CREATE TRIGGER ${name} AFTER INSERT ON trust_sources BEGIN DELETE FROM revocation_lists; END`,
    );
    expect(failureCodeOf(() => store.trust.apply(trustChange({})))).toBe('trust.tampered');
    expect(await codeOfReading(openIn(folder))).toBe('trust.tampered');
  });

  // Rows are found by indexes. While the app runs nobody checks the file as a whole.
  it.each(['revocation_lists_by_country', 'certificates_by_subject', 'pins_standing'])(
    'the index %s, emptied past SQLite, is noticed, and mending brings its rows back',
    async (name) => {
      const folder = copyOfFilled();
      const store = openIn(folder);
      const lists = (await store.trust.revocationLists?.('UT')) ?? [];
      expect(lists).not.toEqual([]);
      const { acts } = await store.unlock(ownKeyFileProvider);
      emptyIndex(databaseIn(folder), name);
      expect(await codeOfReading(store)).toBe('trust.tampered');
      acts.recordMending(
        { kind: 'trust.mend', at: '2026-11-23T09:00:00Z', signs: ['A', 'B'], reason: 'x', detail: {} },
        () => null,
      );
      expect(await codeOfReading(store)).toBeNull();
      expect(await store.trust.revocationLists?.('UT')).toEqual(lists);
    },
  );

  it('contents that were exchanged are not marked as ours where we change another column of their row', async () => {
    const folder = copyOfFilled();
    const store = openIn(folder);
    const orphan = { ...store.trust.list()[0], verifiedBy: null } as StoredCertificate;
    const summary = { ...orphan.summary, fingerprint: 'waits' };
    store.trust.apply(trustChange({ certificates: [{ ...orphan, summary }] }));
    fromOutside(
      databaseIn(folder),
      "UPDATE certificates SET der = CAST('of a thief' AS BLOB) WHERE fingerprint = 'waits'",
    );
    const listed = trustChange({ digest: 'another', certificates: [{ ...orphan, summary, verifiedBy: 'waits' }] });
    expect(failureCodeOf(() => store.trust.apply(listed))).toBe('trust.tampered');
    expect(failureCodeOf(() => store.trust.get('waits'))).toBe('trust.tampered');
  });

  it('an older state of all that is marked is noticed beside records of a later day', async () => {
    const folder = copyOfFilled();
    const older = databaseIn(copyOfFilled());
    const store = openIn(folder);
    const { records, acts } = await store.unlock(ownKeyFileProvider);
    store.trust.apply(trustChange({ revocationLists: [] }));
    records.append(caseFacts('later', { begunAt: '2027-02-01T08:00:00Z', endedAt: '2027-02-01T08:01:00Z' }), '1');
    expect(await codeOfReading(store)).toBeNull();
    const marked = [...markedTables.map(({ name }) => name), 'marks', 'row_marks'];
    fromOutside(
      databaseIn(folder),
      `ATTACH '${older}' AS older; ${marked.map((name) => `DELETE FROM main.${name}; INSERT INTO main.${name} SELECT * FROM older.${name};`).join(' ')}`,
    );
    expect(await codeOfReading(store)).toBe('trust.tampered');
    expect(store.integrity().touched).toEqual([{ table: 'newest_day', key: null, what: 'not told' }]);
    acts.recordMending(
      { kind: 'trust.mend', at: '2027-02-01T09:00:00Z', signs: ['A', 'B'], reason: 'x', detail: {} },
      () => null,
    );
    expect(await codeOfReading(store)).toBeNull();
    expect(store.newestDay()?.day).toBe('2027-02-01');
  });

  it('makes no later change of ours vouch for it', async () => {
    const folder = copyOfFilled();
    const store = openIn(folder);
    fromOutside(databaseIn(folder), "INSERT INTO settings VALUES ('x', '1')");
    expect(failureCodeOf(() => store.trust.apply(trustChange({})))).toBe('trust.tampered');
    expect(failureCodeOf(() => store.settings.set('language', 'en'))).toBe('trust.tampered');
    // Nobody knows whose settings they are.
    expect(store.settings.get('language')).toBeUndefined();
  });

  it('keeps records all the same', async () => {
    const folder = copyOfFilled();
    const store = openIn(folder);
    fromOutside(databaseIn(folder), 'DELETE FROM pins');
    const { records } = await store.unlock(ownKeyFileProvider);
    expect(records.check()).toMatchObject({ intact: true, records: 1 });
  });
});

describe('contents whose key is their digest', () => {
  const made = madeAuthorities(20).map((der) => new Uint8Array(der));
  const station = () => {
    const folder = copyOfFilled();
    const store = openIn(folder);
    store.trust.insert(
      made.map((der) => {
        const parsed = parseCertificate(der);
        const sources = [{ kind: 'pinned' as const, digest: parsed.fingerprint, date: null }];
        return { summary: summarise(parsed, 'self-signed'), der, verifiedBy: null, sources };
      }),
    );
    return { folder, store };
  };

  it('are known by it, which the mark of the table holds: no row is looked up', () => {
    const { folder, store } = station();
    const before = store.trust.list();
    fromOutside(databaseIn(folder), 'DELETE FROM row_marks WHERE length(row_key) > 60');
    expect(store.trust.list()).toEqual(before);
    expect(before.filter(({ der }) => made.some((each) => Buffer.from(each).equals(der)))).toHaveLength(made.length);
    expect(before.filter(({ sources }) => sources.length !== 1).map(({ summary }) => summary.fingerprint)).toEqual([]);
    // What a look at every row tells is another matter.
    expect(store.integrity().whole).toBe(false);
  });

  it.each([
    ['one content', 'x', "UPDATE certificates SET der = x'3000' WHERE fingerprint = '@'"],
    [
      'a row and its mark',
      'x',
      "DELETE FROM certificates WHERE fingerprint = '@'; DELETE FROM row_marks WHERE row_key = '[\"@\"]'",
    ],
    [
      'the key as well',
      'x',
      `UPDATE certificates SET der = x'3000', fingerprint = '${contentDigest(Uint8Array.of(0x30, 0))}' WHERE fingerprint = '@'`,
    ],
  ])('%s that others changed is noticed when it is used', (_, __, sql) => {
    const { folder, store } = station();
    const one = parseCertificate(made[7] ?? new Uint8Array()).fingerprint;
    expect(store.trust.get(one)).not.toBeNull();
    fromOutside(databaseIn(folder), `PRAGMA foreign_keys = OFF; ${sql.replaceAll('@', one)}`);
    expect(failureCodeOf(() => store.trust.list())).toBe('trust.tampered');
    expect(failureCodeOf(() => openIn(folder).trust.list())).toBe('trust.tampered');
  });
});

describe('changes of ours', () => {
  it('are marked by each connection and known to the others', async () => {
    const folder = copyOfFilled();
    const [one, two] = [openIn(folder), openIn(folder)];
    for (let round = 0; round < 3; round++) {
      one.settings.set('language', `one ${round}`);
      two.trust.apply(trustChange({ digest: `two ${round}` }));
      expect(await codeOfReading(one)).toBeNull();
      expect(await codeOfReading(two)).toBeNull();
    }
    expect(one.trust.undoLast({ signs: ['A', 'B'], at: '2026-11-23T09:00:00Z' })).not.toBeNull();
    expect(openIn(folder).integrity()).toEqual({ whole: true, touched: [], adoptedAt: null });
  });

  it('that fail leave marks and rows as they were', async () => {
    const folder = copyOfFilled();
    const store = openIn(folder);
    expect(() =>
      store.trust.atOnce(() => {
        store.settings.set('language', 'de');
        throw new Error('torn');
      }),
    ).toThrow('torn');
    expect(store.settings.get('language')).toBe('sv');
    store.settings.set('language', 'en');
    expect(openIn(folder).integrity().whole).toBe(true);
  });
});

describe('the key of the marks', () => {
  it('lies beside the database, for its owner alone, and not in it', () => {
    const folder = copyOfFilled();
    openIn(folder);
    if (process.platform !== 'win32') expect(statSync(markKeyFile(filled)).mode & 0o777).toBe(0o600);
  });

  it('that is gone leaves nothing believed, and comes back with the unlocking', async () => {
    const folder = copyOfFilled();
    rmSync(markKeyFile(folder));
    const store = openIn(folder);
    expect(await codeOfReading(store)).toBe('trust.tampered');
    await store.unlock(ownKeyFileProvider);
    expect(await codeOfReading(store)).toBeNull();
    expect(existsSync(markKeyFile(folder))).toBe(true);
  });

  it('that was exchanged together with all marks is known when the folder is unlocked', async () => {
    const folder = copyOfFilled();
    // The thief can write both the database and the key beside it; what is sealed under the master key he cannot make.
    const key = new Uint8Array(32).fill(7);
    writeFileSync(markKeyFile(folder), toHex(key));
    const database = new Database(databaseIn(folder));
    database.exec("DELETE FROM revocation_lists; UPDATE settings SET value = '1'");
    database.transaction(() => markEverything(database, key, null))();
    database.close();
    const store = openIn(folder);
    expect(await codeOfReading(store)).toBeNull();
    await store.unlock(ownKeyFileProvider);
    expect(await codeOfReading(store)).toBe('trust.tampered');
  });
});

describe('a folder of an earlier app', () => {
  function earlier(): string {
    const folder = temporaryFolder();
    const database = new Database(databaseIn(folder));
    database.pragma(`application_id = ${0x53747954}`);
    for (const step of [first, trustTables, trustUpdates, policies]) database.exec(step);
    database.pragma('user_version = 4');
    database.exec("INSERT INTO folder VALUES (1, 'f', 'training'); INSERT INTO settings VALUES ('language', '\"sv\"')");
    database.close();
    return folder;
  }

  it('is marked as it is found, once, which is kept', async () => {
    const folder = earlier();
    const store = openIn(folder);
    expect(await codeOfReading(store)).toBeNull();
    expect(store.settings.get('language')).toBe('sv');
    const { adoptedAt } = store.integrity();
    expect(adoptedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    store.settings.set('language', 'en');
    expect(openIn(folder).integrity()).toEqual({ whole: true, touched: [], adoptedAt });
  });

  // It would act in our name from then on, and what it writes be marked as ours.
  it.each([
    ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON records BEGIN DELETE FROM revocation_lists; END'],
    ['a view', 'CREATE VIEW v AS SELECT 1'],
    ['an index taken away', 'DROP INDEX certificates_by_subject'],
    ['a column more', 'ALTER TABLE settings ADD COLUMN x TEXT'],
  ])('into which somebody had put %s is not adopted: it is told from the first opening', async (_, sql) => {
    const folder = earlier();
    fromOutside(databaseIn(folder), sql);
    const store = openIn(folder);
    expect(await codeOfReading(store)).toBe('trust.tampered');
    expect(store.integrity().touched).toEqual([{ table: 'schema', key: null, what: 'not told' }]);
    expect(failureCodeOf(() => store.settings.set('language', 'en'))).toBe('trust.tampered');
    store.close();
    expect(await codeOfReading(openIn(folder))).toBe('trust.tampered');
  });

  it('into which somebody had put a trigger is mended: the trigger goes, the rows stay', async () => {
    const folder = earlier();
    const before = openIn(folder);
    await before.unlock(ownKeyFileProvider);
    before.close();
    // As the earlier app had left it: with a station, without marks.
    rmSync(markKeyFile(folder));
    fromOutside(
      databaseIn(folder),
      `${beforeHolderTokens} DROP TABLE marks; DROP TABLE row_marks; DROP TABLE mark_key; DROP TABLE newest_day; DROP TABLE second_readings; DROP TABLE acts;
       ALTER TABLE revocation_lists DROP COLUMN omitted; CREATE TABLE staged_document_signers (x); PRAGMA user_version = 4;
       CREATE TRIGGER t AFTER INSERT ON records BEGIN DELETE FROM revocation_lists; END`,
    );
    const store = openIn(folder);
    const { acts } = await store.unlock(ownKeyFileProvider);
    expect(await codeOfReading(store)).toBe('trust.tampered');
    const act = { kind: 'trust.mend', signs: ['A', 'B'], at: '2026-11-23T09:00:00Z', reason: 'r', detail: {} } as const;
    acts.recordMending(act, () => undefined);
    expect(openIn(folder).integrity().whole).toBe(true);
    expect(openIn(folder).settings.get('language')).toBe('sv');
    fromOutside(databaseIn(folder), 'CREATE TRIGGER t AFTER INSERT ON records BEGIN SELECT 1; END');
    expect(openIn(folder).isWhole()).toBe(false);
  });

  it('with marks is compared before it is brought up, and marked anew only where it was whole', async () => {
    const marked = (touch: string): string => {
      const folder = copyOfFilled();
      fromOutside(
        databaseIn(folder),
        `${beforeHolderTokens} DROP TABLE second_readings; DROP TABLE acts;
         ALTER TABLE revocation_lists DROP COLUMN omitted; PRAGMA user_version = 5`,
      );
      const database = new Database(databaseIn(folder));
      markEverything(database, readKeyFile(markKeyFile(folder)).reveal(), null);
      database.exec(touch);
      database.close();
      return folder;
    };
    expect(await codeOfReading(openIn(marked('')))).toBeNull();
    expect(await codeOfReading(openIn(marked('DELETE FROM pins')))).toBe('trust.tampered');
    // What only its own mark covers: marked anew, a thief's certificate would be ours.
    const exchanged = "UPDATE certificates SET der = CAST('of a thief' AS BLOB) WHERE fingerprint = 'c1'";
    expect(await codeOfReading(openIn(marked(exchanged)))).toBe('trust.tampered');
  });

  it('is not marked a second time where somebody has taken the marks away', async () => {
    const folder = earlier();
    openIn(folder).close();
    fromOutside(
      databaseIn(folder),
      `${beforeHolderTokens} DROP TABLE second_readings; DROP TABLE acts; DROP TABLE marks; DROP TABLE row_marks; DROP TABLE mark_key; DROP TABLE newest_day;
       CREATE TABLE staged_document_signers (fingerprint TEXT PRIMARY KEY) STRICT;
       ALTER TABLE revocation_lists DROP COLUMN omitted;
       PRAGMA user_version = 4; INSERT INTO settings VALUES ('x', '1')`,
    );
    expect(await codeOfReading(openIn(folder))).toBe('trust.tampered');
  });
});
