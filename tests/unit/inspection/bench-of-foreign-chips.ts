import { inspect } from '../../../main/inspection/procedure.ts';
import type { Inspection } from '../../../main/inspection/types.ts';
import type { TransportLimits } from '../../../main/reader/port.ts';
import type { Check, CheckId } from '../../../main/result/check.ts';
import {
  type ForeignBehaviour,
  ForeignChip,
  type ForeignDocument,
  plainBehaviour,
} from '../../support/foreign-chip/chip.ts';
import { extended, random, today, trainingTrust } from './bench-of-specimens.ts';

const trust = await trainingTrust();

export interface InspectForeign {
  readonly document: ForeignDocument;
  readonly behaviour?: Partial<ForeignBehaviour>;
  /** The right lines of the photo page where it is left out. */
  readonly key?: { readonly can: string } | { readonly mrzInformation: string } | null;
  readonly limits?: TransportLimits;
}

export interface ForeignInspection {
  readonly inspection: Inspection;
  readonly commands: readonly Uint8Array[];
  readonly resets: number;
  check(id: CheckId): Check | undefined;
  /** The checks that ended in `successful`, in their order. */
  readonly successful: readonly CheckId[];
}

/** Inspects a chip by another hand, on a reader that bears extended length unless said otherwise: the chip does not. */
export async function inspectForeign({
  document,
  behaviour,
  key = { mrzInformation: document.mrzInformation },
  limits = extended,
}: InspectForeign): Promise<ForeignInspection> {
  const chip = new ForeignChip(document, { ...plainBehaviour, ...behaviour }, random);
  const commands: Uint8Array[] = [];
  let resets = 0;
  const inspection = await inspect({
    transport: {
      limits,
      reset: async () => {
        resets += 1;
        chip.reset();
      },
      transmit: async (command) => {
        commands.push(command);
        return chip.answer(command);
      },
    },
    accessKey:
      key === null
        ? null
        : 'can' in key
          ? { kind: 'can', can: key.can }
          : { kind: 'mrz', information: key.mrzInformation },
    at: today,
    trust,
    random,
    clock: () => performance.now(),
    extendedLength: 'where-stated',
    dataGroups: [],
    resume: null,
    onProgress: () => undefined,
  });
  return {
    inspection,
    commands,
    resets,
    check: (id) => inspection.checks.find((check) => check.id === id),
    successful: inspection.checks.flatMap(({ id, result }) => (result === 'successful' ? [id] : [])),
  };
}

/**
 * What the same reading costs a terminal that asks for the first 8 bytes of each file by its short identifier and then for
 * blocks of at most `block` bytes, as JMRTD does with short lengths: EF.CardAccess, PACE or BAC, SELECT, the try of EF.COM,
 * the files that were read, and the proofs against copies that were tried.
 */
export function ordinaryExchanges({ inspection, commands, check }: ForeignInspection, block = 223): number {
  const opening = inspection.access?.protocol === 'PACE' ? 2 + 5 + 1 : 1 + 1 + 2;
  const files = Object.entries(inspection.reading.files).filter(([name]) => name !== 'EF.CardAccess');
  const reading = files.map(([, { bytes }]) => 1 + Math.max(0, Math.ceil((bytes - 8) / block)));
  const chipAuthentication = check('chip-authentication')?.result === 'successful' ? 2 : 0;
  const activeAuthentication = commands.some((command) => command[1] === 0x88) ? 1 : 0;
  return opening + reading.reduce((sum, count) => sum + count, 0) + chipAuthentication + activeAuthentication;
}
