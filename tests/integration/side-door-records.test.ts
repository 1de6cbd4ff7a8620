import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { trainingRoster } from '../../main/simulator/documents/people.ts';
import { styrk, temporaryFolder } from '../support/side-door.ts';

const renewal = ['--specimen', 'se-passport', '--holder', 'asa', '--purpose', 'renew-bankid'];

it('a case is verified and sealed; a changed byte of its record is found and named', async () => {
  const data = temporaryFolder();
  const training = ['--training', '--data', data, '--json'];
  const verified = await styrk(['verify', ...renewal, '--face', 'same', '--reason', 'eyes and ears', ...training]);
  expect(verified.stderr).not.toContain('internal');
  expect(verified.status).toBe(0);
  const { verdict, purpose, holder, record } = verified.json();
  expect({ verdict, purpose, holder: holder.id }).toEqual({
    verdict: 'accept',
    purpose: 'renew-bankid',
    holder: 'asa',
  });
  await styrk(['verify', ...renewal, ...training]);

  const shown = (await styrk(['records', 'show', record.id, ...training])).json();
  expect(shown).toMatchObject({ id: record.id, number: 1, hash: record.hash });
  expect(shown.content).toMatchObject({
    training: true,
    stolenStatus: 'not checked',
    face: { answer: 'same', reason: 'eyes and ears' },
    decision: { outcome: 'go-on', by: { source: 'operating-system' } },
  });
  const listed = (await styrk(['records', 'list', ...training])).json().records;
  expect(listed.map(({ number, verdict }: { number: number; verdict: string }) => [number, verdict])).toEqual([
    [2, 'refer'],
    [1, 'accept'],
  ]);

  const whole = await styrk(['records', 'check', ...training]);
  expect(whole.json()).toMatchObject({ records: 2, intact: true, broken: [], trust: { whole: true } });
  expect(whole.status).toBe(0);

  changeOneByte(join(data, 'styrk.db'), record.id);
  const broken = await styrk(['records', 'check', ...training]);
  expect(broken.json()).toMatchObject({ records: 2, intact: false });
  expect(broken.json().broken).toContainEqual(expect.objectContaining({ id: record.id, code: 'record.seal-broken' }));
  expect(broken.status).toBe(1);
});

// As someone with the file in hands would: the triggers go first.
function changeOneByte(path: string, id: string): void {
  const database = new Database(path);
  const triggers = database.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all();
  for (const trigger of triggers) database.exec(`DROP TRIGGER "${trigger}"`);
  const sealed = database.prepare<[string], Buffer>('SELECT sealed FROM records WHERE id = ?').pluck().get(id);
  if (sealed === undefined) throw new Error('no such record');
  sealed[100] = (sealed[100] ?? 0) ^ 0x01;
  database.prepare('UPDATE records SET sealed = ? WHERE id = ?').run(sealed, id);
  database.close();
}

it('no personal number of the roster stands in the folder in clear', async () => {
  const data = temporaryFolder();
  await styrk(['verify', ...renewal, '--face', 'same', '--training', '--data', data, '--json']);
  const bytes = readdirSync(data).map((name) => readFileSync(join(data, name)));
  expect(bytes.length).toBeGreaterThan(0);
  for (const { personalNumber } of trainingRoster()) {
    for (const form of [
      personalNumber,
      personalNumber.slice(2),
      `${personalNumber.slice(0, 8)}-${personalNumber.slice(8)}`,
    ])
      for (const file of bytes) expect(file.includes(form)).toBe(false);
  }
});

it('the demo runs to its end without a terminal', async () => {
  const data = temporaryFolder();
  const end = await styrk(['demo', '--data', data]);
  expect(end.status).toBe(0);
  expect(end.stdout).toMatch(/Verdict: accept\./);
  expect(end.stdout).toMatch(/the answer `same` is\s+scripted/);
  const again = await styrk(['demo', '--data', data, '--json']);
  expect(again.json()).toMatchObject({ verdict: 'accept', chain: { records: 2, intact: true } });
});
