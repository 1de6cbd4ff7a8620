import type { RandomSource } from '../crypto/random.ts';
import { Failure } from '../result/failure.ts';
import { createChip } from '../simulator/chip.ts';
import { issueSpecimen, listSpecimens } from '../simulator/specimens.ts';
import type { TrainingReader } from '../simulator/training-reader.ts';
import type { StationClock } from './clock.ts';
import type { TrainingPlate } from './house.ts';
import type { HouseResources } from './resources.ts';

/** The plate of the training reader: one specimen lies there at a time. */
export function createPlate(
  reader: TrainingReader,
  around: { readonly clock: StationClock; readonly resources: HouseResources; readonly random: RandomSource },
): TrainingPlate {
  let lying: string | null = null;
  return {
    specimens: () =>
      listSpecimens(around.clock.today()).map(({ id, title, mrz, can, holder }) => ({ id, title, mrz, can, holder })),
    lay(id) {
      const specimen = issueSpecimen(id, around.clock.today(), around.resources.specimens);
      if (specimen.id !== id) throw new Failure('specimen.unknown');
      lying = id;
      reader.lay(createChip(specimen, { random: around.random }));
    },
    lift() {
      lying = null;
      reader.lift();
    },
    lying: () => lying,
  };
}
