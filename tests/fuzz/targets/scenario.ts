import * as v from 'valibot';
import { type SpecimenId, specimenIds } from '../../../main/simulator/documents/specimen.ts';
import type { SeededRandom } from '../random.ts';

/*
 * One inspection and what goes wrong in it, as JSON: what is random in it follows from its seed, so that the same text is
 * always the same inspection.
 */

const wireKinds = [
  'flip',
  'truncate',
  'extend',
  'status',
  'status-only',
  'more-waiting',
  'drip',
  'other-length',
  'empty',
  'nothing',
  'plain',
  'again',
  'random',
  'long',
  'leave',
] as const;
const innerKinds = [
  'flip',
  'truncate',
  'extend',
  'status',
  'status-only',
  'drip',
  'other-length',
  'again',
  'random',
] as const;
const fileKinds = ['flip', 'truncate', 'extend', 'random', 'missing', 'length'] as const;

const number = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));
const common = { at: number, times: number, value: number } as const;

const changeSchema = v.variant('layer', [
  /** The answers as they go over the air, from the exchange `at` on. */
  v.strictObject({ layer: v.literal('wire'), kind: v.picklist(wireKinds), ...common }),
  /** The answers before secure messaging protects them: a chip that means ill. */
  v.strictObject({ layer: v.literal('inner'), kind: v.picklist(innerKinds), ...common }),
  /** A file of the chip, the `at`-th, after everything was signed. */
  v.strictObject({ layer: v.literal('file'), kind: v.picklist(fileKinds), ...common }),
]);

const scenarioSchema = v.strictObject({
  specimen: v.picklist(specimenIds),
  reader: v.picklist(['short', 'extended', 'narrow']),
  extendedLength: v.picklist(['never', 'where-stated', 'always']),
  seed: number,
  changes: v.pipe(v.array(changeSchema), v.maxLength(6)),
});

export type Change = v.InferOutput<typeof changeSchema>;
export type Scenario = v.InferOutput<typeof scenarioSchema>;

/** Null where the input is none. */
export function readScenario(json: unknown): Scenario | null {
  const parsed = v.safeParse(scenarioSchema, json);
  return parsed.success ? parsed.output : null;
}

/** Documents that differ in access, clone protection and data groups. */
export const specimensToInspect: readonly SpecimenId[] = ['se-passport', 'old-passport', 'us-passport', 'se-id-card'];

function drawChange(random: SeededRandom, exchanges: number): Change {
  const at = random.below(exchanges + 2);
  const times = random.chance(4) ? random.pick([2, 3, 50, 100_000]) : 1;
  const value = random.word();
  const layer = random.pick(['wire', 'wire', 'inner', 'file'] as const);
  if (layer === 'wire') return { layer, kind: random.pick(wireKinds), at, times, value };
  if (layer === 'inner') return { layer, kind: random.pick(innerKinds), at, times, value };
  return { layer, kind: random.pick(fileKinds), at: random.below(12), times, value };
}

const exchangesAtMost = 130;

/** The scenario with another change, another reader or another document. */
export function mutateScenario(random: SeededRandom, scenario: Scenario): Scenario {
  const changes = random.chance(3) ? scenario.changes : [];
  const change = drawChange(random, random.chance(2) ? 30 : exchangesAtMost);
  return {
    specimen: random.chance(2) ? scenario.specimen : random.pick(specimensToInspect),
    reader: random.chance(3) ? random.pick(['short', 'extended', 'narrow']) : scenario.reader,
    extendedLength: random.chance(8) ? random.pick(['never', 'where-stated', 'always']) : scenario.extendedLength,
    seed: random.word(),
    changes: [...changes, change].slice(-3),
  };
}
