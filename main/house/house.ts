import type { BankAnswers } from '../answer/bank-answers.ts';
import type { Mrz } from '../document/types.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { Candidate, Candidates } from '../holders/document-candidates.ts';
import type { Holder, HolderMatch, KnownDocument } from '../holders/holder.ts';
import type { ListedName, Viewer, WithheldPerson } from '../holders/holder-view.ts';
import type { FileHead } from '../holders/import/look-at-file.ts';
import type { NewHolder } from '../holders/new-holder.ts';
import type { InspectionOwner } from '../inspection/inspector.ts';
import type { InspectionOrder } from '../inspection/request.ts';
import type { InspectedDocument, Inspection } from '../inspection/types.ts';
import type { MeantRecords } from '../keeping/retention/retention-keeping.ts';
import type { TrustKeeping } from '../keeping/trust-keeping.ts';
import type { CardConnection, ReaderPort } from '../reader/port.ts';
import type { Erasure } from '../records/retention.ts';
import type { Check } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { ReaderAdvice } from '../result/reader-advice.ts';
import type { Role } from '../result/roles.ts';
import type { DigitalIdPerson } from '../services/digital-id-port.ts';
import type { DirectoryAnswer } from '../services/directory.ts';
import type { StationServices } from '../services/station-services.ts';
import type { TrainingPlate } from '../simulator/training-plate.ts';
import type { RecordsLog } from '../store/log/records-log.ts';
import type { DamagedCase } from '../store/referrals-repository.ts';
import type { RecordQuery } from '../store/retention/record-terms.ts';
import type { ErrandAnswers } from '../verification/errand-checks.ts';
import type { FilmFindings } from '../verification/film-findings.ts';
import type { EarlierReading } from '../verification/freshness.ts';
import type { PrintedPage } from '../verification/known-before.ts';
import type { GivenOrder, OrderSource } from '../verification/order-case.ts';
import type { misplaced } from '../verification/order-standing.ts';
import type { CaseFacts, FaceComparison, Policy, Purpose, StationKind, Verdict } from '../verification/types.ts';
import type { CheckSurroundings } from './check-workshop.ts';
import type { ReuseRequest } from './earlier-case.ts';
import type { ExtractedFiles } from './extract-files.ts';
import type { ExtractFor } from './extract-records.ts';
import type { RecordFigures } from './record-figures.ts';
import type { Referral } from './referral.ts';
import type { RosterChoice, RosterReport } from './roster-messages.ts';
import type { RosterSurroundings } from './roster-workshop.ts';
import type { ParcelExchange } from './travel/exchange.ts';
import type { ReferralTravel } from './travel/travel.ts';
import type { FoundOnReader } from './try-reader.ts';

/** A record as lists show it. */
export interface RecordSummary extends ListedName {
  readonly id: string;
  readonly number: number;
  readonly endedAt: string;
  readonly training: boolean;
  readonly purpose: Purpose | null;
  /** Null where the record's seal does not open; the check of the chain says why. */
  readonly verdict: Verdict['verdict'] | null;
  readonly outcome: CaseFacts['decision']['outcome'] | null;
  /** The sign of whoever decided. */
  readonly decidedBy: string | null;
  readonly hash: string;
  /** When and why it was erased; null where it was not. */
  readonly erased: Erasure | null;
}

/** Somebody who was found, as whoever asked may see them. */
export interface ShownMatch extends Omit<HolderMatch, 'holder'> {
  readonly holder: Holder | WithheldPerson;
}

/** Somebody whom a document may belong to, as whoever asked may see them. */
export interface ShownCandidate extends Omit<Candidate, 'holder'> {
  readonly holder: Holder | WithheldPerson;
}

/** What a record does to the queue of referred cases. */
export interface QueueChange {
  readonly put?: Referral;
  /** The id of a referral. */
  readonly take?: string;
}

/** A reading of a chip: what is asked for, the card, and who hears of it. */
export interface InspectRequest extends Omit<InspectionOwner, 'connection' | 'trust'> {
  readonly order: InspectionOrder;
  readonly connection: CardConnection;
  readonly signal: AbortSignal;
}

