import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { newRecipientKey } from '../../../main/crypto/recipient.ts';
import { backupKeeping } from '../../../main/keeping/backup/backup-keeping.ts';
import { newBankKey, readBankKey } from '../../../main/keeping/backup/bank-key.ts';
import { recoverKey, restoreFolder } from '../../../main/keeping/backup/restore-folder.ts';
import { retentionKeeping } from '../../../main/keeping/retention/retention-keeping.ts';
import { toHex } from '../../../main/result/bytes.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { SecretBytes } from '../../../main/result/secret-bytes.ts';
import { beginWork, removeLeftWork, workNames } from '../../../main/store/backup/own-work.ts';
import { takeSnapshot } from '../../../main/store/backup/snapshot.ts';
import { runHere } from '../../support/side-door.ts';
import { random, temporaryFolder, unlockedIn } from '../store/support.ts';

/* Whole copies of the database that runs left which were killed: what was erased lies in them. */

const support = resolve(import.meta.dirname, '../../support');
const clock = { today: () => '2026-11-23' as PlainDate, now: () => '2026-11-23T12:00:00Z' };

const copiesIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('styrk.snapshot-'));

async function station() {
  const folder = temporaryFolder();
  const opened = await unlockedIn(folder);
  const keeping = retentionKeeping(opened.store, () => opened, { clock, random });
  opened.acceptDay(clock.today());
  return { folder, ...opened, erase: () => keeping.eraseDue({ signs: ['AB'], most: 9 }) };
}

/** A backup of the folder that is killed while it is written. */
function killBackup(folder: string): void {
  const key = toHex(newRecipientKey(random).publicKey);
  const order = [join(support, 'killed-backup-process.ts'), folder, join(temporaryFolder(), 'b'), key, '1'];
  const { signal, stderr } = spawnSync(process.execPath, order, { encoding: 'utf8' });
  if (signal !== 'SIGKILL') throw new Error(`not killed: ${stderr}`);
}

it('the copy that a killed backup left goes with the next erasing, whoever runs under its number by now', async () => {
  const { folder, erase } = await station();
  killBackup(folder);
  const [copy = ''] = copiesIn(folder);
  expect(copy).not.toBe('');
  await erase();
  expect(copiesIn(folder)).toEqual([]);
  // As earlier versions named it, with the number of a process that runs: this one.
  writeFileSync(join(folder, `styrk.snapshot-${process.pid}-0011223344556677`), 'a copy');
  writeFileSync(join(folder, `styrk.snapshot-${process.pid}-0011223344556677-journal`), '');
  const others = ['styrk.snapshot-notes.txt', 'styrk.snapshot-0011223344556677.txt'];
  for (const name of others) writeFileSync(join(folder, name), 'of somebody else');
  await erase();
  expect(copiesIn(folder).toSorted()).toEqual(others.toSorted());
});

