import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { Act } from '../../../main/records/act.ts';
import { temporaryFolder, unlockedIn } from './support.ts';

/* An act is proven once for as long as it lies there as it did: what is changed afterwards is found, wherever it stands. */

const changes = {
  'the words of an old one': "UPDATE acts SET reason = 'another' WHERE number = 2",
  'whose an old one is': `UPDATE acts SET signs = '["CD"]' WHERE number = 2`,
  'what an old one holds': `UPDATE acts SET detail = '{"a":"another"}' WHERE number = 2`,
  'when it was': "UPDATE acts SET at = '2026-11-23T10:00:01Z' WHERE number = 2",
  'an old one is gone': 'DELETE FROM acts WHERE number = 2',
  'its signature': 'UPDATE acts SET signature = zeroblob(64) WHERE number = 2',
} as const;

const act = (number: number): Act => ({
  kind: 'referral.take',
  at: '2026-11-23T10:00:00Z',
  signs: ['AB'],
  reason: 'r',
  detail: { a: String(number) },
});

for (const [what, statement] of Object.entries(changes))
  it(what, async () => {
    const folder = temporaryFolder();
    const { acts } = await unlockedIn(folder);
    for (const number of [1, 2, 3]) acts.record(act(number), () => undefined);
    expect(acts.broken()).toEqual([]);
    acts.record(act(4), () => undefined);
    expect([acts.broken(), acts.broken(3)]).toEqual([[], []]);
    const database = new Database(join(folder, 'styrk.db'));
    database.exec(statement);
    database.close();
    expect(acts.broken()).not.toEqual([]);
    expect(acts.broken()).not.toEqual([]);
  });
