import { describe, expect, it } from 'vitest';
import { accessDelay, timedTransport, withDelay } from '../../../main/inspection/access-delay.ts';
import { outcomeOf } from '../../../main/inspection/outcome.ts';
import { unsuccessful } from '../../../main/result/check.ts';
import { Failure } from '../../../main/result/failure.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import { issueSpecimen } from '../../../main/simulator/documents/specimens.ts';
import { parseChipFaults } from '../../../main/simulator/faults/faults.ts';
import { specimenResources } from '../../support/specimen-resources.ts';
import { extended, inspectSpecimen, random, today } from './bench-of-specimens.ts';

describe('the time that a chip takes', () => {
  it('is that of its slowest answer since it was last asked for', async () => {
    let now = 0;
    const timed = timedTransport(
      {
        limits: extended,
        transmit: async ([millis = 0]) => {
          now += millis;
          if (millis === 250) throw new Failure('card.removed');
          return new Uint8Array(2);
        },
      },
      () => now,
    );
    for (const millis of [10, 200, 30]) await timed.transport.transmit(Uint8Array.of(millis));
    expect(timed.takeSlowest()).toBe(200);
    await expect(timed.transport.transmit(Uint8Array.of(250))).rejects.toThrow('card.removed');
    expect(timed.takeSlowest()).toBe(250);
    expect(timed.takeSlowest()).toBe(0);
  });

  it.each([
    ['access.wrong-key', 1_000, { step: 'token', delayMillis: 1_000 }],
    ['access.wrong-key-maybe', 4_000.4, { step: 'token', delayMillis: 4_000 }],
    ['access.wrong-key', 999, { step: 'token' }],
    ['access.pace-failed', 9_000, { step: 'token' }],
  ] as const)('%s after %d ms', (code, millis, fields) => {
    expect(withDelay(new Failure(code, { step: 'token' }), millis).fields).toEqual(fields);
  });

  it('counts twice for the next try, and only where a key was refused', () => {
    const refused = (delayMillis: number) => unsuccessful('access.pace', 'failed', 'access.wrong-key', { delayMillis });
    expect(accessDelay([refused(1_500)])).toBe(3_000);
    expect(accessDelay([unsuccessful('access.pace', 'failed', 'access.wrong-key')])).toBeNull();
    expect(
      accessDelay([unsuccessful('access.pace', 'failed', 'access.pace-failed', { delayMillis: 9_000 })]),
    ).toBeNull();
    expect(accessDelay([])).toBeNull();
  });
});

describe.each(['se-passport', 'old-passport'])('%s against which keys are tried', (id) => {
  const faults = parseChipFaults(['growing-delay']);
  const chip = createChip(issueSpecimen(id, today, specimenResources, faults.issue), { random });
  const other = issueSpecimen('de-passport', today, specimenResources).mrz;
  const tried = async (key?: { readonly mrz: readonly string[] }) => {
    chip.enterField();
    return (await inspectSpecimen({ id, chip, ...(key === undefined ? {} : { key }) })).inspection;
  };

  it('is refused later each time, which the check tells, and opens at once with the right key', async () => {
    const waits: (number | null)[] = [];
    for (let attempt = 0; attempt < 5; attempt++) waits.push(accessDelay((await tried({ mrz: other })).checks));
    for (const [attempt, seconds] of [2, 4, 8, 16, 16].entries()) {
      expect((waits[attempt] ?? 0) / 1000).toBeGreaterThanOrEqual(seconds);
      expect((waits[attempt] ?? 0) / 1000).toBeLessThan(seconds + 2);
    }
    expect(outcomeOf(await tried()).state).toBe('done');
    expect((accessDelay((await tried({ mrz: other })).checks) ?? 0) / 1000).toBeLessThan(4);
  });
});

describe('a chip that never answers', () => {
  it.each([1, 3, 6, 9, 12])('at command %d: card.mute, and nothing is accepted', async (muteAtCommand) => {
    const { inspection } = await inspectSpecimen({ id: 'se-passport', faults: { muteAtCommand } });
    expect(outcomeOf(inspection)).toEqual({ state: 'interrupted', code: 'card.mute' });
    expect(inspection.checks.filter(({ result }) => result === 'failed')).toEqual([]);
  });
});
