import type * as Fs from 'node:fs';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { backupKeeping } from '../../../main/keeping/backup/backup-keeping.ts';
import { newBankKey, readBankKey } from '../../../main/keeping/backup/bank-key.ts';
import { retentionKeeping } from '../../../main/keeping/retention/retention-keeping.ts';
import { asFailure } from '../../../main/result/failure.ts';
import { addYears } from '../../../main/result/plain-date.ts';
import type { Store, UnlockedStore } from '../../../main/store/types.ts';
import { fromOutside } from '../../support/from-outside.ts';
import { caseFacts } from '../records/case-facts.ts';
import { openIn, ownKeyFileProvider, random, temporaryFolder, today } from './support.ts';

/*
 * A disk that is full at any page, and one that takes nothing: every write of records, log, retention, outbox and backup fails by its
 * code, leaves what was there as it was, and goes on once there is room.
 */

const connections = vi.hoisted((): { readonly opened: Database.Database[] } => ({ opened: [] }));
vi.mock('better-sqlite3', async (original) => {
  const { default: Real } = (await original()) as { default: typeof Database };
  class Watched extends Real {
    constructor(...given: ConstructorParameters<typeof Database>) {
      super(...given);
      connections.opened.push(this);
    }
  }
  return { default: Watched };
});

/** After so many bytes the disk takes no more; null takes all. */
const disk = vi.hoisted((): { room: number | null } => ({ room: null }));
vi.mock('node:fs', async (original) => {
  const real = (await original()) as typeof Fs;
  const writeSync = (descriptor: number, bytes: Uint8Array, from: number): number => {
    if (disk.room === null) return real.writeSync(descriptor, bytes, from);
    if (disk.room === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const written = real.writeSync(descriptor, bytes, from, Math.min(disk.room, bytes.length - from));
    disk.room -= written;
    return written;
  };
  return { ...real, writeSync };
});

interface Station {
  readonly store: Store;
  readonly unlocked: UnlockedStore;
  /** The connection that the folder is written by. */
  readonly database: Database.Database;
  readonly index: () => number;
}

async function station(): Promise<Station> {
  const store = openIn(temporaryFolder());
  const database = connections.opened.findLast((each) => each.open && each.name === store.path);
  if (database === undefined) throw new Error('no connection');
  let count = 0;
  return { store, unlocked: await store.unlock(ownKeyFileProvider), database, index: () => ++count };
}

const later = addYears(today, 6);
const clockOf = (day: typeof today) => ({ today: () => day, now: () => `${day}T09:00:00Z` });
const retentionOf = ({ store, unlocked }: Station, day = today) =>
  retentionKeeping(store, () => unlocked, { clock: clockOf(day), random });
const by = ['AB'];

interface Write {
  /** What it needs to be there. */
  readonly prepare?: (station: Station) => unknown;
  readonly act: (station: Station) => unknown;
  /** What must be as it was where it fails, beside chain, log, acts and marks. */
  readonly state?: (station: Station) => unknown;
}

const record = ({ unlocked, index }: Station) =>
  unlocked.records.append(caseFacts(`case-${index()}`, { face: { answer: 'unsure', reason: 'x'.repeat(5_000) } }), '1');
const records = (count: number) => (made: Station) => {
  for (let number = 0; number < count; number++) record(made);
};

/** Those that need pages of the database sooner or later. */
const growing: Readonly<Record<string, Write>> = {
  'a record, its leaf and its checkpoint': { act: record },
  'an event of the bank': {
    prepare: records(1),
    act: (made) => retentionOf(made).report({ record: '1' }, { kind: 'transaction-done', on: today }, by),
  },
  'a hold and its sealed reason': {
    prepare: records(1),
    act: (made) =>
      retentionOf(made).hold(
        { record: '1' },
        { authority: 'A', reason: 'x'.repeat(400), until: addYears(today, 3) },
        by,
      ),
  },
  'what records are found by': {
    prepare: records(150),
    act: ({ unlocked }) => {
      if (unlocked.retention.behind() === 0) throw new Error('all are in');
      unlocked.retention.follow(1);
    },
    state: ({ unlocked }) => unlocked.retention.behind(),
  },
  'what a witness cosigned': {
    prepare: records(1),
    act: ({ unlocked, index }) =>
      unlocked.log.keepCosigned(`witness-${index()}`, {
        size: 1,
        note: `${unlocked.log.newest().note}${'x'.repeat(900)}`,
      }),
    state: ({ database }) => database.prepare('SELECT count(*) AS kept FROM log_cosigned').get(),
  },
};

/** Those that put one small row in the place of another, or free more than they write: they need no page, and still can be refused. */
const inPlace: Readonly<Record<string, Write>> = {
  'an erasure': {
    prepare: (made) => {
      records(40)(made);
      retentionOf(made).report({ customer: 'customer-1' }, { kind: 'relationship-ended', on: today }, by);
      made.unlocked.acceptDay(later);
    },
    act: (made) => retentionOf(made, later).eraseDue({ signs: by, most: 1 }),
    state: ({ unlocked }) => unlocked.records.list({ limit: 100 }).map(({ content }) => content === null),
  },
  'what headquarters has': {
    act: ({ unlocked, index }) =>
      unlocked.outbox.noteDelivered('records', { number: index(), digest: 'ab' }, '2026-11-23T09:00:00Z'),
    state: ({ unlocked }) => unlocked.outbox.delivered('records'),
  },
  'how a delivery ended': {
    act: ({ unlocked }) => unlocked.outbox.noteTry('2026-11-23T09:00:00Z', 'storage.busy'),
    state: ({ database }) => database.prepare('SELECT * FROM delivery_state').all(),
  },
  'what a check found whole': {
    act: ({ unlocked }) => unlocked.checked.remember({ size: 0, root: new Uint8Array(32), fullOn: today }),
    state: ({ unlocked }) => unlocked.checked.remembered(today),
  },
};

function stateOf(made: Station, { state }: Write): unknown {
  const { records: chain, log, acts } = made.unlocked;
  return {
    chain: chain.check(),
    log: log.check(),
    newest: log.newest(),
    acts: { all: acts.list().length, broken: acts.broken() },
    touched: made.store.integrity().touched,
    own: state?.(made),
  };
}

async function failureOf(act: () => unknown): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (thrown) {
    return asFailure(thrown).code;
  }
}

