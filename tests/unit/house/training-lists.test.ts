import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { openFolder } from '../../../main/house/folder.ts';
import { addDays, type PlainDate } from '../../../main/result/plain-date.ts';
import { freshness } from '../../../main/trust/path/freshness.ts';
import type { StoredRevocationList } from '../../../main/trust/types.ts';

const folder = mkdtempSync(join(tmpdir(), 'styrk-training-lists-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function listsOn(today: PlainDate): Promise<readonly StoredRevocationList[]> {
  const clock = { now: () => `${today}T09:00:00Z`, today: () => today };
  const store = await openFolder({ directory: join(folder, 'training'), kind: 'training', clock });
  try {
    expect(store.trust.history()).toEqual([]);
    expect(store.isWhole()).toBe(true);
    return store.trust.allRevocationLists();
  } finally {
    store.close();
  }
}

// A list counts for 90 days and the overlap of two editions (9303-12 §4.1.5): a folder must be given new ones.
describe('a training folder', () => {
  const first = '2026-11-23' as PlainDate;

  it.each([first, '2026-11-30', '2026-12-01', '2027-12-24'] as PlainDate[])(
    'opened on %s holds the lists of that month, all fresh',
    async (day) => {
      const lists = await listsOn(day);
      expect(lists.length).toBeGreaterThan(20);
      expect(new Set(lists.map(({ thisUpdate }) => thisUpdate))).toEqual(new Set([`${day.slice(0, 7)}-01`]));
      const dated = lists.map(({ issuer: name, thisUpdate: date, nextUpdate }) => ({
        kind: 'revocation-list' as const,
        name,
        date,
        nextUpdate,
      }));
      expect(new Set(freshness(dated, day).map(({ freshness: found }) => found))).toEqual(new Set(['fresh']));
    },
  );

  // https://sqlite.org/rescode.html#busy: an import of another process may last for minutes.
  it('opens with the lists it has while another process writes, and is given the new ones later', async () => {
    const month = (lists: readonly StoredRevocationList[]) => [...new Set(lists.map(({ thisUpdate }) => thisUpdate))];
    const other = new Database(join(folder, 'training', 'styrk.db'));
    try {
      other.exec('BEGIN IMMEDIATE');
      expect(month(await listsOn('2028-01-10' as PlainDate))).toEqual(['2027-12-01']);
    } finally {
      other.close();
    }
    expect(month(await listsOn('2028-01-11' as PlainDate))).toEqual(['2028-01-01']);
  });

  // A list of a day to come makes today doubtful (clock.went-back), and no administrator could take it back.
  it('is given the lists of the month where the clock had run ahead, and stays whole', async () => {
    const lists = await listsOn(addDays(first, 10));
    expect(new Set(lists.map(({ thisUpdate }) => thisUpdate))).toEqual(new Set(['2026-12-01']));
  });
});
