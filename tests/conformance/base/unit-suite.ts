import { describe, expect, it } from 'vitest';
import { cases } from '../cases/all.ts';
import { explained } from '../explained.ts';
import { runCase } from './case.ts';
import { plan } from './plan.ts';

/** One test for each case of the units that begin so: the expected verdict, or the explained other one. */
export function describeUnits(prefix: string): void {
  if (plan === null) {
    describe.skip(`${prefix} (the plan's cases were not found beside the project)`, () => undefined);
    return;
  }
  const ofUnits = plan.filter(({ id, basis }) => id.startsWith(prefix) && basis !== 'deleted');
  describe(prefix, () => {
    it.each(ofUnits)('$id', async ({ id, expected }) => {
      const known = cases[id];
      if (known === undefined) throw new Error('no such case');
      const difference = explained.get(id);
      const { got, variants } = await runCase(known);
      expect({
        got,
        variants: variants.map(({ name, verdict, reasons }) => ({ name, verdict, reasons })),
      }).toMatchObject({
        got: difference?.got ?? expected,
      });
    });
  });
}
