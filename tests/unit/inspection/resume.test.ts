import { describe, expect, it } from 'vitest';
import type { InspectionProgress } from '../../../main/inspection/types.ts';
import { Failure } from '../../../main/result/failure.ts';
import { judge } from '../../../main/verification/verdict.ts';
import { policy } from '../../support/own-resources.ts';
import { inspectSpecimen, short } from './bench-of-specimens.ts';

/** The card is lifted when this command would be answered. */
const tornAt = (last: number) => (_command: Uint8Array, number: number) => {
  if (number >= last) throw new Failure('card.removed');
  return null;
};

const flipped = (bytes: Uint8Array): Uint8Array =>
  bytes.map((byte, at) => (at === Math.floor(bytes.length / 2) ? byte ^ 1 : byte));

async function tornThenWhole(id: string, limits: typeof short, last: number) {
  const torn = await inspectSpecimen({ id, limits, answer: tornAt(last) });
  const progress: InspectionProgress[] = [];
  const next = await inspectSpecimen({
    id,
    limits,
    resume: torn.inspection.resume,
    onProgress: (event) => progress.push(event),
  });
  return { torn, next, progress };
}

describe('a card that leaves the field', () => {
  it('goes on within the portrait, and says so', async () => {
    const whole = await inspectSpecimen({ id: 'se-passport', limits: short });
    const { next, progress } = await tornThenWhole('se-passport', short, whole.commands.length - 5);
    expect(progress).toContainEqual({ type: 'resume', sameChip: true });
    expect(next.inspection.reading.bytesTakenOver).toBeGreaterThan(15_000);
    expect(next.commands.length).toBeLessThan(40);
    expect(next.inspection.portrait?.bytes).toEqual(whole.inspection.portrait?.bytes);
  });

  it('starts afresh with another chip, visibly', async () => {
    const whole = await inspectSpecimen({ id: 'se-passport', limits: short });
    const torn = await inspectSpecimen({ id: 'se-passport', limits: short, answer: tornAt(whole.commands.length - 5) });
    const progress: InspectionProgress[] = [];
    const other = await inspectSpecimen({
      id: 'de-passport',
      limits: short,
      resume: torn.inspection.resume,
      onProgress: (event) => progress.push(event),
    });
    expect(progress).toContainEqual({ type: 'resume', sameChip: false });
    expect(other.inspection.reading.bytesTakenOver).toBeUndefined();
    const verdict = judge(policy('document'), other.inspection.checks, { training: true, specimen: true });
    expect(verdict.verdict).toBe('accept');
  });

  it('what was changed meanwhile is found by its hash', async () => {
    const whole = await inspectSpecimen({ id: 'se-passport', limits: short });
    const torn = await inspectSpecimen({ id: 'se-passport', limits: short, answer: tornAt(whole.commands.length - 5) });
    const { resume } = torn.inspection;
    expect(resume?.files.find(({ whole }) => !whole)?.file).toBe('EF.DG2');
    for (const { file } of resume?.files ?? []) {
      if (!file.startsWith('EF.DG')) continue;
      const files = resume?.files.map((kept) => (kept.file === file ? { ...kept, bytes: flipped(kept.bytes) } : kept));
      const next = await inspectSpecimen({
        id: 'se-passport',
        limits: short,
        resume: resume === undefined || files === undefined ? undefined : { ...resume, files },
      });
      expect(next.inspection.checks.find(({ id }) => id === 'passive-authentication.hashes')?.result, file).toBe(
        'failed',
      );
    }
  });

  it('what no hash reaches is not taken over: EF.COM is read from the chip that is there', async () => {
    const whole = await inspectSpecimen({ id: 'se-passport', limits: short });
    const { torn, next } = await tornThenWhole('se-passport', short, whole.commands.length - 5);
    expect(torn.inspection.resume?.files.map(({ file }) => file)).not.toContain('EF.COM');
    expect(next.inspection.reading.files['EF.COM']?.exchanges).toBeGreaterThan(0);
  });

  it('an inspection that came to its end leaves nothing to go on from', async () => {
    expect((await inspectSpecimen({ id: 'se-passport' })).inspection.resume).toBeUndefined();
  });
});
