import { expect, it } from 'vitest';
import type { Connection, SqlAnswer } from '../../../main/fleet/connection.ts';
import type { Row } from '../../../main/fleet/rows.ts';
import { takeBatch } from '../../../main/fleet/take-batch.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { OutboxMark, OutboxPart } from '../../../main/store/outbox.ts';

/** Rows as a station would make them: so many of a part whose columns are few. */
function rowsUpTo(last: number): (part: OutboxPart, after: number, limit: number) => readonly Row[] {
  return (_, after, limit) =>
    Array.from({ length: Math.max(0, Math.min(limit, last - after)) }, (_each, index) => {
      const number = after + index + 1;
      const digest = number.toString(16).padStart(64, '0');
      return { number, digest, values: [number, digest, 1, 'notice', Buffer.of(1)] };
    });
}

const station = 'station-0123456789abcdef';

/** Headquarters that answers an INSERT when it is let, and everything else at once. */
function slowHeadquarters() {
  const asked: string[] = [];
  const waiting: PromiseWithResolvers<SqlAnswer>[] = [];
  let most = 0;
  const ask = async (text: string): Promise<SqlAnswer> => {
    asked.push(text.split(' ')[0] ?? '');
    if (!text.startsWith('INSERT'))
      return { rows: text.startsWith('SELECT') ? [{ number: '0', digest: '' }] : [], count: 1 };
    const answer = Promise.withResolvers<SqlAnswer>();
    waiting.push(answer);
    most = Math.max(most, waiting.length);
    return answer.promise;
  };
  const connection: Connection = {
    ask,
    atOnce: async (act) => {
      const ended = await act().then(
        (answer) => ({ answer }),
        (thrown: unknown) => ({ thrown }),
      );
      asked.push('thrown' in ended ? 'ROLLBACK' : 'COMMIT');
      if ('thrown' in ended) throw ended.thrown;
      return ended.answer;
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { connection, asked, waiting, most: () => most };
}

const turn = (): Promise<void> => new Promise((next) => setImmediate(next));

it('the next statement lies with the server while it takes one, and no third', async () => {
  const { connection, asked, waiting, most } = slowHeadquarters();
  const made: number[] = [];
  const rowsAfter = rowsUpTo(450);
  const source = {
    station,
    goOnFrom: (_: OutboxPart, mark: OutboxMark) => mark,
    rowsAfter: (part: OutboxPart, after: number, limit: number) => {
      made.push(after);
      return rowsAfter(part, after, limit);
    },
  };
  const taken = takeBatch(connection, 'erasures', source, 1_000);
  for (const count of [100, 100, 100, 100, 50]) {
    while (waiting.length === 0) await turn();
    await turn();
    waiting.shift()?.resolve({ rows: [], count });
  }
  expect(await taken).toMatchObject({ added: 450, done: true, mark: { number: 450 } });
  expect(most()).toBe(2);
  expect(made).toEqual([0, 100, 200, 300, 400, 450]);
  expect(asked).toEqual(['SELECT', ...Array.from({ length: 5 }, () => 'INSERT'), 'UPDATE', 'COMMIT']);
});

it('what the next batch begins with is made once this one is full', async () => {
  const { connection, waiting } = slowHeadquarters();
  const ahead: (readonly [string, number, number])[] = [];
  const source = {
    station,
    goOnFrom: (_: OutboxPart, mark: OutboxMark) => mark,
    rowsAfter: rowsUpTo(450),
    ahead: (part: OutboxPart, after: number, limit: number) => void ahead.push([part, after, limit]),
  };
  const taken = takeBatch(connection, 'erasures', source, 150);
  for (const count of [100, 50]) {
    while (waiting.length === 0) await turn();
    waiting.shift()?.resolve({ rows: [], count });
  }
  expect(await taken).toMatchObject({ added: 150, done: false });
  expect(ahead).toEqual([['erasures', 150, 100]]);
});

it('the first that fails is told, and what was sent behind it is nobody else to wait for', async () => {
  const { connection, asked, waiting } = slowHeadquarters();
  const source = { station, goOnFrom: (_: OutboxPart, mark: OutboxMark) => mark, rowsAfter: rowsUpTo(300) };
  const taken = takeBatch(connection, 'erasures', source, 1_000).catch((thrown: unknown) => thrown);
  while (waiting.length < 2) await turn();
  const [first, second] = waiting;
  second?.reject(new Failure('service.broken', { reason: 'behind' }));
  first?.reject(new Failure('service.refused', { reason: 'first' }));
  expect(await taken).toMatchObject({ code: 'service.refused' });
  expect(asked.at(-1)).toBe('ROLLBACK');
  expect(asked).not.toContain('UPDATE');
});
