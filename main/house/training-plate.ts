import type { RandomSource } from '../crypto/random.ts';
import type { StationClock } from '../machine/clock.ts';
import { Failure } from '../result/failure.ts';
import { createChip, type SimulatedChip } from '../simulator/chip/chip.ts';
import { issueSpecimen, listSpecimens } from '../simulator/documents/specimens.ts';
import type { TrainingReader } from '../simulator/training-reader.ts';
import type { TrainingPlate } from './house.ts';
import type { HouseResources } from './resources.ts';

/**
 * The plate of the training reader: one specimen lies there at a time. One that left by itself is the same chip when it is
 * laid back.
 */
export function createPlate(
  reader: TrainingReader,
  around: { readonly clock: StationClock; readonly resources: HouseResources; readonly random: RandomSource },
): TrainingPlate {
  let last: { readonly id: string; readonly chip: SimulatedChip } | null = null;
  return {
    specimens: () =>
      listSpecimens(around.clock.today()).map(({ id, title, mrz, can, holder }) => ({ id, title, mrz, can, holder })),
    lay(id) {
      if (last?.id === id && !last.chip.present) {
        reader.lay(last.chip);
        return;
      }
      const specimen = issueSpecimen(id, around.clock.today(), around.resources.specimens);
      if (specimen.id !== id) throw new Failure('specimen.unknown');
      last = { id, chip: createChip(specimen, { random: around.random }) };
      reader.lay(last.chip);
    },
    lift() {
      last = null;
      reader.lift();
    },
    lying: () => (last?.chip.present === true ? last.id : null),
  };
}
