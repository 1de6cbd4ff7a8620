import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriedOver, outcomeOf } from '../../../main/inspection/outcome.ts';
import type { Inspection, ResumeState } from '../../../main/inspection/types.ts';
import { Failure } from '../../../main/result/failure.ts';
import { listSpecimens } from '../../../main/simulator/documents/list-specimens.ts';
import type { ChipFaults } from '../../../main/simulator/faults/faults.ts';
import { judge } from '../../../main/verification/verdict.ts';
import { policy } from '../../support/own-resources.ts';
import { extended, inspectSpecimen, short, today, trainingTrust } from './bench-of-specimens.ts';

/*
 * Show 5: a card torn at exchange N, for every N of an inspection with PACE and chip authentication. Whatever was torn away
 * is laid back as the doors do it: `carriedOver` says what the next tap goes on from.
 */

const trust = await trainingTrust();

interface Tap {
  readonly id: string;
  readonly faults?: ChipFaults;
  /** The exchange at which it is torn away; null: read to its end. */
  readonly tornAt: number | null;
}

async function tapped(taps: readonly Tap[], limits: typeof short, key: { readonly mrz: readonly string[] }) {
  let resume: ResumeState | null = null;
  const ends: { readonly inspection: Inspection; readonly exchanges: number }[] = [];
  for (const { id, faults = {}, tornAt } of taps) {
    const end = await inspectSpecimen({
      id,
      faults,
      limits,
      trust,
      key,
      resume: resume ?? undefined,
      answer: (_command, number) => {
        if (tornAt !== null && number >= tornAt) throw new Failure('card.removed');
        return null;
      },
    });
    resume = carriedOver(resume, outcomeOf(end.inspection), end.inspection);
    ends.push({ inspection: end.inspection, exchanges: end.commands.length });
  }
  const last = ends.at(-1);
  if (last === undefined) throw new Error('nothing was laid down');
  return { ends, last, resume };
}

const verdictOf = ({ checks, specimen }: Inspection) =>
  judge(policy('document'), checks, { training: true, specimen }).verdict;
const resultsOf = ({ checks }: Inspection) => checks.map(({ id, result, code }) => `${id} ${result} ${code}`);

const id = 'se-passport';
const key = { mrz: listSpecimens(today).find((specimen) => specimen.id === id)?.mrz ?? [] };

describe.each([
  { name: 'extended length', limits: extended },
  { name: 'short length', limits: short },
])('torn at every exchange, $name', async ({ limits }) => {
  const fresh = await inspectSpecimen({ id, limits, trust, key });
  const exchanges = fresh.commands.length;

  it('ends in a named failure, and the next tap brings the whole result with fewer exchanges', async () => {
    expect(verdictOf(fresh.inspection)).toBe('accept');
    for (let tornAt = 1; tornAt <= exchanges; tornAt++) {
      const { ends, last, resume } = await tapped(
        [
          { id, tornAt },
          { id, tornAt: null },
        ],
        limits,
        key,
      );
      const torn = ends[0]?.inspection;
      if (torn === undefined) throw new Error('no first tap');
      expect(verdictOf(torn), `torn at ${tornAt}`).not.toBe('accept');
      expect(outcomeOf(torn)).toEqual({ state: 'interrupted', code: 'card.removed' });
      expect(torn.checks.filter(({ result }) => result === 'failed')).toEqual([]);
      expect(verdictOf(last.inspection)).toBe('accept');
      expect(resultsOf(last.inspection)).toEqual(resultsOf(fresh.inspection));
      expect(last.inspection.document).toEqual(fresh.inspection.document);
      expect(last.inspection.portrait?.bytes).toEqual(fresh.inspection.portrait?.bytes);
      expect(resume).toBeNull();
      const begunPortrait = torn.reading.files['EF.DG2'] !== undefined;
      if (begunPortrait) expect(last.exchanges, `torn at ${tornAt}`).toBeLessThan(exchanges);
    }
  }, 300_000);
});

describe('torn again and again', () => {
  it('adds up: each tap goes on from where all of them came', async () => {
    const fresh = await inspectSpecimen({ id, limits: short, trust, key });
    const taps = [40, 12, 45, 9, 30, null].map((tornAt) => ({ id, tornAt }));
    const { ends, last } = await tapped(taps, short, key);
    expect(resultsOf(last.inspection)).toEqual(resultsOf(fresh.inspection));
    const third = ends[2]?.inspection.resume?.files.find(({ file }) => file === 'EF.DG2')?.bytes.length ?? 0;
    const first = ends[0]?.inspection.resume?.files.find(({ file }) => file === 'EF.DG2')?.bytes.length ?? 0;
    expect(first).toBeGreaterThan(0);
    expect(third).toBeGreaterThan(first);
    expect(last.inspection.reading.bytesTakenOver).toBeGreaterThan(third);
    expect(last.exchanges).toBeLessThan(fresh.commands.length / 2);
  });

  // The clone has every byte of the passport and none of its keys; the forged ones have its EF.SOD and even its keys; the
  // other passport does not open with this key.
  const forged = (file: string) => ({
    id,
    faults: {
      issue: [
        {
          file: (name: string, contents: Uint8Array) =>
            name === file ? contents.map((byte, at) => (at === contents.length - 9 ? byte ^ 1 : byte)) : contents,
        },
      ],
    },
  });
  const others = [
    { id: 'clone' },
    { id: 'clone-without-keys' },
    forged('EF.DG2'),
    forged('EF.DG1'),
    { id: 'de-passport' },
  ];

  it('with other chips between: an accept is always that of the one genuine chip, byte for byte', async () => {
    const genuine = await inspectSpecimen({ id, limits: short, trust, key });
    const anyTap = fc.record({
      chip: fc.constantFrom<Omit<Tap, 'tornAt'>>({ id }, ...others),
      tornAt: fc.integer({ min: 1, max: 110 }),
    });
    const lastChip = fc.constantFrom<Omit<Tap, 'tornAt'>>({ id }, ...others);
    await fc.assert(
      fc.asyncProperty(fc.array(anyTap, { minLength: 1, maxLength: 4 }), lastChip, async (torn, final) => {
        const { last } = await tapped(
          [...torn.map(({ chip, tornAt }) => ({ ...chip, tornAt })), { ...final, tornAt: null }],
          short,
          key,
        );
        const { inspection } = last;
        expect(outcomeOf(inspection).state).not.toBe('interrupted');
        if (final.id !== id) expect(verdictOf(inspection)).not.toBe('accept');
        if (verdictOf(inspection) !== 'accept') return;
        expect(inspection.document).toEqual(genuine.inspection.document);
        expect(inspection.portrait?.bytes).toEqual(genuine.inspection.portrait?.bytes);
        expect(inspection.checks.find((check) => check.id === 'chip-authentication')?.result).toBe('successful');
      }),
      { numRuns: 25 },
    );
  }, 300_000);
});