/** Orders of one data folder. */
export interface HouseOrders {
  /**
   * Reads an order out of a text that staff scanned or pasted: its JSON, which nobody signed, or a signed one. Fails as
   * `parseOrder` and `BankAnswers.take`.
   */
  readonly read: OrderSource['read'];
  /**
   * Why this order cannot be confirmed here and now, worst first, and the record that has confirmed it already. Of the case it
   * is said for what and whom it is, and which referral it decides, if any: what was referred is that one's alone. Fails with
   * `storage.locked`.
   */
  readonly hindrances: (
    given: GivenOrder,
    of: Parameters<typeof misplaced>[1] & { readonly referral?: string | null },
  ) => { readonly codes: readonly FailureCode[]; readonly record: string | null };
}

/** Where the master key comes from. `basic-text` is safeStorage without a vault of the platform. */
export type KeyKind = 'safe-storage' | 'basic-text' | 'passphrase' | 'key-file' | 'locked';

/**
 * The house behind both doors: one data folder, its readers and its rooms, composed. Windows and commands ask here and
 * nowhere below.
 */
export interface House {
  readonly kind: 'ordinary' | 'training';
  readonly directory: string;
  readonly version: string;
  /** The day by the station's clock and time zone. */
  readonly today: () => PlainDate;
  /** The instant, ISO 8601 with `Z`. */
  readonly now: () => string;
  /** As `Store.writtenElsewhere`: what was judged before it changed may have come to something else. */
  readonly writtenElsewhere: () => number;
  /** As `LimitClock.newestAt`: what limits are measured by beside the clock. */
  readonly newestAt: () => string;
  readonly operatingSystemUser: string;
  readonly keyKind: () => KeyKind;
  /** Opens a folder locked by a passphrase. Fails with `storage.wrong-key`. */
  readonly unlock: (passphrase: string) => Promise<void>;
  readonly readers: ReaderPort;
  /** What the table of readers advises staff on the reader of this name. */
  readonly adviceOnReader: (reader: string) => readonly ReaderAdvice[];
  /** As `tryReader`. */
  readonly tryReader: (reader: string) => Promise<FoundOnReader>;
  /** Null outside training. */
  readonly plate: TrainingPlate | null;
  /** The other face: trust store, policies, settings and acts of the station. */
  readonly keeping: TrustKeeping;
  /** Orders of the bank's systems in, signed answers out. */
  readonly answers: BankAnswers;
  /** What reaches headquarters, and what comes from there. */
  readonly fleet: Fleet;
  /** Services on the network that the station may ask. */
  readonly services: StationServices;
  /** Reads and checks the document in the worker. Never throws for what a chip does: that is in the checks. */
  readonly inspect: (request: InspectRequest) => Promise<Inspection>;
  /** What the columns of a register's file are called, and mean. Fails with `holder.import-malformed`, `input.unreadable`. */
  readonly lookAtRoster: (path: string) => FileHead;
  /**
   * Whom a query finds, as `viewer` may see them: whoever shows people says to whom, and in the order of which language (a tag;
   * English by default).
   */
  readonly findHolders: (query: string, viewer: Viewer, language?: string) => Promise<readonly ShownMatch[]>;
  /**
   * Takes a register's file in threads of its own: `importRoster`. Nobody is found before all of it is there; what was begun is gone
   * on with by the next import of the same file.
   */
  readonly importRoster: (
    order: RosterChoice & { readonly path: string },
    around: RosterSurroundings,
  ) => Promise<RosterReport>;
  /**
   * Whom the bank's own directory finds by the same query and nobody finds on file who is told alike, and how old that is; null
   * where none is set. Fails as `Directory.find` does.
   */
  readonly findInDirectory: (
    query: string,
    viewer: Viewer,
  ) => Promise<(Omit<DirectoryAnswer, 'holders'> & { readonly holders: readonly ShownMatch['holder'][] }) | null>;
  /**
   * The person whom BankID's digital identity card names, by the bank's service. Fails with `bankid-card.needs-service` where none is
   * set, and as `DigitalIdPort.verify` does.
   */
  readonly verifyDigitalId: (content: string) => Promise<DigitalIdPerson>;
  /** Whom on file a document may belong to, by its lines alone, as `viewer` may see them; whom nobody takes by itself. */
  readonly candidates: (
    mrz: Mrz,
    viewer: Viewer,
  ) => Omit<Candidates, 'found'> & { readonly found: readonly ShownCandidate[] };
  /** The document as its page tells it, and what that alone says against reading it, for people to hear before the tap. `policy` and `holder` as far as chosen. */
  readonly knownBefore: (
    page: PrintedPage,
    policy: Policy | null,
    holder: Holder | null,
  ) => { readonly printed: InspectedDocument | null; readonly against: readonly FailureCode[] };
  /** On file, else in the bank's own directory; null where there is none of that id. Fails as `Directory.find` does. */
  readonly holder: (id: string) => Promise<Holder | null>;
  /**
   * Judges what was read once more, without the chip: for today, by the trust store and its lists as they are now. What was
   * read of a chip stays as it was. With the hash of an order (hex) it must have been read for that one.
   */
  readonly judgeAgain: (inspection: Inspection, orderHash?: string) => Promise<Inspection>;
  /**
   * The three holder checks for a person on file (null: not on file) and what was read. Where the policy takes the person from
   * the document they do not apply, and stand there only for who is on file already.
   */
  readonly matchHolder: (policy: Policy, holder: Holder | null, inspection: Inspection) => readonly Check[];
  /** The person whom a document names and who of those on file it may be; null where it was not read. */
  readonly newHolder: (inspection: Inspection) => NewHolder | null;
  /** Orders that people are to confirm. */
  readonly orders: HouseOrders;
  /** Whether this station is attended, as an administrator set it; null where nobody has: it counts as unattended. */
  readonly stationKind: () => StationKind | null;
  /**
   * The checks that rest on staff's comparison of faces, `undetermined` without an answer, and on what was found in the camera's film; null
   * where nothing was filmed.
   */
  readonly faceChecks: (
    face: FaceComparison | null,
    portraitRead: boolean,
    film?: FilmFindings | null,
  ) => readonly Check[];
  /**
   * The reasons that the policy takes for going on against what these checks come to; null where any will do.
   */
  readonly reasonsToGoOn: (
    policy: Policy,
    checks: readonly Check[],
    specimen: boolean,
    role?: Role,
  ) => readonly string[] | null;
  /**
   * The reading of an earlier case of this station that counts once more. Fails with `freshness.*`, `record.not-found`,
   * `document.expired`.
   */
  readonly earlierCase: (request: ReuseRequest) => EarlierReading;
  /** The newest case of this person that would count once more with its own document in the hand; null where none would. */
  readonly reusableCase: (
    request: Pick<ReuseRequest, 'policy' | 'holder'>,
  ) => { readonly recordId: string; readonly readAt: string } | null;
  /** The checks that this purpose alone asks for: of the paper or card, of an age. */
  readonly errandChecks: (policy: Policy, answers: ErrandAnswers, inspection: Inspection | null) => readonly Check[];
  /** The check of a second document beside the first: genuine, and of the same person. */
  readonly secondDocument: (first: Inspection, second: Inspection) => Check;
  readonly policy: (id: Policy['id']) => Policy;
  readonly judge: (policy: Policy, checks: readonly Check[], specimen: boolean) => Verdict;
  /** Whether the policy leaves it to one person to go on against what these checks come to. */
  readonly mayGoOnAlone: (policy: Policy, checks: readonly Check[], specimen: boolean, role?: Role) => boolean;
  /**
   * Fails with `storage.busy` where another process holds the folder and does not let go within so many milliseconds, for which
   * this one stands still: then no record could be kept now.
   */
  readonly refuseIfBusy: (patienceMillis: number) => void;
  /**
   * Seals the case, and with it puts the person on file whom it took from a document: both or neither. Answers the record's id
   * and hash. Fails with `order.already-confirmed` where another record has confirmed its order, and with `order.dealt-with` where
   * it goes on for one that has its answer, or waits for a colleague.
   * `queue` is done with it: a case that was referred waits from then on, one that a colleague decided no longer
   * (`referral.gone` where it does not wait any more). Fails as `closingHindrance` says where the policy's terms for going on do not hold,
   * with `operator.needed` where the operator who lets the case go on was taken out meanwhile, and with `operator.role` where they
   * have another role by now than the one (`asRole`) by which they decided.
   */
  readonly keepRecord: (
    facts: CaseFacts,
    queue?: QueueChange,
    asRole?: Role,
  ) => Promise<{ readonly id: string; readonly hash: string }>;
  /**
   * Seals the record of a case that a colleague decided at the station `from`, and takes it out of what was handed over to it: both or
   * neither. Its bank hears of it by this station: `answer` is what it is told, null where nobody signed an order, or it is answered later.
   * Nobody is put on file by it. Fails with `referral.not-handed`, and as
   * `RecordsRepository.append`.
   */
  readonly keepOutcome: (facts: CaseFacts, from: string) => { readonly id: string; readonly answer: string | null };
  /** Referred cases on their way to other stations and back. */
  readonly travel: ReferralTravel;
  /** The same by themselves, over headquarters. */
  readonly parcels: ParcelExchange;
  /** The document that the record of this case puts on file as the person's, as `documentSeen`; null where it puts none. */
  readonly documentToFile: (facts: CaseFacts) => KnownDocument | null;
  /** The cases that wait for a colleague, the longest waiting first; beside them those that do not open any more. */
  readonly referrals: () => { readonly waiting: readonly Referral[]; readonly damaged: readonly DamagedCase[] };
  /** How many that are. Nothing is opened. */
  readonly referralsWaiting: () => number;
  /** Null where it does not wait any more. Fails with `referral.damaged`. */
  readonly referral: (id: string) => Referral | null;
  readonly records: (page: { readonly limit: number; readonly offset: number }) => Promise<readonly RecordSummary[]>;
  /**
   * A page of records, the newest first, of those that all of `query` fits; `before` is `next` of the page before. A page may be
   * short, or empty, where what is asked for is rare: while `next` is not null more may come. `behind` records are not in the index
   * yet, the newest ones: a further call takes more of them in.
   */
  readonly findRecords: (
    query: RecordQuery,
    page: { readonly before: number | null; readonly limit: number },
  ) => Promise<{ readonly records: readonly RecordSummary[]; readonly next: number | null; readonly behind: number }>;
  /** What was decided in a month (`YYYY-MM`), by who decided. */
  readonly recordFigures: (month: string) => Promise<RecordFigures>;
  /** A record, by its id or number, as `viewer` may see it: `contentFor`. */
  readonly record: (
    wanted: string,
    viewer: Viewer,
  ) => Promise<{ readonly summary: RecordSummary; readonly content: Readonly<Record<string, unknown>> }>;
  /**
   * Records as a file that the station signs, and as pages to read that name that file as the evidence. Whoever writes it keeps the
   * act of it, of these very records, before its content leaves (`writeNewFiles`). Both fail as `RetentionKeeping.report` does, the
   * first with `record.seal-broken`, `log.missing` too.
   */
  readonly extract: (
    meant: MeantRecords,
    audience: ExtractFor,
  ) => ExtractedFiles & {
    readonly records: readonly number[];
    readonly keepAct: (signs: readonly string[]) => void;
  };
  /**
   * Checks records and log in a thread beside. All are read in full; with `quick` those that a check within the last days found
   * whole are held against its root instead. What is found whole is remembered. Fails with `records.check-cancelled`,
   * `records.check-lost`, `storage.locked`.
   */
  readonly checkRecords: (how?: Partial<CheckSurroundings> & { readonly quick?: boolean }) => Promise<{
    readonly records: number;
    /** How many of them were held against the root of an earlier check. */
    readonly rested: number;
    readonly erased: number;
    readonly intact: boolean;
    /** `id` is null where a record itself is gone; `#head` and `#log` for the chain's end and the log as a whole. */
    readonly broken: readonly {
      readonly id: string | null;
      readonly number: number | null;
      readonly code: FailureCode;
    }[];
    /** The log over them: its name, the records that its newest checkpoint covers (null: there is none), and whether it is whole. */
    readonly log: { readonly origin: string; readonly size: number | null; readonly intact: boolean };
    /** Records of a day before one that the chain had seen already: the clock went back between them. */
    readonly backwards: readonly { readonly id: string; readonly number: number }[];
  }>;
  /** The log over the records: receipts, and what was kept of it elsewhere. */
  readonly log: () => RecordsLog;
  readonly close: () => Promise<void>;
}
