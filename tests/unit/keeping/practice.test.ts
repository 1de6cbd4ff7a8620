import { describe, expect, it } from 'vitest';
import { fewestCases, Practice } from '../../../main/keeping/operators/practice.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import type { ListedRecord } from '../../../main/store/types.ts';

/* Cases in the last months, by the records: whoever seldom takes one loses the skill (docs/operators.md). */

const record = (number: number, operatorId: string | null, day: string, outcome = 'go-on') =>
  ({
    number,
    id: `r-${number}`,
    hash: '',
    writtenAt: `${day}T09:00:00Z`,
    content: operatorId === null ? null : { decision: { outcome, by: { sign: 'x', source: 'operator', operatorId } } },
  }) as unknown as ListedRecord;

function station() {
  const kept: ListedRecord[] = [];
  const asked: number[] = [];
  const practice = new Practice(() => ({
    list: ({ limit = 50, before = Number.MAX_SAFE_INTEGER } = {}) => {
      const found = kept
        .filter(({ number }) => number < before)
        .toSorted((a, b) => b.number - a.number)
        .slice(0, limit);
      asked.push(found.length);
      return found;
    },
  }));
  const keep = (count: number, operatorId: string | null, day: string, outcome?: string): void => {
    for (let each = 0; each < count; each += 1) kept.push(record(kept.length + 1, operatorId, day, outcome));
  };
  return { practice, keep, asked };
}
const since = '2026-06-01' as PlainDate;

describe('practice', () => {
  it('is as many cases as it takes since that day, of this operator alone', () => {
    const { practice, keep } = station();
    expect(practice.has('te', since)).toBe(false);
    keep(fewestCases - 1, 'te', '2026-06-01');
    keep(10, 'tf', '2026-07-01');
    expect([practice.has('te', since), practice.has('tf', since)]).toEqual([false, true]);
    keep(1, 'te', '2026-07-02', 'refer');
    expect(practice.has('te', since)).toBe(true);
  });

  it('are no cases that were left, none of others, none that do not open, none of before', () => {
    const { practice, keep } = station();
    keep(9, 'te', '2026-05-31');
    keep(9, 'te', '2026-06-02', 'abandoned');
    keep(9, null, '2026-06-02');
    keep(fewestCases - 1, 'te', '2026-06-03');
    expect(practice.has('te', since)).toBe(false);
  });

  it('is over when the days have gone by', () => {
    const { practice, keep } = station();
    keep(fewestCases, 'te', '2026-06-10');
    expect(practice.has('te', '2026-06-10' as PlainDate)).toBe(true);
    expect(practice.has('te', '2026-06-11' as PlainDate)).toBe(false);
    keep(fewestCases, 'te', '2026-08-10');
    expect(practice.has('te', '2026-06-11' as PlainDate)).toBe(true);
  });

  it('reads no record twice, and no older one than it needs', () => {
    const { practice, keep, asked } = station();
    keep(1_000, 'tf', '2026-06-02');
    keep(fewestCases, 'te', '2026-06-03');
    practice.has('te', since);
    expect(asked).toEqual([1, 200]);
    practice.has('xx', since);
    expect(asked.filter((count) => count > 1).reduce((sum, count) => sum + count, 0)).toBe(1_005);
    const before = asked.length;
    practice.has('xx', since);
    practice.has('te', since);
    expect(asked.slice(before)).toEqual([1, 1]);
    // More than a page may have come meanwhile.
    keep(450, 'yy', '2026-06-04');
    keep(fewestCases, 'xx', '2026-06-04');
    expect([practice.has('xx', since), practice.has('yy', since)]).toEqual([true, true]);
  });
});
