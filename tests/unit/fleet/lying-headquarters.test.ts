import { describe, expect, it } from 'vitest';
import { newRecipientKey } from '../../../main/crypto/recipient.ts';
import type { Connection, SqlAnswer } from '../../../main/fleet/connection.ts';
import { deliverBatch } from '../../../main/fleet/deliver.ts';
import { rowsOfBatches } from '../../../main/fleet/rows-ahead.ts';
import { Failure } from '../../../main/result/failure.ts';
import { caseFacts } from '../records/case-facts.ts';
import { random, temporaryFolder, unlockedIn } from '../store/support.ts';

type Ask = (text: string) => Partial<SqlAnswer> | undefined;

/** Headquarters as it should be, with an empty table, but for what `lie` answers in its place. */
function headquarters(lie: Ask): Connection & { readonly asked: string[] } {
  const asked: string[] = [];
  const ask = async (text: string): Promise<SqlAnswer> => {
    asked.push(text);
    const rows = text.startsWith('SELECT') ? [{ number: '0', digest: '' }] : [];
    const count = text.startsWith('INSERT') ? 3 : 1;
    return { rows, count, ...lie(text) };
  };
  return {
    asked,
    ask,
    atOnce: async (act) => {
      try {
        const answer = await act();
        asked.push('COMMIT');
        return answer;
      } catch (thrown) {
        asked.push('ROLLBACK');
        throw thrown;
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

describe('what headquarters answers is input', () => {
  const marks = (...rows: unknown[]): Ask => {
    return (text) => (text.startsWith('SELECT records') ? { rows } : undefined);
  };
  const lies: readonly (readonly [string, Ask, string])[] = [
    ['two marks', marks({ number: '0', digest: '' }, { number: '0', digest: '' }), 'service.answer-malformed'],
    ['no number', marks({ number: 'many', digest: '' }), 'service.answer-malformed'],
    ['a number below nothing', marks({ number: '-1', digest: '' }), 'service.answer-malformed'],
    ['a number that no number holds', marks({ number: '9999999999999999', digest: '' }), 'service.answer-malformed'],
    ['half a number', marks({ number: 1.5, digest: '' }), 'service.answer-malformed'],
    ['no digest', marks({ number: '1' }), 'service.answer-malformed'],
    ['a digest of another form', marks({ number: '1', digest: "'; DROP" }), 'service.answer-malformed'],
    ['nothing of the station', marks(), 'fleet.not-enrolled'],
    ['more than there is', marks({ number: '4', digest: 'a'.repeat(64) }), 'fleet.mark-ahead'],
    ['another record there', marks({ number: '2', digest: 'a'.repeat(64) }), 'fleet.other-history'],
    [
      'more rows taken than sent',
      (text) => (text.startsWith('INSERT') ? { count: 4 } : undefined),
      'service.answer-malformed',
    ],
    [
      'fewer taken, and none there',
      (text) => (text.startsWith('INSERT') ? { count: 2 } : undefined),
      'service.answer-malformed',
    ],
    [
      'a mark that did not move',
      (text) => (text.startsWith('UPDATE') ? { count: 0 } : undefined),
      'service.answer-malformed',
    ],
    [
      'two marks that moved',
      (text) => (text.startsWith('UPDATE') ? { count: 2 } : undefined),
      'service.answer-malformed',
    ],
  ];

  it.each(lies)('%s: nothing is committed, nothing is noted', async (_, lie, code) => {
    const { outbox, station, records } = await unlockedIn(temporaryFolder());
    for (const id of ['a', 'b', 'c']) records.append(caseFacts(id), '1');
    const { publicKey: sealingKey } = newRecipientKey(random);
    const connection = headquarters(lie);
    const ground = { outbox, station, sealingKey, random, now: () => '2026-11-28T09:00:00Z' };
    using rows = rowsOfBatches(ground);
    const failed = await deliverBatch(connection, 'records', ground, rows).catch((thrown: unknown) => thrown);
    expect(failed).toBeInstanceOf(Failure);
    expect((failed as Failure).code).toBe(code);
    expect(connection.asked.at(-1)).toBe('ROLLBACK');
    expect(outbox.delivered('records').number).toBe(0);
  });

  it('the truth is committed, and noted after that', async () => {
    const { outbox, station, records } = await unlockedIn(temporaryFolder());
    for (const id of ['a', 'b', 'c']) records.append(caseFacts(id), '1');
    const connection = headquarters(() => undefined);
    const { publicKey: sealingKey } = newRecipientKey(random);
    const ground = { outbox, station, sealingKey, random, now: () => '2026-11-28T09:00:00Z' };
    using rows = rowsOfBatches(ground);
    expect(await deliverBatch(connection, 'records', ground, rows)).toEqual({ added: 3, done: true });
    expect(connection.asked.at(-1)).toBe('COMMIT');
    expect(outbox.delivered('records')).toEqual({ ...outbox.newest('records'), at: '2026-11-28T09:00:00Z' });
  });
});
