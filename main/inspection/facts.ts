import type { AccessEvidence, ChipAuthenticationMappingEvidence } from '../chip/access.ts';
import type { AccessKey } from '../chip/access-key.ts';
import type { CardTransport } from '../chip/card-transport.ts';
import { ChipChannel, type ExchangeCount } from '../chip/channel.ts';
import type { ChipAuthenticationEvidence } from '../chip/chip-authentication.ts';
import type { FileName } from '../chip/files.ts';
import { ChipFiles, type ExtendedLengthUse } from '../chip/read-file.ts';
import type { LengthReport, LengthStep, StepGivenUp } from '../chip/read-lengths.ts';
import type { SecurityInfo } from '../chip/security-infos.ts';
import type { RandomSource } from '../crypto/random.ts';
import type { OptionalGroup } from '../document/optional-groups.ts';
import type { Com, FaceRecord, Mrz, PersonalDetails } from '../document/types.ts';
import { asFailure, type Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { LdsSecurityObject } from '../trust/lds-security-object.ts';
import type { PassiveAuthentication, StationTime, TrustLookup } from '../trust/types.ts';
import { type TimedTransport, timedTransport } from './access-delay.ts';
import { isGone } from './checks/access-checks.ts';
import type { ActiveAuthenticationFinding } from './checks/clone-protection.ts';
import type { RepeatedReading } from './repeat.ts';
import { type ResumeState, takenOver } from './resume.ts';
import type { InspectionProgress } from './types.ts';
import { type TransportWithWork, transportWithWork } from './waiting-work.ts';

/** What an inspection is given: everything it needs, and nothing that it could reach by itself. */
export interface InspectionInput {
  readonly transport: CardTransport;
  /** Null where nobody gave one: a chip that asks for it is then not opened. */
  readonly accessKey: AccessKey | null;
  /** The day for which expiry and validity are judged. */
  readonly at: PlainDate;
  /** The limits of the station's lists, and what its clock is measured by; the standard limits where it is left out. */
  readonly time?: StationTime;
  readonly trust: TrustLookup;
  readonly random: RandomSource;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  readonly extendedLength: ExtendedLengthUse;
  /** Groups that the policy wants beside those that every inspection reads; none where it is left out. */
  readonly dataGroups?: readonly OptionalGroup[];
  /** The step on which the ladder of lengths begins: the first unless something is known of the reader. */
  readonly lengthStep?: LengthStep;
  readonly onProgress: (progress: InspectionProgress) => void;
  /** What an earlier reading left that broke off; used only where the same chip comes back. */
  readonly resume?: ResumeState | null;
  /** Sees raw APDUs, where a person asked for a trace. */
  readonly trace?: (direction: 'command' | 'response', apdu: Uint8Array) => void;
}

/** One file as it went: its bytes, or why there are none. */
export type FileFinding = { readonly bytes: Uint8Array; readonly exchanges: number } | { readonly failure: Failure };

export interface ChipAuthenticationRun {
  readonly evidence: ChipAuthenticationEvidence;
  readonly session: { readonly verifiedAnswers: number };
}

/** Where files come from: the chip, or what was saved of it. */
export type FileSource = Pick<ChipFiles, 'read' | 'selectApplication' | 'extendedLengthStated' | 'unfinished'>;

/** What is known so far. Steps add to it; nothing is ever taken back. */
export interface InspectionFacts {
  cardAccess: readonly SecurityInfo[] | null;
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
  commonData: Com | null;
  /** What EF.SOD lists, before its signature is verified. */
  securityObject: LdsSecurityObject | null;
  /** Data groups that EF.COM or EF.SOD announce. */
  announced: ReadonlySet<number>;
  mrz: Mrz | null;
  dataGroup14: readonly SecurityInfo[] | null;
  details: PersonalDetails | null;
  /** The day of issue that DG12 states. */
  issued: PlainDate | null;
  face: FaceRecord | null;
  /** A data group that was read and could not be understood. */
  readonly malformed: Map<FileName, Failure>;
  passiveAuthentication: PassiveAuthentication | null;
  /** Left by PACE with chip authentication mapping. */
  mappingEvidence: ChipAuthenticationMappingEvidence | null;
  /** What became of EF.CardSecurity, which is read for that mapping alone. */
  cardSecurity: PassiveAuthentication | null;
  /** `verifiedAnswers` under the new keys is the proof. */
  chipAuthentication: ChipAuthenticationRun | { readonly failure: Failure } | null;
  activeAuthentication: ActiveAuthenticationFinding | null;
}

/** The tools of a running inspection. */
export interface InspectionRun {
  readonly input: InspectionInput;
  readonly channel: ChipChannel;
  readonly files: FileSource;
  readonly facts: InspectionFacts;
  readonly count: () => ExchangeCount;
  /** What was learnt of lengths; null where no chip was read. */
  readonly lengths: () => LengthReport | null;
  /** The reading before this one, where the chip ended it over a length. */
  readonly repeated: RepeatedReading | null;
  readonly whileWaiting: TransportWithWork['begin'];
  readonly takeSlowest: TimedTransport['takeSlowest'];
}

/** Nothing is known yet. */
export function noFacts(): InspectionFacts {
  return {
    cardAccess: null,
    opened: null,
    paceFailure: null,
    bacFailure: null,
    plainExchanges: 0,
    files: new Map(),
    resumed: null,
    bytesTakenOver: 0,
    commonData: null,
    securityObject: null,
    announced: new Set(),
    mrz: null,
    dataGroup14: null,
    details: null,
    issued: null,
    face: null,
    malformed: new Map(),
    passiveAuthentication: null,
    mappingEvidence: null,
    cardSecurity: null,
    chipAuthentication: null,
    activeAuthentication: null,
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
  const lengths = (): LengthReport => {
    const { step, longest, givenUp } = files.lengths;
    return { step, longest, givenUp: [...(earlier?.givenUp ?? []), ...givenUp] };
  };
  const repeated = earlier?.repeated ?? null;
  const count = (): ExchangeCount => channel.count;
  return { input, channel, files, facts, count, lengths, repeated, whileWaiting: begin, takeSlowest };
}

// Nothing of extended length then, neither files nor protocols.
function bounded({ transport, extendedLength }: InspectionInput): CardTransport {
  if (extendedLength !== 'never') return transport;
  const limits = { ...transport.limits, extendedLength: false };
  return { limits, transmit: (command) => transport.transmit(command) };
}

/** Whether a failure ends the whole reading: the card, the reader or the secure channel is gone. */
export function endsReading(failure: Failure): boolean {
  return isGone(failure) || failure.code.startsWith('secure-messaging.') || failure.code === 'internal.unexpected';
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

/** Understands a file that was read; what it cannot be understood as is kept, not swallowed. */
export function understand<T>(run: InspectionRun, file: FileName, parse: () => T): T | null {
  try {
    return parse();
  } catch (thrown) {
    run.facts.malformed.set(file, asFailure(thrown));
    return null;
  }
}