const mostActs = 400;

describe('a disk that is full', () => {
  it.each(Object.entries(growing))('%s: named, nothing half, and done once there is room', async (_, write) => {
    const made = await station();
    await write.prepare?.(made);
    const pages = (): number => Number(made.database.pragma('page_count', { simple: true }));
    const setRoom = (room: number): void => {
      made.database.pragma(`max_page_count = ${pages() + room}`);
    };
    // What fits into the pages that are there is kept.
    setRoom(0);
    let before = stateOf(made, write);
    let code: string | null = null;
    for (let acts = 0; acts < mostActs && code === null; acts++) {
      before = stateOf(made, write);
      code = await failureOf(() => write.act(made));
    }
    expect(code).toBe('storage.full');
    expect(stateOf(made, write)).toEqual(before);
    // Page by page, until it has what it needs.
    let room = 0;
    do {
      room += 1;
      setRoom(room);
      code = await failureOf(() => write.act(made));
      if (code !== null) {
        expect(code).toBe('storage.full');
        expect(stateOf(made, write)).toEqual(before);
      }
    } while (code !== null && room < 20);
    expect(code).toBeNull();
    const after = stateOf(made, write) as { readonly chain: { readonly intact: boolean } };
    expect(after).not.toEqual(before);
    expect(after).toMatchObject({ chain: { intact: true }, log: { intact: true }, acts: { broken: [] }, touched: [] });
    expect(made.database.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('the beginning of the log of an earlier folder: named, and gone on with', async () => {
    const folder = temporaryFolder();
    const first = openIn(folder);
    const unlocked = await first.unlock(ownKeyFileProvider);
    for (let number = 1; number <= 120; number++) unlocked.records.append(caseFacts(`case-${number}`), '1');
    const root = unlocked.log.rootAt(120);
    first.close();
    const triggers = ['leaves_are_not_deleted', 'checkpoint_is_not_deleted'].map((name) => `DROP TRIGGER log_${name};`);
    fromOutside(
      join(folder, 'styrk.db'),
      `${triggers.join('')} DELETE FROM log_leaves; DELETE FROM log_checkpoint; DELETE FROM log_begun; DELETE FROM marks; DELETE FROM row_marks; VACUUM;`,
    );
    const store = openIn(folder);
    const database = connections.opened.findLast((each) => each.open && each.name === store.path);
    const pages = Number(database?.pragma('page_count', { simple: true }));
    database?.pragma(`max_page_count = ${pages}`);
    expect(await failureOf(() => store.unlock(ownKeyFileProvider))).toBe('storage.full');
    database?.pragma(`max_page_count = ${pages + 1_000}`);
    const { log } = await store.unlock(ownKeyFileProvider);
    expect(Buffer.from(log.rootAt(120)).equals(root)).toBe(true);
    expect(log.check()).toMatchObject({ size: 120, intact: true });
  });

  it('a backup: named, nothing of it left, the folder as it was; taken once there is room', async () => {
    const made = await station();
    records(5)(made);
    const { publicText } = newBankKey(random);
    const backup = backupKeeping(made.store, () => made.unlocked, { clock: clockOf(today), random });
    backup.setKey(readBankKey(publicText, 'public'), ['AB', 'CD']);
    const before = stateOf(made, growing['an event of the bank'] as Write);
    const outside = temporaryFolder();
    const out = join(outside, 'backup');
    disk.room = null;
    const { bytes } = await backup.take(join(temporaryFolder(), 'first'), '1');
    for (const room of [0, 1, 100, 65_536, Math.floor(bytes / 2), bytes - 1]) {
      disk.room = room;
      expect([room, await failureOf(() => backup.take(out, '1'))]).toEqual([room, 'output.unwritable']);
      expect(readdirSync(outside)).toEqual([]);
      expect(readdirSync(made.store.directory).filter((name) => name.includes('snapshot'))).toEqual([]);
      expect(stateOf(made, growing['an event of the bank'] as Write)).toEqual(before);
    }
    disk.room = null;
    expect((await backup.take(out, '1')).bytes).toBeGreaterThan(0);
    expect(readdirSync(outside)).toEqual(['backup']);
  });
});

describe('a disk that takes nothing', () => {
  it.each(Object.entries({ ...growing, ...inPlace }))('%s: named, and nothing changed', async (_, write) => {
    const made = await station();
    await write.prepare?.(made);
    const before = stateOf(made, write);
    made.database.pragma('query_only = ON');
    expect(await failureOf(() => write.act(made))).toBe('storage.refused');
    made.database.pragma('query_only = OFF');
    expect(stateOf(made, write)).toEqual(before);
    expect(await failureOf(() => write.act(made))).toBeNull();
  });
});
