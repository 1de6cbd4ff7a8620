import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { matchingReport, mostRejected } from './report.ts';
import { checksOf, runSuite, totalOf, verdictOf } from './suite.ts';

const tallies = runSuite();
const [same, other] = [totalOf(tallies, true), totalOf(tallies, false)];

describe('the labelled pairs', () => {
  it('are at least 2500, of many kinds', () => {
    expect(same.pairs + other.pairs).toBeGreaterThanOrEqual(2_500);
    expect(new Set(tallies.map(({ kind }) => kind.name)).size).toBe(tallies.length);
  });

  it('of two people are never accepted', () => {
    expect(tallies.filter(({ same: one, counts }) => !one && counts.accept > 0).map(({ kind }) => kind.name)).toEqual(
      [],
    );
    expect(other.accept).toBe(0);
  });

  it('of one person are rejected in at most one of a hundred', () => {
    expect(same.reject / same.pairs).toBeLessThanOrEqual(mostRejected);
  });

  it.each(tallies.filter(({ kind }) => kind.comesTo !== null).map((tally) => [tally.kind.name, tally] as const))(
    '%s come to what the kind says',
    (_, { kind, counts, pairs }) => {
      expect(kind.comesTo !== null && counts[kind.comesTo]).toBe(pairs);
    },
  );

  it('are of one size, so that no kind weighs less than another', () => {
    expect(new Set(tallies.map(({ pairs }) => pairs)).size).toBe(1);
  });

  it('stand in docs/matching.md as they came out', () => {
    const written = readFileSync(resolve(import.meta.dirname, '../../../../docs/matching.md'), 'utf8');
    expect(written).toBe(matchingReport(tallies));
  });
});

// What the suite is worth: each check is needed, and the pairs show it where one is taken for granted.
describe('the suite finds', () => {
  it.each(['holder.personal-number', 'holder.name', 'holder.birth-date'] as const)(
    'what a matching would accept that takes %s for granted',
    (granted) => {
      const weak = runSuite((pair) =>
        verdictOf(
          checksOf(pair).map((check) =>
            check.id === granted ? { ...check, result: 'successful', code: null } : check,
          ),
        ),
      );
      expect(totalOf(weak, false).accept).toBeGreaterThan(0);
    },
  );
});
