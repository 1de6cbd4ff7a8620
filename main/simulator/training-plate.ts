import type { RandomSource } from '../crypto/random.ts';
import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { createChip, type SimulatedChip } from './chip/chip.ts';
import { listSpecimens } from './documents/list-specimens.ts';
import type { SpecimenResources } from './documents/specimen.ts';
import type { TrainingReader } from './training-reader.ts';

/** A document of the simulator as staff choose it in training. */
export interface SpecimenChoice {
  readonly id: string;
  readonly title: string;
  readonly mrz: readonly string[];
  readonly can: string | null;
  readonly holder: string | null;
}

/** The training reader's plate: specimens are laid on it and lifted. */
export interface TrainingPlate {
  readonly specimens: () => readonly SpecimenChoice[];
  /** Fails with `specimen.unknown`. */
  readonly lay: (id: string) => Promise<void>;
  readonly lift: () => void;
  readonly lying: () => string | null;
}

/**
 * The plate of the training reader: one specimen lies there at a time. One that left by itself is the same chip when it is
 * laid back.
 */
export function createPlate(
  reader: TrainingReader,
  around: {
    readonly today: () => PlainDate;
    readonly resources: SpecimenResources;
    readonly random: RandomSource;
  },
): TrainingPlate {
  let presentations = 0;
  let last: { readonly id: string; readonly chip: SimulatedChip } | null = null;
  return {
    specimens: () =>
      listSpecimens(around.today()).map(({ id, title, mrz, can, holder }) => ({ id, title, mrz, can, holder })),
    async lay(id) {
      presentations++;
      if (last?.id === id && !last.chip.present) {
        reader.lay(last.chip);
        return;
      }
      const presentation = presentations;
      // What issues is loaded with the first specimen that is laid, not with the folder.
      const { issueSpecimen } = await import('./documents/specimens.ts');
      // What was laid or lifted meanwhile counts.
      if (presentation !== presentations) return;
      const specimen = issueSpecimen(id, around.today(), around.resources);
      if (specimen.id !== id) throw new Failure('specimen.unknown');
      last = { id, chip: createChip(specimen, { random: around.random }) };
      reader.lay(last.chip);
    },
    lift() {
      presentations++;
      last = null;
      reader.lift();
    },
    lying: () => (last?.chip.present === true ? last.id : null),
  };
}
