import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newRecipientKey } from '../../../main/crypto/recipient.ts';
import { makingRows } from '../../../main/fleet/rows.ts';
import { fromOutside } from '../../support/from-outside.ts';
import { caseFacts } from '../records/case-facts.ts';
import { random, temporaryFolder, unlockedIn } from '../store/support.ts';

// Retention (decision 0018) may come before a delivery that was long broken off: what follows must not wait behind it for ever.
it('what was erased before it was delivered goes as its place and hash, and holds up nothing behind it', async () => {
  const folder = temporaryFolder();
  const { outbox, station, records, receivedOrders } = await unlockedIn(folder);
  for (const id of ['a', 'b', 'c']) records.append(caseFacts(id), '1');
  for (const name of ['x', 'y']) {
    const { order } = receivedOrders.take(name, {}, '2026-11-28T09:00:00Z');
    receivedOrders.answer(order.number, `answer ${name}`);
  }
  const { publicKey: sealingKey } = newRecipientKey(random);
  const rows = () => {
    using making = makingRows({ outbox, station, sealingKey, random });
    return (['records', 'answers'] as const).map((part) => making.after(part, 0, 10));
  };
  const before = rows();
  fromOutside(
    join(folder, 'styrk.db'),
    `UPDATE records SET wrapped_key = x'', sealed = x'' WHERE number = 2;
     UPDATE received_orders SET sealed = x'', sealed_answer = NULL WHERE number = 1`,
  );
  const after = rows();
  const known = (each: typeof before) => each.map((part) => part.map(({ number, digest }) => [number, digest]));
  expect(known(after)).toEqual(known(before));
  expect(outbox.digestOf('answers', 1)).toBe(before[1]?.[0]?.digest);
  const [erasedRecord, erasedAnswer] = [after[0]?.[1]?.values ?? [], after[1]?.[0]?.values ?? []];
  expect(erasedRecord.slice(4, 6).map((value) => (value as Buffer).length)).toEqual([0, 0]);
  expect(erasedRecord[10]).toBeNull();
  expect((erasedAnswer[2] as Buffer).length).toBe(0);
});
