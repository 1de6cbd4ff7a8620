import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupKeeping } from '../../../main/keeping/backup/backup-keeping.ts';
import { newBankKey, readBankKey } from '../../../main/keeping/backup/bank-key.ts';
import { type RestoreOrder, recoverKey, restoreFolder } from '../../../main/keeping/backup/restore-folder.ts';
import { writeAnchors } from '../../../main/keeping/log/anchors.ts';
import { writeCheckpointTo } from '../../../main/keeping/log/written-checkpoint.ts';
import { retentionKeeping } from '../../../main/keeping/retention/retention-keeping.ts';
import { addYears, type PlainDate } from '../../../main/result/plain-date.ts';
import { SecretBytes } from '../../../main/result/secret-bytes.ts';
import type { KeyProvider } from '../../../main/store/types.ts';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { rejection } from '../../support/rejection.ts';
import { caseFacts } from '../records/case-facts.ts';
import { openIn, random, temporaryFolder, unlockedIn } from '../store/support.ts';

/* Backups of a folder in use, and the ways back: a new machine, a lost passphrase, an older state. */

const clock = { today: () => '2026-11-23' as PlainDate, now: () => '2026-11-23T12:00:00Z' };
const around = { clock, random };

/** A means of its own; a passphrase takes scrypt its time, and goes the same way. */
function newMeans(): KeyProvider {
  const path = join(temporaryFolder(), 'new.key');
  writeFileSync(path, '5a'.repeat(32));
  return { kind: 'key-file', path };
}
const ownKey: KeyProvider = { kind: 'key-file', path: null };
const two = { names: ['A. Berg', 'C. Dahl'], reason: 'the newest one is lost' };

/** A station in use with a key for its backups, and the bank's key that opens them. */
async function station() {
  const folder = temporaryFolder();
  const opened = await unlockedIn(folder);
  const { secretText, publicText } = newBankKey(random);
  const backup = backupKeeping(opened.store, () => opened, around);
  backup.setKey(readBankKey(publicText, 'public'), ['AB', 'CD']);
  const outside = temporaryFolder();
  return {
    ...opened,
    folder,
    outside,
    backup,
    keep: (number: number, changes: Partial<CaseFacts> = {}) =>
      opened.records.append(caseFacts(`case-${number}`, changes), '1.0.0'),
    bankKey: () => new SecretBytes(readBankKey(secretText, 'secret')),
    restore: (file: string, changes: Partial<RestoreOrder> = {}) =>
      restoreFolder(
        {
          file,
          to: join(temporaryFolder(), 'restored'),
          secretKey: new SecretBytes(readBankKey(secretText, 'secret')),
          provider: null,
          checkpoints: [],
          olderBy: null,
          signs: ['EF'],
          ...changes,
        },
        around,
      ),
  };
}

