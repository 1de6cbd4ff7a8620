import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import type { RecordQuery } from '../../../main/store/retention/record-terms.ts';
import type { UnlockedStore } from '../../../main/store/types.ts';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { caseFacts } from '../records/case-facts.ts';
import { openIn, ownKeyFileProvider, temporaryFolder, unlockedIn } from './support.ts';

/* Records found by day, teller, purpose, verdict and document without opening them, page by page (docs/records.md). */

const signs = ['AB', 'Öm', 'cd'] as const;
const purposes = ['renew-bankid', 'new-customer', null] as const;
const verdicts = ['accept', 'refer', 'reject'] as const;
const documents = ['AA123456', 'L01X00T47', null] as const;
// The clock went back twice.
const days = ['2026-11-20', '2026-11-21', '2026-11-19', '2026-11-22', '2026-11-21'] as const;

interface Made extends Readonly<Record<'teller' | 'purpose' | 'verdict' | 'document', string | null>> {
  readonly number: number;
  readonly day: string;
}

/** 60 records in which everything that is asked for stands beside everything else. */
async function filled(): Promise<{
  readonly made: readonly Made[];
  readonly unlocked: UnlockedStore;
  readonly folder: string;
}> {
  const folder = temporaryFolder();
  const unlocked = await unlockedIn(folder);
  const made: Made[] = [];
  const pick = <Value>(values: readonly Value[], index: number): Value => values[index % values.length] as Value;
  for (let index = 0; index < 60; index++) {
    const [teller, purpose] = [pick(signs, index), pick(purposes, index >> 1)];
    const [verdict, number] = [pick(verdicts, index >> 2), pick(documents, (index * 7) >> 2)];
    const day = pick(days, Math.floor(index / 12));
    const facts = caseFacts(`case-${index}`);
    const changes: Partial<CaseFacts> = {
      purpose,
      document: number === null || facts.document === null ? null : { ...facts.document, number },
      verdict: { ...facts.verdict, verdict },
      decision: { outcome: 'stop', reason: null, by: { sign: teller, source: 'typed' } },
      endedAt: `${day}T09:03:12Z`,
    };
    const kept = unlocked.records.append({ ...facts, ...changes }, '1');
    made.push({ number: kept.number, day, teller, purpose, verdict, document: number });
  }
  while (!unlocked.retention.follow(7));
  return { made, unlocked, folder };
}

function naive(made: readonly Made[], { from, to, ...terms }: RecordQuery): readonly number[] {
  return made
    .filter(({ day }) => day >= (from ?? '') && day <= (to ?? '9999'))
    .filter((each) => Object.entries(terms).every(([term, value]) => each[term as keyof typeof terms] === value))
    .toSorted((a, b) => b.day.localeCompare(a.day) || b.number - a.number)
    .map(({ number }) => number);
}

function allPages({ retention }: UnlockedStore, query: RecordQuery, limit: number): readonly number[] {
  const found: number[] = [];
  for (let before: number | null = null; ; ) {
    const page: ReturnType<typeof retention.find> = retention.find(query, { before, limit });
    expect(page.numbers.length).toBeLessThanOrEqual(limit);
    found.push(...page.numbers);
    if (page.next === null) return found;
    before = page.next;
  }
}

it('finds page by page what a look into every record finds, the newest day first', async () => {
  const { made, unlocked } = await filled();
  const day = fc.constantFrom(...days, '2026-11-18', '2026-11-23').map((text) => text as PlainDate);
  const some = <Value>(values: readonly (Value | null)[]) =>
    fc.constantFrom(...values.filter((value) => value !== null), 'other') as fc.Arbitrary<string>;
  const query = fc.record(
    {
      from: day,
      to: day,
      teller: some(signs),
      purpose: some(purposes),
      verdict: some(verdicts),
      document: some(documents),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(query, fc.integer({ min: 1, max: 20 }), (asked, limit) => {
      expect(allPages(unlocked, asked, limit)).toEqual(naive(made, asked));
    }),
    { numRuns: 200 },
  );
});

it('takes signs and numbers as people write them', async () => {
  const { made, unlocked } = await filled();
  expect(allPages(unlocked, { teller: ' ab' }, 50)).toEqual(naive(made, { teller: 'AB' }));
  expect(allPages(unlocked, { teller: 'o\u0308M'.toUpperCase() }, 50)).toEqual(naive(made, { teller: 'Öm' }));
  expect(allPages(unlocked, { document: 'l01 x00-t47<' }, 50)).toEqual(naive(made, { document: 'L01X00T47' }));
});

it('looks at so many rows for one page and says where it goes on', async () => {
  const { unlocked, folder } = await filled();
  const { retention } = unlocked;
  const database = new Database(join(folder, 'styrk.db'));
  // Two things that each stand in thousands of records, and together in none.
  database.exec(`
    WITH RECURSIVE n (number) AS (SELECT 1000 UNION ALL SELECT number + 1 FROM n WHERE number < 15999)
    INSERT INTO record_retention (number, keep, years, written_on, erased, teller, verdict)
      SELECT number, 'none', 5, '2026-11-23', 0,
        CASE WHEN number % 2 = 0 THEN (SELECT teller FROM record_retention WHERE number = 1) END,
        CASE WHEN number % 2 = 1 THEN (SELECT verdict FROM record_retention WHERE number = 5) END
      FROM n`);
  database.close();
  const query = { teller: 'AB', verdict: 'refer', from: '2026-11-23' as PlainDate };
  const first = retention.find(query, { before: null, limit: 50 });
  expect(first.numbers).toEqual([]);
  const second = retention.find(query, { before: first.next, limit: 50 });
  expect([second.numbers, second.next]).toEqual([[], null]);
});

it('holds nothing in clear, and of an erased record its day alone', async () => {
  const { made, unlocked, folder } = await filled();
  const { retention } = unlocked;
  const rows = (where: string): readonly Record<string, unknown>[] => {
    const database = new Database(join(folder, 'styrk.db'), { readonly: true });
    const found = database.prepare<[], Record<string, unknown>>(`SELECT * FROM record_retention WHERE ${where}`).all();
    database.close();
    return found;
  };
  for (const { teller, purpose, verdict, document } of rows('1'))
    for (const token of [teller, purpose, verdict, document])
      expect(token === null || (token instanceof Uint8Array && token.length === 8)).toBe(true);
  const gone = 5;
  unlocked.acts.record(
    { kind: 'record.erase', at: '2026-11-23T10:00:00Z', signs: ['AB'], reason: '', detail: {} },
    () => retention.erase(gone),
  );
  expect(rows(`number = ${gone}`)).toMatchObject([
    { holder_index: null, teller: null, purpose: null, verdict: null, document: null },
  ]);
  const left = made.map((each) =>
    each.number === gone ? { ...each, teller: null, purpose: null, verdict: null, document: null } : each,
  );
  for (const query of [{ teller: 'AB' }, { verdict: 'refer' }, { from: '2026-11-20' as PlainDate }] as const)
    expect(allPages(unlocked, query, 50)).toEqual(naive(left, query));
});

it('rows that somebody took away are made again by whoever opens the folder next', async () => {
  const { made, unlocked, folder } = await filled();
  expect(unlocked.retention.behind()).toBe(0);
  const database = new Database(join(folder, 'styrk.db'));
  database.exec('DELETE FROM record_retention WHERE number % 2 = 0');
  database.close();
  const again = await openIn(folder).unlock(ownKeyFileProvider);
  while (!again.retention.follow(20));
  expect(allPages(again, {}, 50)).toEqual(naive(made, {}));
});
