import { expect, it } from 'vitest';
import type { Inspection } from '../../../main/inspection/types.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import { issueSpecimen } from '../../../main/simulator/documents/specimens.ts';
import { specimenResources } from '../../support/specimen-resources.ts';
import { inspectSpecimen, random, today, trainingTrust } from './bench-of-specimens.ts';

/*
 * A card swapped for another between two exchanges, and nobody noticed: a relay, or a driver that says nothing. What holds
 * is secure messaging (9303-11, 9.8): its keys are the first chip's alone. The clone holds the same files as the genuine
 * passport and lacks its private key, so that whoever could mix the two would have a copy proven genuine.
 */

const trust = await trainingTrust();
const chipOf = (id: string) => createChip(issueSpecimen(id, today, specimenResources), { random });
const { mrz } = issueSpecimen('se-passport', today, specimenResources);

const told = ({ document, checks, portrait }: Inspection) => ({
  number: document?.number ?? null,
  portrait: portrait === null ? null : Buffer.from(portrait.bytes).toString('base64'),
  checks: Object.fromEntries(checks.map(({ id, result }) => [id, result])),
});

it.each([
  ['se-passport', 'clone'],
  ['clone', 'se-passport'],
  ['se-passport', 'bank-card'],
])(
  '%s swapped for %s before each exchange in turn: one of the two alone is told, or the reading breaks off by name',
  async (first, second) => {
    const key = { mrz };
    const whole = await inspectSpecimen({ id: first, key, trust });
    const alone = await Promise.all([whole, inspectSpecimen({ id: second, key, trust })]);
    const either = alone.map(({ inspection }) => told(inspection));
    for (let swapAt = 2; swapAt <= whole.commands.length; swapAt++) {
      const other = chipOf(second);
      const { inspection } = await inspectSpecimen({
        id: first,
        key,
        trust,
        answer: (command, number) => (number < swapAt ? null : other.transmit(command)),
      });
      const mixed = told(inspection);
      if (either.some((one) => JSON.stringify(one) === JSON.stringify(mixed))) continue;
      const broken = inspection.checks.filter(({ result }) => result === 'aborted' || result === 'failed');
      expect(broken, `swapped before exchange ${swapAt}`).not.toEqual([]);
      expect(broken.every(({ code }) => code !== null && code !== 'internal.unexpected')).toBe(true);
      // What one chip proved vouches for nothing of the other's.
      if (mixed.checks['passive-authentication.hashes'] === 'successful') {
        expect(either.map(({ portrait }) => portrait)).toContain(mixed.portrait);
        expect(either.map(({ number }) => number)).toContain(mixed.number);
        expect(either.some(({ number, portrait }) => number === mixed.number && portrait === mixed.portrait)).toBe(
          true,
        );
      }
    }
  },
);
