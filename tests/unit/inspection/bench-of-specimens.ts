import { parseMrz } from '../../../main/document/mrz.ts';
import type { OptionalGroup } from '../../../main/document/optional-groups.ts';
import { inspect } from '../../../main/inspection/procedure.ts';
import type { Inspection, InspectionProgress, ResumeState } from '../../../main/inspection/types.ts';
import type { TransportLimits } from '../../../main/reader/port.ts';
import { Failure } from '../../../main/result/failure.ts';
import { type PlainDate, parsePlainDate } from '../../../main/result/plain-date.ts';
import { createChip, type SimulatedChip } from '../../../main/simulator/chip/chip.ts';
import { issueSpecimen } from '../../../main/simulator/documents/specimens.ts';
import type { ChipFaults } from '../../../main/simulator/faults/faults.ts';
import type { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { specimenResources } from '../../support/specimen-resources.ts';
import { trainingFolderTrust } from '../../support/training-issuers.ts';

export const today = parsePlainDate('2026-11-23') as PlainDate;

export const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

export const extended: TransportLimits = { extendedLength: true, maxCommand: 65_544, maxResponse: 65_538 };
export const short: TransportLimits = { extendedLength: false, maxCommand: 261, maxResponse: 258 };

/** A trust store that believes the simulator's issuers, with their revocation lists. */
export const trainingTrust = (): Promise<TrustStore> => trainingFolderTrust(today);

/** As long as a reader waits for an answer. */
const transmitTimeoutMillis = 15_000;

export interface InspectSpecimen {
  readonly id: string;
  readonly key?:
    | {
        readonly mrz: readonly string[] /** As read from the page, and not only typed for its key. */;
        readonly lines?: readonly string[];
      }
    | { readonly can: string }
    | null;
  readonly limits?: TransportLimits;
  readonly faults?: ChipFaults;
  readonly trust?: TrustStore;
  /** What the chip is made to answer instead; null leaves it to the chip. */
  readonly answer?: (command: Uint8Array, number: number) => Uint8Array | null;
  /** Called where the card is reset, with the number of commands so far; the transport cannot where it is left out. */
  readonly onReset?: (commands: number) => void;
  readonly resume?: ResumeState | undefined;
  readonly dataGroups?: readonly OptionalGroup[];
  /** A chip that was laid down before; a new one of the specimen where it is left out. */
  readonly chip?: SimulatedChip;
  /** The order for which it is read, in hex. */
  readonly orderHash?: string;
  readonly onProgress?: (progress: InspectionProgress) => void;
}

/** Inspects a specimen in process and answers with every command that went to its chip. */
export async function inspectSpecimen(
  options: InspectSpecimen,
): Promise<{ inspection: Inspection; commands: readonly Uint8Array[] }> {
  const specimen = issueSpecimen(options.id, today, specimenResources, options.faults?.issue);
  const chip =
    options.chip ??
    createChip(specimen, { random, ...(options.faults === undefined ? {} : { faults: options.faults }) });
  const commands: Uint8Array[] = [];
  let heldMillis = 0;
  const key = options.key === undefined ? (specimen.mrz.length > 0 ? { mrz: specimen.mrz } : null) : options.key;
  const inspection = await inspect({
    transport: {
      limits: options.limits ?? extended,
      ...(options.onReset === undefined
        ? {}
        : {
            reset: async () => {
              chip.reset();
              options.onReset?.(commands.length);
            },
          }),
      transmit: async (command) => {
        commands.push(command);
        const answer = options.answer?.(command, commands.length) ?? chip.transmit(command);
        if (answer === null) throw new Failure('card.removed');
        if (chip.heldMillis > transmitTimeoutMillis) throw new Failure('card.mute');
        heldMillis += chip.heldMillis;
        return answer;
      },
    },
    accessKey:
      key === null
        ? null
        : 'can' in key
          ? { kind: 'can', can: key.can }
          : {
              kind: 'mrz',
              information: parseMrz(key.mrz.join('\n'), today).information,
              ...(key.lines === undefined ? {} : { lines: key.lines }),
            },
    at: today,
    trust: options.trust ?? (await trainingTrust()),
    random,
    clock: () => performance.now() + heldMillis,
    extendedLength: 'where-stated',
    dataGroups: options.dataGroups ?? [],
    resume: options.resume ?? null,
    ...(options.orderHash === undefined ? {} : { orderHash: options.orderHash }),
    onProgress: options.onProgress ?? (() => undefined),
  });
  return { inspection, commands };
}
