import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newRecipientKey } from '../../../main/crypto/recipient.ts';
import { isSignatureOf } from '../../../main/crypto/sealing.ts';
import { makingRows } from '../../../main/fleet/rows.ts';
import { numbersText } from '../../../main/records/record-numbers.ts';
import { fromOutside } from '../../support/from-outside.ts';
import { caseFacts } from '../records/case-facts.ts';
import { random, temporaryFolder, unlockedIn } from './support.ts';

/* Headquarters hears of each erasing once and in order, and of none that the station did not make. */

const at = '2026-11-23T09:00:00Z';

async function station() {
  const folder = temporaryFolder();
  const opened = await unlockedIn(folder);
  for (const id of ['a', 'b', 'c']) opened.records.append(caseFacts(id), '1');
  const { acts, retention, outbox } = opened;
  const erase = (...numbers: readonly number[]): void => {
    const detail = {
      records: numbersText(numbers),
      keep: 'reference',
      years: 5,
      on: '2026-11-23',
      event: null,
      eventOn: null,
    };
    acts.record({ kind: 'record.erase', at, signs: ['AB'], reason: '', detail }, () =>
      numbers.forEach(retention.erase),
    );
  };
  const notices = () =>
    outbox.texts('erasures', 0, 100).map(({ number, text }) => ({ number, ...JSON.parse(text ?? '') }));
  return { ...opened, folder, erase, notices };
}

it('each erased record has one notice, with the answer that went with it, and nothing of whose it was or why', async () => {
  const { erase, notices, outbox, records, receivedOrders, station: who } = await station();
  const { order } = receivedOrders.take('order', {}, at);
  receivedOrders.noteRecord(order.number, 'b');
  receivedOrders.answer(order.number, 'an answer');
  expect(outbox.newest('erasures')).toEqual({ number: 0, digest: '' });
  erase(2, 3);
  erase(1);
  const hashes = records
    .list({ limit: 9 })
    .map(({ hash }) => hash)
    .toReversed();
  const form = { at, format: 'styrk-erasure-notice', version: 1, station: who.id };
  expect(notices()).toEqual([
    { ...form, number: 1, record: 2, hash: hashes[1], answers: [1] },
    { ...form, number: 2, record: 3, hash: hashes[2], answers: [] },
    { ...form, number: 3, record: 1, hash: hashes[0], answers: [] },
  ]);
  const before = outbox.texts('erasures', 0, 9);
  expect(outbox.texts('erasures', 0, 9)).toEqual(before);
  expect(outbox.newest('erasures')).toEqual({ number: 3, digest: before[2]?.digest });
  const { publicKey: sealingKey } = newRecipientKey(random);
  using making = makingRows({ outbox, station: who, sealingKey, random });
  const [first] = making.after('erasures', 0, 1);
  const [, , record, content, signature] = first?.values ?? [];
  expect(record).toBe(2);
  expect(isSignatureOf(who.publicKey, new TextEncoder().encode(String(content)), signature as Buffer)).toBe(true);
});

it('an act that others wrote becomes no notice: nobody has headquarters erase what the station keeps', async () => {
  const { folder, erase, notices } = await station();
  erase(1);
  fromOutside(
    join(folder, 'styrk.db'),
    `INSERT INTO acts (number, kind, at, signs, reason, detail, previous_hash, hash, signature)
     SELECT number + 1, kind, at, signs, reason, '{"records":"3","keep":"reference","years":5,"on":"2026-11-23"}', hash, hash, signature FROM acts`,
  );
  expect(notices().map(({ record }) => record)).toEqual([1]);
});
