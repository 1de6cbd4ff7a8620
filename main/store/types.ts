import type { SharedSecret } from '../crypto/recipient.ts';
import type { Holder, HolderMatch } from '../holders/holder.ts';
import type { HolderQuery } from '../holders/search.ts';
import type { Erasure } from '../records/retention.ts';
import type { ChainReport, RecordContent } from '../records/types.ts';
import type { Detail } from '../result/check.ts';
import type { DataKind } from '../result/data-kind.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import type { HeldPolicy } from '../trust/lists/held-policy.ts';
import type { KnownEdition } from '../trust/lists/pinned-list.ts';
import type { BundleState } from '../trust/lists/station-bundle.ts';
import type {
  DocumentSignerQuery,
  StoredCertificate,
  StoredDefectList,
  StoredRevocationList,
  TrustLookup,
  TrustSource,
} from '../trust/types.ts';
import type { CaseFacts } from '../verification/types.ts';
import type { ActsRepository, ActsStanding } from './acts-repository.ts';
import type { AnswerKey } from './answer-key.ts';
import type { BankServicesRepository } from './bank-services.ts';
import type { BankSystemsRepository } from './bank-systems.ts';
import type { BlockedDocumentsRepository } from './blocked-documents.ts';
import type { CheckKeys } from './check/check-records.ts';
import type { CheckedRecords } from './check/checked-prefix.ts';
import type { ProvenSince } from './check/proven-since.ts';
import type { CarriedOrder, OrderName } from './confirmed-orders.ts';
import type { DeliveryReport } from './deliveries.ts';
import type { DirectoryCache } from './directory-cache.ts';
import type { DocumentSignerStage } from './document-signer-stage.ts';
import type { KnownDocuments } from './known-documents.ts';
import type { RecordsLog } from './log/records-log.ts';
import type { StoredLog } from './log/stored-log.ts';
import type { Integrity } from './marks/store-marks.ts';
import type { NewestDay } from './newest-day.ts';
import type { RosterKeys } from './open-roster.ts';
import type { OperatorsState } from './operators/operator.ts';
import type { OperatorsRepository } from './operators/operators-repository.ts';
import type { Outbox } from './outbox.ts';
import type { ParcelsRepository } from './parcels.ts';
import type { PinsRepository } from './pins-repository.ts';
import type { PulledRepository } from './pulled.ts';
import type { ReceivedOrdersRepository } from './received-orders.ts';
import type { RecordedTime } from './recorded-time.ts';
import type { AwayCases, ReferralsRepository } from './referrals-repository.ts';
import type { RetentionRepository } from './retention/retention-repository.ts';
import type { SecondReadingsRepository } from './second-readings.ts';
import type { StationServicesRepository } from './station-services.ts';
import type { TrustAct, TrustChange, TrustChangeCounts, TrustHistoryEntry } from './trust-changes.ts';
import type { CertificateOrigin, ListOrigin } from './trust-origins.ts';

/** What unlocks a data folder. Whoever made it purges the passphrase. */
export type KeyProvider =
  | { readonly kind: 'passphrase'; readonly passphrase: SecretBytes }
  /** Training data only. Without a path it is the folder's own `training.key`, made at first use. */
  | { readonly kind: 'key-file'; readonly path: string | null }
  | { readonly kind: 'safe-storage'; readonly safeStorage: AsyncSafeStorage };

/** Electron's asynchronous safeStorage as the station hands it in. */
export interface AsyncSafeStorage {
  /** What keeps the key: `dpapi`, `keychain`, `gnome_libsecret`, `kwallet5`, `basic_text`, ... */
  readonly backend: string;
  encrypt(text: string): Promise<Uint8Array>;
  decrypt(encrypted: Uint8Array): Promise<string>;
}

/** Which means keeps the master key, said to people. `backend` is null for a passphrase and a key file. */
export interface KeySlotDescription {
  readonly kind: KeyProvider['kind'];
  readonly backend: string | null;
}

