import type { AccessEvidence, ChipAuthenticationMappingEvidence } from '../chip/access.ts';
import type { ActiveAuthenticationAnswer } from '../chip/active-authentication.ts';
import type { CardTransport } from '../chip/card-transport.ts';
import { ChipChannel, type ExchangeCount } from '../chip/channel.ts';
import type { ChipAuthenticationEvidence } from '../chip/chip-authentication.ts';
import type { FileName } from '../chip/files.ts';
import { ChipFiles } from '../chip/read-file.ts';
import type { LengthReport, StepGivenUp } from '../chip/read-lengths.ts';
import { asFailure, type Failure, type PlainFailure } from '../result/failure.ts';
import { type TimedTransport, timedTransport } from './access-delay.ts';
import { isGone } from './checks/access-checks.ts';
import type { PassiveFindings } from './judge/authenticate.ts';
import { Contents } from './judge/contents.ts';
import type { InspectionInput } from './request.ts';
import type { KeptFile, RepeatedReading, ResumeState } from './types.ts';
import { type TransportWithWork, transportWithWork } from './waiting-work.ts';

/** One file as it went: its bytes, or why there are none. */
export type FileFinding = { readonly bytes: Uint8Array; readonly exchanges: number } | { readonly failure: Failure };

export interface ChipAuthenticationRun {
  readonly evidence: ChipAuthenticationEvidence;
  readonly session: { readonly verifiedAnswers: number };
}

/** What is known so far. Steps add to it; nothing is ever taken back. What files say stands in the run's `contents`. */
export interface InspectionFacts {
  opened: AccessEvidence | 'plain' | null;
  paceFailure: Failure | null;
  bacFailure: Failure | null;
  /** Exchanges that were made before secure messaging began. */
  plainExchanges: number;
  readonly files: Map<FileName, FileFinding>;
  /** The earlier reading that this one goes on from: set once the same chip is known to be back. */
  resumed: ResumeState | null;
  /** How many bytes were taken over from it. */
  bytesTakenOver: number;
  /** Left by PACE with chip authentication mapping. */
  mappingEvidence: ChipAuthenticationMappingEvidence | null;
  /** `verifiedAnswers` under the new keys is the proof. */
  chipAuthentication: ChipAuthenticationRun | { readonly failure: Failure } | null;
  /** `nonce` is that of a challenge made for an order, in hex. */
  activeAuthentication:
    | (ActiveAuthenticationAnswer & { readonly nonce: string | null })
    | { readonly failure: Failure }
    | null;
  /** What passive authentication came to before the last group was read. */
  early: PassiveFindings | null;
}

/** The tools of a running inspection. */
export interface InspectionRun {
  readonly input: InspectionInput;
  readonly channel: ChipChannel;
  readonly files: ChipFiles;
  readonly facts: InspectionFacts;
  readonly contents: Contents;
  readonly count: () => ExchangeCount;
  /** What was learnt of lengths. */
  readonly lengths: () => LengthReport;
  /** The reading before this one, where the chip ended it over a length. */
  readonly repeated: RepeatedReading | null;
  readonly whileWaiting: TransportWithWork['begin'];
  readonly takeSlowest: TimedTransport['takeSlowest'];
}

function noFacts(): InspectionFacts {
  return {
    opened: null,
    paceFailure: null,
    bacFailure: null,
    plainExchanges: 0,
    files: new Map(),
    resumed: null,
    bytesTakenOver: 0,
    mappingEvidence: null,
    chipAuthentication: null,
    activeAuthentication: null,
    early: null,
  };
}

/** What stays of a reading that is made once more. */
interface EarlierReading {
  readonly repeated: RepeatedReading;
  readonly givenUp: readonly StepGivenUp[];
}

/** A run before its first step. */
export function beginRun(input: InspectionInput, earlier: EarlierReading | null = null): InspectionRun {
  const { transport: timed, takeSlowest } = timedTransport(bounded(input), input.clock);
  const { transport, begin } = transportWithWork(timed);
  const channel = new ChipChannel(transport, input.trace === undefined ? {} : { trace: input.trace });
  const files = new ChipFiles(channel, {
    extendedLength: input.extendedLength,
    ...(input.lengthStep === undefined ? {} : { lengthStep: input.lengthStep }),
    onProgress: ({ file, bytesRead, bytesTotal }) =>
      input.onProgress({ type: 'file', file, bytesRead, bytesTotal: bytesTotal ?? bytesRead }),
  });
  const facts = noFacts();
  const bytesOf = (file: FileName): Uint8Array | null => {
    const found = facts.files.get(file);
    return found === undefined || 'failure' in found ? null : found.bytes;
  };
  const contents = new Contents(bytesOf, input.at);
  const lengths = (): LengthReport => {
    const { step, longest, givenUp } = files.lengths;
    return { step, longest, givenUp: [...(earlier?.givenUp ?? []), ...givenUp] };
  };
  const repeated = earlier?.repeated ?? null;
  const count = (): ExchangeCount => channel.count;
  return { input, channel, files, facts, contents, count, lengths, repeated, whileWaiting: begin, takeSlowest };
}

// Nothing of extended length then, neither files nor protocols.
function bounded({ transport, extendedLength }: InspectionInput): CardTransport {
  if (extendedLength !== 'never') return transport;
  const limits = { ...transport.limits, extendedLength: false };
  return { limits, transmit: (command) => transport.transmit(command) };
}

/** Whether a failure ends the whole reading: the card, the reader or the secure channel is gone. */
export function endsReading(failure: PlainFailure): boolean {
  return isGone(failure) || failure.code.startsWith('secure-messaging.') || failure.code === 'internal.unexpected';
}

/** What of a file need not be asked for again; null where nothing of it came. */
function takenOver(resume: ResumeState, file: FileName): KeptFile | null {
  return resume.files.find((kept) => kept.file === file) ?? null;
}

/**
 * Reads one file and keeps what came of it. Null where it could not be read though the chip is still there; what ends
 * the reading is thrown.
 */
export async function readInto(run: InspectionRun, file: FileName): Promise<Uint8Array | null> {
  try {
    const kept = run.facts.resumed === null ? null : takenOver(run.facts.resumed, file);
    run.facts.bytesTakenOver += kept?.bytes.length ?? 0;
    const reading = kept?.whole ? { bytes: kept.bytes, exchanges: 0 } : await run.files.read(file, kept?.bytes);
    run.facts.files.set(file, { bytes: reading.bytes, exchanges: reading.exchanges });
    return reading.bytes;
  } catch (thrown) {
    const failure = asFailure(thrown);
    run.facts.files.set(file, { failure });
    if (endsReading(failure)) throw failure;
    return null;
  }
}
