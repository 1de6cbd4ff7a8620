import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { newRecipientKey } from '../../../main/crypto/recipient.ts';
import { retentionKeeping } from '../../../main/keeping/retention/retention-keeping.ts';
import { toHex } from '../../../main/result/bytes.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
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
