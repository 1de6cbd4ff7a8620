import { describe, expect, it } from 'vitest';
import { type PlanCase, plan } from './base/plan.ts';
import { cases } from './cases/all.ts';
import { explained } from './explained.ts';

describe.skipIf(plan === null)('every case of the plan has its place', () => {
  const all: readonly PlanCase[] = plan ?? [];
  const ofBasis = (basis: PlanCase['basis']): readonly string[] =>
    all.filter((entry) => entry.basis === basis).map(({ id }) => id);

  it('80 described, 183 titled, 5 deleted', () => {
    expect([ofBasis('described').length, ofBasis('title').length, ofBasis('deleted').length]).toEqual([80, 183, 5]);
  });

  it('the described and the titled ones are run, the deleted ones are not', () => {
    expect(Object.keys(cases).sort()).toEqual([...ofBasis('described'), ...ofBasis('title')].sort());
  });

  it('the plan states the verdict of 79', () => {
    expect(all.filter(({ statedBy }) => statedBy === 'plan')).toHaveLength(79);
  });

  it('what is explained differs from what is expected', () => {
    for (const [id, { got }] of explained) {
      expect([id, all.find((entry) => entry.id === id)?.expected]).not.toEqual([id, got]);
      expect(cases[id]).toBeDefined();
    }
  });
});
