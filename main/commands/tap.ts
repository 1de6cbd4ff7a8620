import { failureWords } from '../../resources/failures/failures.ts';
import { textsIn } from '../../resources/texts/texts.ts';
import type { AccessKey } from '../chip/access-key.ts';
import type { House } from '../house/house.ts';
import { accessDelay } from '../inspection/access-delay.ts';
import { abortedInspection } from '../inspection/assemble.ts';
import { carriedOver, isOtherCard, mostAutomaticReadings, outcomeOf } from '../inspection/outcome.ts';
import type { InspectionOrder } from '../inspection/request.ts';
import type { Inspection, InspectionProgress, ResumeState } from '../inspection/types.ts';
import type { CardConnection } from '../reader/port.ts';
import { asFailure, Failure, type FailureFields } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { Policy } from '../verification/types.ts';
import { accessKeyOf, accessKeyOptions, keyOfLines } from './access-key-options.ts';
import { unusable } from './arguments.ts';
import type { CommandCall, OptionDescriptions } from './command.ts';
import { givenDay } from './day-option.ts';
import { printable } from './layout.ts';
import { watchedReaders } from './reader-choice.ts';
import { stepLines } from './step-lines.ts';
import { openTrace, type TraceFile } from './trace-file.ts';

/** So long a card may take to come, and to come back. */
const waitMillis = 10_000;

/** As often as the desk: the first reading, and those by which it goes on. */
const usualTaps = 1 + mostAutomaticReadings;
const mostTaps = 99;
const text = textsIn('en');

/** What `inspect` and `verify` take to read a document. */
export const tapOptions: OptionDescriptions = {
  reader: {
    kind: 'value',
    value: 'NAME',
    help: 'the reader (default: that of the newest card that is a travel document)',
  },
  specimen: {
    kind: 'value',
    value: 'NAME',
    help: 'lays a specimen on the training reader, in process; needs --training; its own MRZ is used where none is given',
  },
  ...accessKeyOptions,
  taps: {
    kind: 'value',
    value: 'N',
    help:
      'how often the document may be laid down: where it is lifted while it is read, reading waits up to ten seconds for it ' +
      `and goes on with the missing bytes (default ${usualTaps}; 1 ends at once)`,
  },
  trace: {
    kind: 'value',
    value: 'FILE',
    help: 'writes every APDU as a line of JSON into a new file: {"c": command, "r": response}, hex',
  },
};

/** How a document is to be read. */
export interface TapRequest {
  /** Null: a reader of the machine. */
  readonly specimen: string | null;
  readonly reader: string | null;
  /** How often it may be laid down. */
  readonly taps: number;
  readonly trace: string | null;
  readonly order: Omit<InspectionOrder, 'resume'>;
}

/** Reads the options of a tap. Fails with `arguments.unusable`, `specimen.needs-training`, and as the key does. */
export function tapRequest(call: CommandCall): TapRequest {
  const specimen = call.given.value('specimen');
  const reader = call.given.value('reader');
  if (specimen !== null && reader !== null) throw unusable('--reader or --specimen, not both');
  if (specimen !== null && !call.training) throw new Failure('specimen.needs-training');
  const at = givenDay(call);
  return {
    specimen,
    reader,
    // Nobody could lay a specimen back: it lies there in process.
    taps: specimen === null ? tapsGiven(call.given.value('taps')) : 1,
    trace: call.given.value('trace'),
    order: {
      accessKey: accessKeyOf(call.given, call.machine.clock.today()),
      ...(at === null ? {} : { at }),
    },
  };
}

/** The request with the groups that the policy wants beside those that every inspection reads. */
export function withGroups(request: TapRequest, { dataGroups }: Pick<Policy, 'dataGroups'>): TapRequest {
  return { ...request, order: { ...request.order, dataGroups } };
}

/** The request as it is for an order: the chip is asked to sign for it. */
export function withOrder(request: TapRequest, order: { readonly hash: string } | null): TapRequest {
  return order === null ? request : { ...request, order: { ...request.order, orderHash: order.hash } };
}

/** Reads how often a document may be laid down. Fails with `arguments.unusable`. */
function tapsGiven(given: string | null): number {
  if (given === null) return usualTaps;
  if (!/^[1-9]\d?$/.test(given)) throw unusable(`a number from 1 to ${mostTaps}`, { option: '--taps' });
  return Number(given);
}