/** An open data folder. What needs no key is here; holders and records need `unlock`. */
export interface Store {
  readonly directory: string;
  readonly path: string;
  readonly kind: DataKind;
  readonly trust: TrustRepository;
  readonly settings: SettingsRepository;
  readonly banks: BankSystemsRepository;
  /** The means that can unlock the folder; empty until the first unlock. */
  describeKey(): readonly KeySlotDescription[];
  /** Who writes the records of this folder; null until the first unlock. Needs no key. */
  station(): Pick<Station, 'id' | 'publicKey'> | null;
  /** How what administrators did to the station stands; null until the first unlock. Needs no key. */
  acts(): ActsStanding | null;
  /** The log over the records, read without a key; null until the first unlock. */
  log(): RecordsLog | null;
  /** The newest day that the station has seen, in its records and its lists; null without one. Fails with `trust.tampered`. */
  newestDay(): NewestDay | null;
  /** A number that is another one once another process, or another thread, has written to the folder. Needs no key. */
  writtenElsewhere(): number;
  /** What the station's own records tell of its clock. Needs no key. */
  recordedTime(): RecordedTime;
  /** How far the delivery to headquarters is; null where none is set. Needs no key. Fails with `trust.tampered`. */
  deliveries(): DeliveryReport | null;
  /** As `awayCases`. */
  awayCases(): AwayCases | null;
  /** Whether operators sign in to this folder. Needs no key. */
  operators(): OperatorsState;
  /** Whether what verdicts rest on is as the station left it, large contents aside: those are compared as they are used. */
  isWhole(): boolean;
  /** The same with everything compared and told row by row: seconds where there is much. */
  integrity(): Integrity;
  /**
   * Opens what is sealed. The first unlock of a folder makes its master key and keeps it by this means. Throws
   * `storage.locked` (no means, or none that this folder knows: `keptBy`, `advice`), `storage.wrong-key`, `storage.passphrase-weak` (a first passphrase),
   * `storage.key-missing` (no such key file, an
   * empty passphrase) or `storage.key-file-training` (a key file for ordinary data).
   */
  unlock(provider: KeyProvider | null): Promise<UnlockedStore>;
  /**
   * Lets the folder be opened by this means alone, for whoever has its master key out of a backup. Fails with
   * `backup.other-station` where it is not this folder's, `storage.passphrase-weak`.
   */
  recover(masterKey: SecretBytes, provider: KeyProvider): Promise<void>;
  /** Ends the connection and purges the keys of everything that was unlocked through it. */
  close(): void;
}

