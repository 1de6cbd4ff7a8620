import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { recordFigures } from '../../../main/house/record-figures.ts';
import type { UnlockedStore } from '../../../main/store/types.ts';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { caseFacts } from '../records/case-facts.ts';
import { temporaryFolder, unlockedIn } from '../store/support.ts';

/* Past cases as whoever leads the branch counts them: by month and who decided. */

const by = (sign: string) => ({ sign, source: 'operator', operatorId: `id-${sign}` }) as const;
const decided = (sign: string, outcome: CaseFacts['decision']['outcome'] = 'go-on'): Partial<CaseFacts> => ({
  decision: { outcome, reason: outcome === 'go-on' ? null : 'why', by: by(sign) },
});
const at = (endedAt: string, sign = 'TE'): Partial<CaseFacts> => ({ endedAt, ...decided(sign) });
const [october, november, december] = ['2026-10-10T12:00:00Z', '2026-11-10T12:00:00Z', '2026-12-10T12:00:00Z'];

/** A folder with these records, all of them in the index. */
async function folder(...cases: readonly Partial<CaseFacts>[]) {
  const directory = temporaryFolder();
  const opened = await unlockedIn(directory);
  for (const [index, changes] of cases.entries())
    opened.records.append(caseFacts(`case-${index + 1}`, changes), '1.0.0');
  while (!opened.retention.follow(100));
  return { directory, opened, figures: (month: string) => recordFigures(() => opened, month) };
}

/** As somebody with the file. */
function outside(directory: string, sql: string): void {
  const database = new Database(join(directory, 'styrk.db'));
  for (const name of database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all())
    database.exec(`DROP TRIGGER ${String(name)}`);
  database.exec(sql);
  database.close();
}

const casesOf = async (figures: ReturnType<typeof recordFigures>) => {
  const { tellers, unread, whole } = await figures;
  return [tellers.reduce((sum, { cases }) => sum + cases, 0), unread, whole];
};

describe('the figures of a month', () => {
  it('count what each decided, for whom, and what was otherwise than the verdict', async () => {
    const on = { endedAt: november };
    const refer = caseFacts('x').verdict;
    const referred = { verdict: { ...refer, verdict: 'refer' } } as const;
    const there = await folder(
      { ...decided('TE'), endedAt: october },
      { ...on, ...decided('TE') },
      { ...on, ...decided('TE', 'stop') },
      { ...on, ...referred, ...decided('TE', 'refer') },
      { ...on, ...referred, ...decided('SU'), referral: { recordId: 'case-4', at: on.endedAt, by: by('TE') } },
      { ...on, ...referred, ...decided('TF') },
      { ...on, ...decided('TF', 'abandoned') },
    );
    const none = { cases: 0, goOn: 0, referred: 0, stopped: 0, abandoned: 0, ofColleagues: 0, otherwise: 0 };
    expect(await there.figures('2026-11')).toEqual({
      tellers: [
        { ...none, sign: 'TE', cases: 3, goOn: 1, referred: 1, stopped: 1, otherwise: 1 },
        { ...none, sign: 'TF', cases: 2, goOn: 1, abandoned: 1, otherwise: 1 },
        { ...none, sign: 'SU', cases: 1, goOn: 1, ofColleagues: 1 },
      ],
      unread: 0,
      whole: true,
    });
    expect(await there.figures('2026-12')).toEqual({ tellers: [], unread: 0, whole: true });
  });

  it('count each once where a clock went back and forth, and open no record of another month', async () => {
    const cases = [october, november, december, november, october, november, november, december];
    const { opened } = await folder(...cases.map((instant) => at(instant)));
    const asked: number[] = [];
    const records: UnlockedStore['records'] = {
      ...opened.records,
      of: (numbers) => {
        asked.push(...numbers);
        return opened.records.of(numbers);
      },
    };
    expect(await casesOf(recordFigures(() => ({ ...opened, records }), '2026-11'))).toEqual([4, 0, true]);
    expect(asked).toEqual([2, 4, 6, 7]);
  });

  it.each([
    ['one whose seal is broken', 'UPDATE records SET sealed = zeroblob(length(sealed)) WHERE number = 3', [3, 1, true]],
    ['one that was blanked', "UPDATE records SET sealed = x'', wrapped_key = x'' WHERE number = 3", [3, 1, true]],
    ['one that is gone', 'DELETE FROM records WHERE number = 3', [3, 1, true]],
    ['the last one gone', 'DELETE FROM records WHERE number = 5', [3, 1, true]],
    [
      'one that is gone with its row of the index',
      'DELETE FROM records WHERE number = 3; DELETE FROM record_retention WHERE number = 3',
      [3, 1, true],
    ],
    ['rows of the index gone', 'DELETE FROM record_retention WHERE number IN (2, 4)', [4, 0, true]],
    ['all rows of the index gone', 'DELETE FROM record_retention', [4, 0, true]],
    [
      'rows of the index dated otherwise',
      "UPDATE record_retention SET written_on = '2020-01-01' WHERE number > 2",
      [4, 0, true],
    ],
    [
      'a row of the index of no record',
      "INSERT INTO record_retention (number, keep, years, written_on, erased) VALUES (90, 'copy', 5, '2026-11-10', 0)",
      [4, 0, true],
    ],
    [
      'a row of the index of another month’s record',
      "UPDATE record_retention SET written_on = '2026-11-10' WHERE number = 1",
      [4, 0, true],
    ],
  ])('tell what was damaged, and count the others once: %s', async (_, sql, expected) => {
    const { directory, opened } = await folder(
      at(october),
      at(november),
      at(november, 'TF'),
      at(november),
      at(november, 'SU'),
    );
    opened.store.close();
    outside(directory, sql);
    const again = await unlockedIn(directory);
    expect(await casesOf(recordFigures(() => again, '2026-11'))).toEqual(expected);
  });

  it('find a month that lies far from both ends by the index alone', async () => {
    const sent = (index: number) => (index === 30 ? november : index < 30 ? october : december);
    const there = await folder(...Array.from({ length: 60 }, (_, index) => at(sent(index))));
    const looked: number[] = [];
    const records: UnlockedStore['records'] = {
      ...there.opened.records,
      writtenBetween: (first, last) => {
        const found = there.opened.records.writtenBetween(first, last);
        looked.push(...found.map(({ number }) => number));
        return found;
      },
    };
    const figures = (month: string) => recordFigures(() => ({ ...there.opened, records }), month, 5);
    expect(await casesOf(figures('2026-11'))).toEqual([1, 0, true]);
    // Five on both sides of the one, and the last ones.
    expect(looked).toEqual([
      ...Array(11)
        .keys()
        .map((step) => 26 + step),
      55,
      56,
      57,
      58,
      59,
      60,
    ]);
    expect(await casesOf(figures('2026-12'))).toEqual([29, 0, true]);
    expect(await casesOf(figures('2026-10'))).toEqual([30, 0, true]);
  });
});
