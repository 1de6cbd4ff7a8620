import { describe, expect, it } from 'vitest';
import { faultCatalogue } from '../../../main/simulator/faults/fault-catalogue.ts';
import { parseChipFaults } from '../../../main/simulator/faults/faults.ts';
import { judge } from '../../../main/verification/verdict.ts';
import { policy } from '../../support/own-resources.ts';
import { inspectSpecimen, trainingTrust } from './bench-of-specimens.ts';

const trust = trainingTrust();

describe('the catalogue of faults', () => {
  it('names each fault once, and some on every layer', () => {
    const names = faultCatalogue.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(120);
    expect(new Set(faultCatalogue.map(({ layer }) => layer)).size).toBe(9);
  });

  it.each(faultCatalogue)('$name: $expected', async ({ name, specimen, expected, dataGroups }) => {
    const { inspection } = await inspectSpecimen({
      id: specimen,
      trust: await trust,
      faults: parseChipFaults([name]),
      ...(dataGroups === undefined ? {} : { dataGroups }),
    });
    const context = { training: true, specimen: inspection.specimen };
    const { verdict } = judge(policy('document'), inspection.checks, context);
    expect(verdict === 'accept' ? 'accept' : 'not accept').toBe(expected);
    expect(inspection.checks.filter(({ code }) => code === 'internal.unexpected')).toEqual([]);
  });
});
