import { describe, expect, it } from 'vitest';
import { besideRow, median, millis, notAtSize, ownRow, speedTable, untold } from '../../bench/speed/row.ts';

const beside = { what: 'host time', now: 20, most: 0.7, shown: millis, floor: 'curves 80 %' };

describe('a goal that is a part of the other build', () => {
  it('is met at the goal and missed above it, and only then tells the floor', () => {
    expect(besideRow({ ...beside, there: 40 })).toMatchObject({ ratio: 0.5, met: true, note: '' });
    expect(besideRow({ ...beside, there: 20 / 0.7 })).toMatchObject({ met: true });
    expect(besideRow({ ...beside, there: 25 })).toMatchObject({ ratio: 0.8, met: false, note: 'curves 80 %' });
  });

  it('is not told without that build, and says that it needs it', () => {
    expect(besideRow({ ...beside, there: null })).toEqual({
      what: 'host time',
      now: '20.0 ms',
      there: null,
      ratio: null,
      goal: 'at most 0.7 of it',
      met: null,
      note: 'needs the other build: --against DIR',
    });
  });
});

describe('other rows', () => {
  it('a goal of its own needs no other build', () => {
    const row = { what: 'one look-up', now: '2 ms', goal: 'at most 1 ms', met: false, floor: 'the list is read anew' };
    expect(ownRow(row)).toMatchObject({ there: null, met: false, note: 'the list is read anew' });
    expect(ownRow({ ...row, met: true, there: '9 ms' })).toMatchObject({ there: '9 ms', met: true, note: '' });
  });

  it('what was not measured, and what was smaller than the goal, is neither met nor missed', () => {
    expect(untold('through a service', 'at most 17', 'no service')).toMatchObject({ met: null, note: 'no service' });
    const small = notAtSize(ownRow({ what: 'roster', now: '0.6', goal: 'at least 0.5', met: true }), '1000 people');
    expect(small).toMatchObject({ now: '0.6', met: null, note: 'tried with 1000 people: no size of the goal' });
  });

  it('the table has a line for each row', () => {
    const rows = [besideRow({ ...beside, there: 25 }), untold('through a service', 'at most 17', 'no service')];
    expect(speedTable(rows).split('\n')).toEqual([
      '| what | now | there | of it | goal |  | floor, or why not told |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| host time | 20.0 ms | 25.0 ms | 0.80 | at most 0.7 of it | NOT met | curves 80 % |',
      '| through a service | not measured | – |  | at most 17 | not told | no service |',
      '',
    ]);
  });

  it('the median is one of the values', () => {
    expect(median([9, 1, 4])).toBe(4);
    expect(median([4, 1])).toBe(4);
    expect(median([])).toBeNaN();
  });
});