describe('a backup', () => {
  it('taken during 100 cases restores to a state that one of the checkpoints names; an older one is told', async () => {
    const { keep, log, backup, outside, restore, folder } = await station();
    const named = new Map<number, string>([[0, log.newest().note]]);
    let number = 0;
    const next = (): void => {
      keep(++number);
      named.set(number, log.newest().note);
    };
    const files: string[] = [];
    for (let round = 0; round < 3; round++) {
      const out = join(outside, `backup-${round}`);
      const taken = backup.take(out, '1.0.0').then(() => files.push(out));
      let ended = false;
      void taken.finally(() => {
        ended = true;
      });
      // Cases go on until the backup is there: so many that some come before its moment and some after.
      for (let cases = 0; cases < 25 || !ended; cases++) {
        if (number < 100) next();
        await new Promise((resolve) => setImmediate(resolve));
      }
      await taken;
    }
    while (number < 100) next();
    expect(files).toHaveLength(3);
    for (const file of files) {
      const to = join(temporaryFolder(), 'restored');
      const restored = await restore(file, { to });
      expect(restored).toMatchObject({ seen: null, isOlder: false, intact: true });
      const again = openIn(to);
      const { records, log: restoredLog } = await again.unlock(ownKey);
      // What the folder says of itself is what this station announced with that record.
      expect(restoredLog.newest().note).toBe(named.get(restored.size));
      expect(records.check()).toMatchObject({ records: restored.size, intact: true });
      again.close();
      const newest = named.get(100) ?? '';
      const against = await rejection(restore(file, { checkpoints: [named.get(1) ?? '', newest] }));
      expect([against?.code, against?.fields]).toEqual(['backup.older', { size: restored.size, seen: 100 }]);
    }
    expect(readdirSync(folder).filter((name) => name.includes('snapshot'))).toEqual([]);
    // An older state is taken by two people who say why, and that stays.
    const to = join(temporaryFolder(), 'restored');
    const older = await restore(files[0] ?? '', { to, checkpoints: [named.get(100) ?? ''], olderBy: two });
    expect(older).toMatchObject({ isOlder: true, seen: 100 });
    const { acts } = await openIn(to).unlock(ownKey);
    expect(acts.end()).toBe('fits');
    expect(acts.list().at(-1)).toMatchObject({
      kind: 'backup.restore',
      signs: two.names,
      reason: two.reason,
      detail: { size: older.size, seen: 100 },
    });
  });

  it('holds nothing that can be read without the bank’s key, is bounded by pieces, and is written whole or not at all', async () => {
    const { keep, backup, outside, restore, folder, bankKey } = await station();
    keep(1);
    const out = join(outside, 'backup');
    const taken = await backup.take(out, '1.0.0');
    expect(taken.bytes).toBe(statSync(out).size);
    expect(readdirSync(outside)).toEqual(['backup']);
    const bytes = readFileSync(out);
    for (const name of ['styrk.mark-key', 'training.key'])
      expect(bytes.includes(readFileSync(join(folder, name), 'utf8').trim())).toBe(false);
    expect(bytes.includes('SQLite format 3')).toBe(false);
    expect((await rejection(backup.take(out, '1.0.0')))?.code).toBe('output.unwritable');
    expect((await rejection(backup.take(join(outside, 'none', 'backup'), '1.0.0')))?.code).toBe('output.unwritable');
    const other = newBankKey(random);
    const wrong = new SecretBytes(readBankKey(other.secretText, 'secret'));
    expect((await rejection(restore(out, { secretKey: wrong })))?.code).toBe('backup.wrong-key');
    // Cut anywhere, one bit changed anywhere, something behind it: nothing is restored, nothing is left.
    const parent = temporaryFolder();
    for (const [what, change] of [
      ['cut in the beginning', (file: string) => truncateSync(file, 20)],
      ['cut in a frame', (file: string) => truncateSync(file, bytes.length - 100)],
      ['cut between frames', (file: string) => truncateSync(file, 55 + 5 + 65_536 + 40)],
      ['a bit', (file: string) => writeFileSync(file, flipped(bytes, bytes.length >> 1))],
      ['the last bit', (file: string) => writeFileSync(file, flipped(bytes, bytes.length - 1))],
      ['the flag of the last frame', (file: string) => writeFileSync(file, flipped(bytes, 55))],
      ['more', (file: string) => writeFileSync(file, Buffer.concat([bytes, Buffer.from([0])]))],
      [
        'something else',
        (file: string) => writeFileSync(file, 'a text that is no backup, but long enough to begin one, it seems'),
      ],
    ] as const) {
      const file = join(outside, 'changed');
      copyFileSync(out, file);
      change(file);
      const ended = await rejection(restore(file, { to: join(parent, 'restored'), secretKey: bankKey() }));
      expect([what, ended?.code]).toEqual([what, 'backup.malformed']);
      expect(readdirSync(parent)).toEqual([]);
    }
  });

  it('needs a key that two administrators named; halves are not taken for each other', async () => {
    const opened = await unlockedIn(temporaryFolder());
    const backup = backupKeeping(opened.store, () => opened, around);
    expect((await rejection(backup.take(join(temporaryFolder(), 'b'), '1')))?.code).toBe('backup.no-key');
    const { secretText, publicText } = newBankKey(random);
    expect(failureCodeOf(() => readBankKey(secretText, 'public'))).toBe('backup.key-malformed');
    expect(failureCodeOf(() => readBankKey(publicText, 'secret'))).toBe('backup.key-malformed');
    // A point of small order: anybody could open what is sealed for it.
    const weak = new TextEncoder().encode(`styrk-backup-key 1 public ${'00'.repeat(32)}\n`);
    expect(failureCodeOf(() => readBankKey(weak, 'public'))).toBe('backup.key-malformed');
  });
});