it('the copy that another program is making stays, and goes once that one is killed', async () => {
  const { folder, erase } = await station();
  const maker = spawn(process.execPath, [join(support, 'held-snapshot-process.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void maker.kill('SIGKILL'));
  await once(maker.stdout, 'data');
  const held = copiesIn(folder);
  expect(held.length).toBeGreaterThan(0);
  await erase();
  expect(copiesIn(folder)).toEqual(held);
  maker.kill('SIGKILL');
  await once(maker, 'close');
  expect(copiesIn(folder)).toEqual(held);
  await erase();
  expect(copiesIn(folder)).toEqual([]);
});

it('one that lies there is told by doctor, and one that is being made is not', async () => {
  const { folder, erase } = await station();
  const told = async () => {
    const { items } = (await runHere(['doctor', '--training', '--json', '--data', folder], { clock })).json();
    return items
      .filter(({ id, state }: { id: string; state: string }) => id === 'storage' && state === 'warning')
      .map(({ detail }: { detail: string }) => detail);
  };
  killBackup(folder);
  const [copy = ''] = copiesIn(folder);
  expect(await told()).toEqual([expect.stringContaining(join(folder, copy))]);
  await erase();
  using _held = await takeSnapshot(folder, random);
  expect(copiesIn(folder).length).toBeGreaterThan(0);
  expect(await told()).toEqual([]);
});

/** A station whose backup lies outside of it, and what a killed restoring of that leaves at a place. */
async function backedUp() {
  const made = await station();
  const { secretText, publicText } = newBankKey(random);
  const backup = backupKeeping(made.store, () => made, { clock, random });
  backup.setKey(readBankKey(publicText, 'public'), ['AB', 'CD']);
  const outside = temporaryFolder();
  const file = join(outside, 'one.backup');
  await backup.take(file, '1.0.0');
  const keyFile = join(outside, 'new.key');
  writeFileSync(keyFile, '5a'.repeat(32));
  const secret = readBankKey(secretText, 'secret');
  const kill = (to: string, ...more: readonly string[]): void => {
    const order = [join(support, 'killed-restore-process.ts'), file, to, toHex(secret), ...more];
    const { signal, stderr } = spawnSync(process.execPath, order, { encoding: 'utf8' });
    if (signal !== 'SIGKILL') throw new Error(`not killed: ${stderr}`);
  };
  const order = () => ({ file, secretKey: new SecretBytes(secret.slice()), signs: ['EF'] });
  const left = (): readonly string[] => readdirSync(made.folder).filter((name) => name.startsWith('styrk.recovering-'));
  return {
    ...made,
    left,
    order,
    killRecovering: () => kill(made.folder, keyFile),
    killRestoring: (to: string) => kill(to),
    takeAgain: () => backup.take(join(outside, 'two.backup'), '1.0.0'),
    recover: () =>
      recoverKey({ ...order(), to: made.folder, provider: { kind: 'key-file', path: keyFile } }, { clock, random }),
  };
}
type BackedUp = Awaited<ReturnType<typeof backedUp>>;

it.each<[string, (made: BackedUp) => Promise<unknown>]>([
  ['erasing', ({ erase }) => erase()],
  ['backup', ({ takeAgain }) => takeAgain()],
  ['recovering', ({ recover }) => recover()],
])('what a killed recovering of the key left in the folder goes with the next %s', async (_, next) => {
  const made = await backedUp();
  made.killRecovering();
  expect(readdirSync(join(made.folder, made.left()[0] ?? ''))).toContain('styrk.db');
  await next(made);
  expect(made.left()).toEqual([]);
});

it('what a killed restoring left beside its place goes with the next restoring to there, and with an erasing there', async () => {
  const { killRestoring, order } = await backedUp();
  const place = temporaryFolder();
  const to = join(place, 'new');
  killRestoring(to);
  killRestoring(join(place, 'newer'));
  const left = readdirSync(place);
  expect(left.length).toBeGreaterThan(1);
  const restore = { ...order(), to, provider: null, checkpoints: [], olderBy: null };
  await restoreFolder(restore, { clock, random });
  // What another place left is not this one's.
  const others = left.filter((name) => name.startsWith('.newer.'));
  expect(readdirSync(place).toSorted()).toEqual([...others, 'new'].toSorted());
  expect(others).not.toEqual([]);

  const opened = await unlockedIn(to);
  opened.acceptDay(clock.today());
  const moved = others.map((name) => [name, name.replace('.newer.', '.new.')] as const);
  for (const [name, ours] of moved) renameSync(join(place, name), join(place, ours));
  await retentionKeeping(opened.store, () => opened, { clock, random }).eraseDue({ signs: ['AB'], most: 9 });
  expect(readdirSync(place)).toEqual(['new']);
});

it('a restoring that is under way is left alone', async () => {
  const place = temporaryFolder();
  const { folder, erase } = await station();
  using inside = beginWork(workNames.recovering(folder), random);
  using beside = beginWork(workNames.restoring(join(place, 'new')), random);
  for (const { path } of [inside, beside]) mkdirSync(path);
  await erase();
  removeLeftWork(join(place, 'new'));
  expect([inside, beside].map(({ path }) => existsSync(path))).toEqual([true, true]);
});
