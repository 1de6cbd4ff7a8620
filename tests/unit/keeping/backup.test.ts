import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupKeeping } from '../../../main/keeping/backup/backup-keeping.ts';
import { newBankKey, readBankKey } from '../../../main/keeping/backup/bank-key.ts';
import { type RestoreOrder, recoverKey, restoreFolder } from '../../../main/keeping/backup/restore-folder.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { SecretBytes } from '../../../main/result/secret-bytes.ts';
import type { KeyProvider } from '../../../main/store/types.ts';
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
    keep: (number: number) => opened.records.append(caseFacts(`case-${number}`), '1.0.0'),
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