/** The station of a data folder as it signs. */
export interface Station {
  readonly id: string;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /**
   * Signs with the key that signs the records: what is signed begins with a line that says what it is. Works until the
   * folder is closed.
   */
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** By what other stations seal for this one. */
export interface Receiving {
  /** X25519, 32 bytes. */
  readonly publicKey: () => Uint8Array;
  /** The secret that is shared with whoever sealed by this half of theirs. Throws where it is no key. Works until the folder is closed. */
  readonly agreedWith: (ephemeral: Uint8Array) => SharedSecret;
}

/** An unlocked data folder. */
export interface UnlockedStore {
  readonly slot: KeySlotDescription;
  /** For a backup to the bank's key, and for nothing else. Purged when the folder is closed. */
  readonly masterKey: SecretBytes;
  readonly station: Station;
  readonly receiving: Receiving;
  readonly holders: HoldersRepository;
  /** Copies of the register's keys for a thread that imports; whoever takes them overwrites them. */
  readonly rosterKeys: () => RosterKeys;
  readonly records: RecordsRepository;
  /** Up to where the records were found whole before. */
  readonly checked: CheckedRecords;
  /** What a thread checks records with; whoever takes the copy of the key overwrites it. */
  readonly checkKeys: () => { readonly keys: Omit<CheckKeys, 'sealingKey'>; readonly sealingKey: Uint8Array };
  /** The log over the records, which anyone can check. */
  readonly log: RecordsLog & Pick<StoredLog, 'signBy'>;
  readonly acts: ActsRepository;
  readonly receivedOrders: ReceivedOrdersRepository;
  /** What goes to headquarters, and what came from there. */
  readonly outbox: Outbox;
  readonly pulled: PulledRepository;
  /** Parcels from and to other stations by headquarters. */
  readonly parcels: ParcelsRepository;
  /** Headquarters' list of blocked documents. */
  readonly blockedDocuments: BlockedDocumentsRepository;
  readonly bankServices: BankServicesRepository;
  /** Services on the network that administrators set, and what the bank's directory answered. */
  readonly services: StationServicesRepository;
  readonly directoryCache: DirectoryCache;
  readonly knownDocuments: KnownDocuments;
  /** The second key, with which answers are signed for who knows no Ed25519; made when it is first asked for. */
  readonly answerKey: () => AnswerKey;
  readonly operators: OperatorsRepository;
  readonly referrals: ReferralsRepository;
  readonly retention: RetentionRepository;
  /** Keeps this as the newest day that the station has seen; part of a recorded act. */
  readonly acceptDay: (day: PlainDate) => void;
  /**
   * Fails with `storage.busy` where another process holds the folder and does not let go within so many milliseconds, and as
   * writing does where nothing can be written. Changes nothing.
   */
  readonly refuseIfBusy: (patienceMillis: number) => void;
  /** Several acts on what is sealed as one: where one fails, none is done. */
  readonly atOnce: <Result>(act: () => Result) => Result;
}

/**
 * The certificates that the station believes and where they came from. All of it fails with `trust.tampered` where others
 * than the station have changed what verdicts rest on.
 */
export interface TrustRepository extends TrustLookup {
  /** All or nothing. A known certificate gains the sources, and the verifier if it had none. */
  insert(certificates: readonly StoredCertificate[]): { readonly new: number; readonly known: number };
  /**
   * All or nothing. In place of the lists that came by no import: those that a training folder is given from the start. What
   * an import brought stays.
   */
  replaceOwnRevocationLists(lists: readonly StoredRevocationList[]): void;
  /** By country, subject and end of validity; `country` is as `CertificateSummary.country` writes it. */
  list(country?: string): readonly StoredCertificate[];
  get(fingerprint: string): StoredCertificate | null;
  count(): number;
  sources(): readonly TrustSource[];
  /** The master lists that stand behind certificates, of which it is known whose they are. */
  editions(): readonly KnownEdition[];
  revocationLists(country: string): Promise<readonly StoredRevocationList[]>;
  /** The newest list of every issuer. */
  allRevocationLists(): readonly StoredRevocationList[];
  documentSigners(query: DocumentSignerQuery): Promise<readonly Uint8Array[]>;
  defectLists(): Promise<readonly StoredDefectList[]>;
  countDocumentSigners(): number;
  /** Those that came in by themselves or by a bundle, as DER; those of directories travel with the directory. */
  documentSignersAlone(): readonly Uint8Array[];
  /** Where an import collects document signers until `apply` takes them over with `staged`. */
  openStage(): DocumentSignerStage;
  /**
   * One import, all or nothing, with its place in the history. Throws `bundle.older`, `bundle.number-reused`, `policy.older`,
   * `policy.version-reused`.
   */
  apply(change: TrustChange): { readonly id: number; readonly counts: TrustChangeCounts };
  /** Newest first. */
  history(): readonly TrustHistoryEntry[];
  /**
   * Takes the newest import back that holds, all or nothing: everything is as it was before. Answers the history's new entry,
   * null where no import can be taken back.
   */
  undoLast(act: TrustAct): TrustHistoryEntry | null;
  /**
   * Takes away what rests on this voucher's word alone: the fingerprint of a pinned certificate, or a station's public key in
   * hex. It is no import that `undoLast` takes back.
   */
  withdraw(vouchedBy: string, act: TrustAct): TrustHistoryEntry | null;
  /**
   * Takes away what this station's own people said of one certificate; what lists and bundles say of it stays. No import either that
   * `undoLast` takes back.
   */
  withdrawOwnWord(fingerprint: string, act: TrustAct): TrustHistoryEntry | null;
  /** Which source brought which certificate, and whose word that source rests on. */
  origins(): readonly CertificateOrigin[];
  /** When and how each revocation list and each list of defects came. */
  listOrigins(): readonly ListOrigin[];
  /** Writes down that what others had touched was taken out; part of that act. */
  noteMending(act: TrustAct): void;
  /** Several acts on the trust store as one: where one fails, none is done. */
  atOnce<Result>(act: () => Result): Result;
  /** The newest bundle that came from this issuer (hex of its public key). */
  bundleOf(issuer: string): BundleState | null;
  /** The policies that bundles brought, of each the newest. */
  policies(): readonly HeldPolicy[];
  readonly pins: PinsRepository;
  readonly secondReadings: SecondReadingsRepository;
}

/** Small settings as JSON; who asks validates the answer. */
export interface SettingsRepository {
  get(name: string): Detail | undefined;
  set(name: string, value: Detail): void;
}

/** The register of holders, sealed row by row and found by keyed indexes. */
export interface HoldersRepository {
  /**
   * All or nothing; a holder whose id is known is replaced, and so is one whom a case took from a document where a register
   * has the number and no other birth date. Numbers are not people: two may have one, and both are taken. `sharing` names
   * the rows of which somebody else on file has the number too, by `lines`, or where there are none counted from 1.
   */
  importAll(
    holders: readonly Holder[],
    lines?: readonly number[],
  ): { readonly added: number; readonly replaced: number; readonly sharing: readonly number[] };
  /**
   * At most `limit` (default 50) holders, by surname and given names as who reads `language` (a tag; English by default) looks for
   * them; of more, the first on file.
   */
  find(query: HolderQuery, limit?: number, language?: string): readonly HolderMatch[];
  get(id: string): Holder | null;
  count(): number;
  /** Takes somebody out whom a case took from a document; whom the bank's register names stays. */
  forgetTaken(id: string): void;
}

/** A record in a list: enough to recognise it. */
export interface ListedRecord {
  readonly number: number;
  readonly id: string;
  readonly hash: string;
  readonly writtenAt: string;
  /** Null where the seal does not open; `records check` says why. */
  readonly content: Pick<
    RecordContent,
    'training' | 'purpose' | 'holder' | 'document' | 'verdict' | 'decision' | 'referral'
  > | null;
  /** Why and when it was erased; absent where it was not. */
  readonly erased?: Erasure;
}

/** The records of a folder: read and added to, never altered. */
export interface RecordsRepository {
  /**
   * Seals the record of a case and adds it to the chain, in one transaction. Throws `record.malformed` for facts that
   * make no record (an id that is taken, an instant that is none, anything but JSON values), and `record.missing` or
   * `record.signature-wrong` where the head of the chain is gone or not the station's: nothing is built on that. Throws
   * `order.already-confirmed` where it confirms an order that another record has confirmed.
   */
  append(facts: CaseFacts, appVersion: string): { readonly id: string; readonly hash: string; readonly number: number };
  /** Those of these numbers that are there, in their order. */
  of(numbers: readonly number[]): readonly ListedRecord[];
  /** The numbers from this one to that one that are there, each with its instant (ISO 8601); nothing is opened. */
  writtenBetween(first: number, last: number): readonly { readonly number: number; readonly writtenAt: string }[];
  /** Newest first; `before` is a record's number, for the next page; `limit` is 50 where it is not given. */
  list(page?: { readonly limit?: number; readonly before?: number }): readonly ListedRecord[];
  /**
   * The id of the record by which an order of this name was confirmed; null where none did. Throws `record.missing` or
   * `record.seal-broken` where a record that may have done so is gone or does not open.
   */
  confirmedBy(order: OrderName): string | null;
  /**
   * The id of the record that has this order now: its case, or the colleague's who decided that one. Null where none has. What was
   * recorded by an app before this one is not told. Throws as `confirmedBy`.
   */
  caseOf(order: CarriedOrder): string | null;
  /** Brings what follows from the records for orders up to the newest: what is asked after it opens none. */
  noteOrders(): void;
  count(): number;
  /**
   * Throws `record.not-found`, `record.erased` (with `on`, `keep`, `years`, `event`, `eventOn`), or `record.seal-broken` where it
   * does not open.
   */
  get(id: string): { readonly number: number; readonly hash: string; readonly content: RecordContent };
  /** One record proven whole, and all after it with none missing; null where something of it is not so (`provenSince`). */
  provenSince(id: string): ProvenSince | null;
  /** The whole chain, seals included. */
  check(): ChainReport;
}
