import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { BlockedDocument } from '../../../main/verification/blocked-documents.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { fromOutside } from '../../support/from-outside.ts';
import { temporaryFolder, unlockedIn } from './support.ts';

const passport: BlockedDocument = {
  issuer: 'SWE',
  kind: 'passport',
  number: 'AA123456',
  reason: 'stolen',
  since: '2026-11-01',
};
const head = { number: 1, issuedAt: '2026-11-20T08:00:00Z', takenAt: '2026-11-20T08:05:00Z' };

it('blocked documents are kept sealed, the newest list in the place of the last', async () => {
  const folder = temporaryFolder();
  const { blockedDocuments: lists } = await unlockedIn(folder);
  expect(lists.head()).toBeNull();
  expect(lists.find(passport)).toBeNull();
  lists.replace(head, [passport]);
  const list = { ...head, documents: 1 };
  expect(lists.find({ ...passport, number: 'AA 123456' })).toEqual({
    list,
    blocked: { reason: 'stolen', since: '2026-11-01' },
  });
  expect(lists.find({ ...passport, issuer: 'NOR' })).toEqual({ list, blocked: null });
  const files = readdirSync(folder).filter((name) => name.startsWith('styrk.db'));
  for (const name of files) expect(readFileSync(join(folder, name)).includes('AA123456'), name).toBe(false);
  lists.replace({ ...head, number: 2 }, []);
  expect(lists.find(passport)).toEqual({ list: { ...head, number: 2, documents: 0 }, blocked: null });
});

it('whoever takes the list away, or puts an older one in its place, is told', async () => {
  const folder = temporaryFolder();
  const database = join(folder, 'styrk.db');
  const { blockedDocuments: lists } = await unlockedIn(folder);
  lists.replace(head, [passport]);
  const sealed = new Database(database, { readonly: true });
  const older = sealed.prepare<[], Buffer>('SELECT sealed FROM blocked_list').pluck().get() ?? Buffer.alloc(0);
  sealed.close();
  lists.replace({ ...head, number: 2 }, []);
  fromOutside(database, `UPDATE blocked_list SET sealed = x'${older.toString('hex')}'`);
  expect(failureCodeOf(() => lists.find(passport))).toBe('storage.corrupt');
  fromOutside(database, 'UPDATE blocked_list SET number = 1');
  expect(failureCodeOf(() => lists.find(passport))).toBe('trust.tampered');
  fromOutside(database, 'UPDATE blocked_list SET number = 2; DELETE FROM blocked_list');
  expect(failureCodeOf(() => lists.find(passport))).toBe('trust.tampered');
});
