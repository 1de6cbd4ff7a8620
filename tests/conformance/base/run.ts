import { inspect } from '../../../main/inspection/procedure.ts';
import type { Inspection } from '../../../main/inspection/types.ts';
import { Failure } from '../../../main/result/failure.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import { judge } from '../../../main/verification/verdict.ts';
import type { ConformanceDocument } from './document.ts';
import { informationOf } from './machine-readable-zone.ts';
import { conformancePolicy } from './policy.ts';
import { inspectionDay } from './public-key-infrastructure.ts';

/** One run of the whole inspection. */
export interface Run {
  readonly verdict: 'accept' | 'reject';
  /** Codes that kept it from `accept`, worst first. */
  readonly reasons: readonly string[];
  readonly inspection: Inspection;
  /** Every command APDU as it went out. */
  readonly commands: readonly Uint8Array[];
}

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
const extended = { extendedLength: true, maxCommand: 65_544, maxResponse: 65_538 };
const short = { extendedLength: false, maxCommand: 261, maxResponse: 258 };

/** Inspects a document as a branch would, on the plan's day. What is not `accept` is a failed inspection to the plan. */
export async function runInspection(document: ConformanceDocument): Promise<Run> {
  const chip = createChip(document, { random });
  const transmit = document.front?.(chip, document.chip) ?? ((command: Uint8Array) => chip.transmit(command));
  const commands: Uint8Array[] = [];
  const inspection = await inspect({
    transport: {
      limits: document.extendedLength ? extended : short,
      transmit: async (command) => {
        commands.push(command.slice());
        const answer = transmit(command);
        if (answer === null) throw new Failure('card.removed');
        return answer;
      },
    },
    accessKey: { kind: 'mrz', information: informationOf(document.page), lines: document.page },
    at: inspectionDay,
    trust: document.trust,
    random,
    clock: () => 0,
    extendedLength: 'where-stated',
    onProgress: () => undefined,
  });
  const { verdict, reasons } = judge(conformancePolicy, inspection.checks, { training: true, specimen: false });
  return { verdict: verdict === 'accept' ? 'accept' : 'reject', reasons, inspection, commands };
}