describe('the ways back', () => {
  it('a new machine: the folder opens by the new means alone, and its records go on', async () => {
    const { keep, backup, outside, restore, log, receivedOrders } = await station();
    keep(1);
    receivedOrders.take('order', { text: 'x' }, clock.now());
    const out = join(outside, 'backup');
    await backup.take(out, '1.0.0');
    const to = join(temporaryFolder(), 'new', 'machine');
    const provider = newMeans();
    const restored = await restore(out, { to, provider, checkpoints: [log.newest().note] });
    expect(restored).toMatchObject({ size: 1, seen: 1, isOlder: false, intact: true });
    const store = openIn(to);
    expect((await rejection(store.unlock(ownKey)))?.code).toBe('storage.wrong-key');
    const again = await store.unlock(provider);
    expect(again.records.get('case-1').content.holder?.surname).toBe('Öberg');
    expect(again.receivedOrders.find('order')).not.toBeNull();
    again.records.append(caseFacts('case-2'), '1.0.0');
    expect(again.records.check()).toMatchObject({ records: 2, intact: true });
    expect((await rejection(restore(out, { to })))?.code).toBe('backup.target-taken');
  });

  it('a lost passphrase: the key out of a backup opens the folder, with all that came since', async () => {
    const { keep, backup, outside, folder, store, bankKey } = await station();
    keep(1);
    const out = join(outside, 'backup');
    await backup.take(out, '1.0.0');
    keep(2);
    store.close();
    const stranger = await unlockedIn(temporaryFolder());
    const provider = newMeans();
    const order = { file: out, to: folder, signs: ['EF'], provider };
    const other = rejection(recoverKey({ ...order, to: stranger.store.directory, secretKey: bankKey() }, around));
    expect((await other)?.code).toBe('backup.other-station');
    await recoverKey({ ...order, secretKey: bankKey() }, around);
    const again = openIn(folder);
    expect((await rejection(again.unlock(ownKey)))?.code).toBe('storage.wrong-key');
    const { records, acts } = await again.unlock(provider);
    expect(records.check()).toMatchObject({ records: 2, intact: true });
    expect(acts.list().at(-1)).toMatchObject({ kind: 'backup.recover', signs: ['EF'] });
    expect(readdirSync(folder).filter((name) => name.includes('recovering'))).toEqual([]);
  });

  it('what lies where its checkpoints are written says how new a backup is, in a folder or a file; what says nothing is told', async () => {
    const { keep, backup, outside, restore, store, log } = await station();
    const [share, own, torn] = [temporaryFolder(), join(outside, 'own.checkpoint'), join(outside, 'torn')];
    const missing = join(outside, 'none', 'there');
    // Whatever lies there is replaced.
    const anything = () => undefined;
    writeAnchors(store.settings, { files: [share, own, torn, missing], witnesses: [] });
    const publish = async (): Promise<void> => {
      for (const place of [share, own]) await writeCheckpointTo(place, log.origin, log.newest().note, anything);
    };
    keep(1);
    await publish();
    const out = join(outside, 'backup');
    await backup.take(out, '1.0.0');
    writeFileSync(torn, 'styrk.invalid/\n');
    const fits = await restore(out);
    expect(fits).toMatchObject({ size: 1, seen: 1, isOlder: false });
    expect(fits.places).toEqual([
      { place: share, size: 1, code: null },
      { place: own, size: 1, code: null },
      { place: torn, size: null, code: 'log.malformed' },
      { place: missing, size: null, code: 'log.not-written' },
    ]);
    // A record later the same backup is older than what lies there: nobody has to give it.
    keep(2);
    await publish();
    const older = await rejection(restore(out));
    expect([older?.code, older?.fields]).toEqual(['backup.older', { size: 1, seen: 2 }]);
    expect(await restore(out, { olderBy: two })).toMatchObject({ isOlder: true, seen: 2 });
    // One of another station under the same name is told, and refuses nothing.
    const other = await station();
    writeFileSync(own, other.log.newest().note);
    await writeCheckpointTo(share, log.origin, log.newest().note, anything);
    const foreign = await restore(out, { olderBy: two });
    expect(foreign.places[1]).toEqual({ place: own, size: null, code: 'log.foreign' });
    // Another history at the folder's own place is refused as one that is given.
    const to = join(temporaryFolder(), 'restored');
    await restore(out, { to, olderBy: two });
    const again = await openIn(to).unlock(ownKey);
    again.records.append(caseFacts('case-x'), '1.0.0');
    const later = join(outside, 'later');
    await backup.take(later, '1.0.0');
    await writeCheckpointTo(share, log.origin, again.log.newest().note, anything);
    expect((await rejection(restore(later)))?.code).toBe('backup.other-history');
  });

  // docs/backup.md, *A station that is retired*.
  it('a retired station: its backup is opened where it never stood, its records are extracted, held and erased there', async () => {
    const { keep, backup, outside, restore, log, store } = await station();
    const facts = { retention: { keep: 'reference', years: 5 } } as const;
    keep(1, facts);
    keep(2, facts);
    const out = join(outside, 'backup');
    await backup.take(out, '1.0.0');
    const last = log.newest().note;
    store.close();
    rmSync(store.directory, { recursive: true });
    const [to, provider] = [join(temporaryFolder(), 'kept-on'), newMeans()];
    expect(await restore(out, { to, provider, checkpoints: [last] })).toMatchObject({
      size: 2,
      intact: true,
      isOlder: false,
    });

    const kept = openIn(to);
    const unlocked = await kept.unlock(provider);
    let today = clock.today();
    const then = { now: () => `${today}T09:00:00Z`, today: () => today };
    const keeping = retentionKeeping(kept, () => unlocked, { clock: then, random });
    const ended = { kind: 'relationship-ended', on: today } as const;
    expect(keeping.report({ customer: 'customer-1' }, ended, ['EF']).records).toEqual([1, 2]);
    keeping.hold({ record: '2' }, { authority: 'A court', reason: 'a case', until: addYears(today, 7) }, ['EF']);
    expect(keeping.extracted({ record: '1' }, 'person', ['EF']).ids).toEqual(['case-1']);
    today = addYears(today, 6);
    // Nothing speaks for that day yet; two administrators accept the clock.
    expect((await rejection(keeping.eraseDue({ signs: ['EF'], most: 10 })))?.code).toBe('retention.clock-unproved');
    unlocked.acceptDay(today);
    expect(await keeping.eraseDue({ signs: ['EF'], most: 10 })).toMatchObject({ erased: [1], left: 0, cleaned: true });
    expect(unlocked.records.check()).toMatchObject({ records: 2, erased: 1, intact: true });
    expect(unlocked.log.against(last)).toEqual({ size: 2, code: null });
    today = addYears(today, 2);
    unlocked.acceptDay(today);
    expect((await keeping.eraseDue({ signs: ['EF'], most: 10 })).erased).toEqual([2]);
    // What the station signed on its last day holds over the empty records.
    expect(unlocked.log.check()).toMatchObject({ size: 2, intact: true });
    expect(unlocked.log.against(last)).toEqual({ size: 2, code: null });
  });

  it('a checkpoint of another station, and one of another history with the same number of records, are told', async () => {
    const one = await station();
    const other = await station();
    one.keep(1);
    other.keep(1);
    const out = join(one.outside, 'backup');
    await one.backup.take(out, '1.0.0');
    const foreign = one.restore(out, { checkpoints: [other.log.newest().note] });
    expect((await rejection(foreign))?.code).toBe('backup.other-log');
    // The folder is put back to before its record, and writes another one: two histories under one number.
    const to = join(temporaryFolder(), 'restored');
    await one.restore(out, { to });
    const again = await openIn(to).unlock(ownKey);
    again.records.append(caseFacts('case-x'), '1.0.0');
    one.keep(2);
    const later = join(one.outside, 'later');
    await one.backup.take(later, '1.0.0');
    const forked = one.restore(later, { checkpoints: [again.log.newest().note] });
    expect((await rejection(forked))?.code).toBe('backup.other-history');
    expect(existsSync(`${out}.part`)).toBe(false);
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
