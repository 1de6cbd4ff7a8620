import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { newRecipientKey } from '../../../main/crypto/recipient.ts';
import { toHex } from '../../../main/result/bytes.ts';
import { SecretBytes } from '../../../main/result/secret-bytes.ts';
import { removeLeftHalfFiles } from '../../../main/store/backup/half-file.ts';
import { takeBackup } from '../../../main/store/backup/take-backup.ts';
import { random, temporaryFolder, unlockedIn } from './support.ts';

/* What a killed backup leaves at the place it was written to, which other stations may share. */

const killedProcess = resolve(import.meta.dirname, '../../support/killed-backup-process.ts');
const noteIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('styrk.half-backup-'));

/** A folder with a place for backups, and a backup of it that was killed when so many pieces were sealed. */
async function killed(pieces: number) {
  const [folder, place] = [temporaryFolder(), temporaryFolder()];
  const { store } = await unlockedIn(folder);
  const { publicKey } = newRecipientKey(random);
  const order = [killedProcess, folder, join(place, 'one.backup'), toHex(publicKey), String(pieces)];
  const { signal, stderr } = spawnSync(process.execPath, order, { encoding: 'utf8' });
  if (signal !== 'SIGKILL') throw new Error(`not killed: ${stderr}`);
  const [half = ''] = readdirSync(place);
  const take = (out: string) =>
    takeBackup(folder, out, {
      recipient: publicKey,
      masterKey: new SecretBytes(new Uint8Array(32)),
      madeAt: '2026-11-23T12:00:00Z',
      appVersion: '1.0.0',
      random,
      failed: (thrown) => thrown as Error,
    });
  return { folder, place, half: join(place, half), store, take };
}

it.each([0, 1])(
  'a half file of a backup that was killed at piece %i goes with the next one, which may be written elsewhere',
  async (pieces) => {
    const { folder, place, half, take } = await killed(pieces);
    expect(half).toMatch(/one\.backup\.[0-9a-f]{16}\.part$/);
    // Of another station, whose backup is being written there.
    const other = join(place, 'two.backup.00112233445566ff.part');
    writeFileSync(other, readFileSync(half));
    await take(join(temporaryFolder(), 'next.backup'));
    expect(readdirSync(place)).toEqual(['two.backup.00112233445566ff.part']);
    expect(noteIn(folder)).toEqual([]);
  },
);

it('what begins otherwise under that name is not ours, and stays; nothing is followed', async () => {
  const { folder, half, take, place } = await killed(1);
  const bytes = readFileSync(half);
  const [first = 0] = bytes.subarray(40);
  bytes[40] = first ^ 1;
  writeFileSync(half, bytes);
  await take(join(place, 'next.backup'));
  expect([existsSync(half), noteIn(folder)]).toEqual([true, []]);

  const led = await killed(1);
  const kept = `${led.half}.kept`;
  renameSync(led.half, kept);
  symlinkSync(kept, led.half);
  removeLeftHalfFiles(led.folder);
  expect([existsSync(kept), noteIn(led.folder)]).toEqual([true, []]);
});

it('where the place cannot be reached it is tried again the next time', async () => {
  const { folder, half, place } = await killed(1);
  const away = join(temporaryFolder(), 'away');
  renameSync(place, away);
  removeLeftHalfFiles(folder);
  expect(noteIn(folder)).toHaveLength(1);
  mkdirSync(place);
  renameSync(half.replace(place, away), half);
  removeLeftHalfFiles(folder);
  expect([readdirSync(place), noteIn(folder)]).toEqual([[], []]);
});

it('a backup that is being written is left alone, and one that ended leaves no note', async () => {
  const { folder, half, take, place } = await killed(1);
  const [name = ''] = noteIn(folder);
  // As that of a process that runs: this one.
  renameSync(join(folder, name), join(folder, name.replace(/backup-\d+-/, `backup-${process.pid}-`)));
  await take(join(place, 'next.backup'));
  expect([existsSync(half), noteIn(folder).length]).toEqual([true, 1]);
  await expect(take(join(place, 'no/such/place'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(noteIn(folder).length).toBe(1);
});

it('a note that was cut while it was written goes', async () => {
  const folder = temporaryFolder();
  await unlockedIn(folder);
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(join(folder, `styrk.half-backup-${pid}-0011223344556677`), '{"path":"/');
  removeLeftHalfFiles(folder);
  expect(noteIn(folder)).toEqual([]);
});
