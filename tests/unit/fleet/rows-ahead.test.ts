import { expect, it } from 'vitest';
import { newRecipientKey } from '../../../main/crypto/recipient.ts';
import type { Row } from '../../../main/fleet/rows.ts';
import { rowsOfBatches } from '../../../main/fleet/rows-ahead.ts';
import { openSealed } from '../../../main/fleet/sealed-for-headquarters.ts';
import { caseFacts } from '../records/case-facts.ts';
import { random, temporaryFolder, unlockedIn } from '../store/support.ts';

const keySealAt = 10;
const ephemeralAt = 11;

async function delivering() {
  const { outbox, station, records } = await unlockedIn(temporaryFolder());
  for (let number = 1; number <= 6; number++) records.append(caseFacts(`case-${number}`), '1');
  const { publicKey, secretKey } = newRecipientKey(random);
  const opens = ({ number, digest, values }: Row): boolean => {
    const [seal, ephemeral] = [values[keySealAt], values[ephemeralAt]];
    if (!Buffer.isBuffer(seal) || !Buffer.isBuffer(ephemeral)) return false;
    const place = { part: 'records', station: station.id, number, digest } as const;
    return openSealed(secretKey, { ephemeral }, place, seal)?.length === 32;
  };
  const ephemeralOf = (rows: readonly Row[]): readonly string[] => [
    ...new Set(rows.map(({ values }) => (values[ephemeralAt] as Buffer).toString('hex'))),
  ];
  return { rows: rowsOfBatches({ outbox, station, sealingKey: publicKey, random }), opens, ephemeralOf };
}

const numbersOf = (rows: readonly Row[]): readonly number[] => rows.map(({ number }) => number);

it('what was made ahead is what the next batch begins with, under the agreement of that batch', async () => {
  const { rows, opens, ephemeralOf } = await delivering();
  using _ = rows;
  rows.begin();
  const first = [...rows.after('records', 0, 2), ...rows.after('records', 2, 1)];
  rows.ahead('records', 3, 2);
  rows.begin();
  const second = [...rows.after('records', 3, 2), ...rows.after('records', 5, 2)];
  expect(numbersOf([...first, ...second])).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...first, ...second].every(opens)).toBe(true);
  expect(ephemeralOf(first)).toHaveLength(1);
  expect(ephemeralOf(second)).toHaveLength(1);
  expect(ephemeralOf([...first, ...second])).toHaveLength(2);
});

it('a batch that begins elsewhere gets its own rows, and what was made ahead goes out no more', async () => {
  const { rows, opens } = await delivering();
  using _ = rows;
  rows.begin();
  rows.ahead('records', 3, 2);
  rows.begin();
  expect(numbersOf(rows.after('records', 0, 2))).toEqual([1, 2]);
  const later = rows.after('records', 3, 2);
  expect(numbersOf(later)).toEqual([4, 5]);
  expect(later.every(opens)).toBe(true);
  rows.ahead('records', 3, 2);
  rows.begin();
  expect(numbersOf(rows.after('checkpoints', 3, 2))).toEqual([6]);
});