/** A document as it was read, and how often it was laid down for that. */
export interface TappedInspection {
  readonly inspection: Inspection;
  readonly taps: number;
}

/**
 * Reads the document in the house. What a chip does is in the checks, and so is a card that does not come within ten
 * seconds, does not answer or is lifted and not laid back; what the machine lacks fails with `reader.*`.
 */
export async function tap(house: House, request: TapRequest, call: CommandCall): Promise<TappedInspection> {
  const trace = request.trace === null ? null : openTrace(request.trace);
  try {
    return await tapTraced(house, request, call, trace);
  } finally {
    trace?.close();
  }
}

async function tapTraced(
  house: House,
  request: TapRequest,
  call: CommandCall,
  trace: TraceFile | null,
): Promise<TappedInspection> {
  const order =
    request.specimen === null
      ? request.order
      : { ...request.order, accessKey: await laySpecimen(house, request.specimen, request.order) };
  const signal = call.machine.stopSignal();
  const watched = await watchedReaders(house.readers);
  let torn: Inspection | null = null;
  // Where it is laid back: another card may lie elsewhere all the time.
  let tornOn: string | null = null;
  let resume: ResumeState | null = null;
  // A card that always lies in another reader is no document, or is held by another program: the next one is looked at.
  let otherCard: TappedInspection | null = null;
  let refused: Failure | null = null;
  const passedOver = async (reader: FailureFields[string] | undefined, code: FailureCode | null): Promise<boolean> =>
    request.reader === null &&
    typeof reader === 'string' &&
    (code === null || code === 'reader.shared' || code === 'reader.unusable' || code === 'card.mute') &&
    (await watched.another(reader));
  for (let taps = 1; ; taps++) {
    let connection: CardConnection;
    try {
      connection = await watched.connect({
        reader: request.reader ?? tornOn,
        waitMillis,
        signal,
        patient: torn !== null,
        onWaiting: () => call.note(torn === null ? text('reading/waiting') : text('reading/interrupted')),
      });
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (torn === null && (await passedOver(failure.fields.reader, failure.code))) {
        refused ??= failure;
        taps -= 1;
        continue;
      }
      if (torn !== null) return { inspection: torn, taps: taps - 1 };
      if (otherCard !== null && failure.code === 'card.absent') return otherCard;
      const told = refused ?? failure;
      if (!told.code.startsWith('card.') && told.code !== 'inspection.cancelled') throw told;
      return { inspection: abortedInspection(told), taps: 0 };
    }
    call.note(`Reader: ${printable(connection.reader)}`);
    const tell = stepLines(call.machine);
    try {
      const inspection: Inspection = await house.inspect({
        connection,
        order: { ...order, resume },
        signal,
        onProgress: (progress) => {
          tellLaidBack(progress, call);
          tell(progress);
        },
        ...(trace === null ? {} : { trace: trace.record }),
      });
      const outcome = outcomeOf(inspection);
      resume = carriedOver(resume, outcome, inspection);
      tellDelay(inspection, call);
      if (isOtherCard(inspection) && (await passedOver(connection.reader, null))) {
        otherCard ??= { inspection, taps };
        taps -= 1;
        continue;
      }
      if (outcome.state !== 'interrupted' || taps >= request.taps || signal.aborted) return { inspection, taps };
      torn = inspection;
      tornOn = connection.reader;
      call.note(failureWords('en', outcome.code).happened);
    } finally {
      await connection.close('reset');
    }
  }
}

function tellLaidBack(progress: InspectionProgress, call: CommandCall): void {
  if (progress.type !== 'resume') return;
  call.note(text(progress.sameChip ? 'reading/same-chip' : 'reading/other-chip'));
}

// A chip that refused the key and took its time will take longer the next time: whoever calls must not try at once.
function tellDelay({ checks }: Inspection, call: CommandCall): void {
  const millis = accessDelay(checks);
  if (millis === null) return;
  call.note(
    `${failureWords('en', 'access.delayed').happened} ${text('reading/delay', { count: Math.ceil(millis / 1000) })}`,
  );
}

async function laySpecimen(house: House, id: string, { accessKey }: TapRequest['order']): Promise<AccessKey | null> {
  if (house.plate === null) throw new Failure('specimen.needs-training');
  await house.plate.lay(id);
  const choice = house.plate.specimens().find((specimen) => specimen.id === id);
  if (accessKey !== null || choice === undefined || choice.mrz.length === 0) return accessKey;
  return keyOfLines(choice.mrz.join('\n'), house.today());
}
