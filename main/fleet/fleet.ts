import { setImmediate as turn } from 'node:timers/promises';
import type { RandomSource } from '../crypto/random.ts';
import type { StationClock } from '../machine/clock.ts';
import type { After } from '../result/after.ts';
import { toHex } from '../result/bytes.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import { type DeliveryReport, headquartersName } from '../store/deliveries.ts';
import type { Store, UnlockedStore } from '../store/types.ts';
import { isEmptySign, refuseSecondSign } from '../trust/lists/pins.ts';
import { authorityOf, certificateOf, type ToldCertificate } from './certificates-told.ts';
import { offeredBy, partOf } from './chosen-files.ts';
import { type Connection, openConnection } from './connection.ts';
import { type Delivered, deliverAll } from './deliver.ts';
import { type ExportedDelivery, exportDelivery, takeReceipt } from './delivery-file.ts';
import {
  type DatabaseFiles,
  databaseNamed,
  databaseWith,
  type Headquarters,
  headquartersFromKept,
  headquartersToKeep,
} from './headquarters.ts';
import type { Issue } from './issue.ts';
import { type Delivering, keepDelivering } from './keep-delivering.ts';
import { type Pulled, pullAll, type TakeIssue, type TakenIssue, takeIssue } from './pull.ts';
import { refuseOtherSchema, roleOf } from './schema/migrate.ts';
import { signedFileKind } from './signed-file.ts';

/** What people are told of the headquarters that is set: never its password or the station's key. */
export interface SetHeadquarters {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly ownAuthority: boolean;
  readonly identified: boolean;
  readonly password: boolean;
  /** Hex. */
  readonly sealingKey: string;
  readonly issuingKey: string | null;
  /** Whether it can open what is sealed for the stations. */
  readonly receives: boolean;
  /** By what the station proves itself, and by what the server must; null where there is none of its own. */
  readonly certificate: ToldCertificate | null;
  readonly authority: ToldCertificate | null;
  readonly setAt: string;
  readonly setBy: readonly string[];
}

/** What would be set. */
export type ProposedHeadquarters = Omit<SetHeadquarters, 'setAt' | 'setBy'>;

/** How headquarters is set. */
export interface HeadquartersGiven {
  readonly address: string;
  readonly files: DatabaseFiles;
  readonly sealingKey: Uint8Array;
  readonly issuingKey: Uint8Array | null;
  /** Secret. */
  readonly receivingKey: Uint8Array | null;
}

/** The way of one open data folder to its headquarters. All of it but `report` needs the key of the folder. */
export interface Fleet {
  /** Who the station is there. */
  readonly station: () => { readonly id: string; readonly publicKey: string; readonly role: string };
  /** Null where none is set. */
  readonly show: () => SetHeadquarters | null;
  /**
   * A recorded act of two people: all records go there. Another database or key is another headquarters, which has nothing yet. Fails
   * with `service.unusable`, `operator.name-missing`, `trust.pin-same-person`.
   */
  readonly set: (given: HeadquartersGiven, names: readonly string[]) => SetHeadquarters;
  /** What a file is that somebody chose to set it with, as `partOf`; and what several come to, as `offeredBy`. */
  readonly partOf: typeof partOf;
  readonly offered: typeof offeredBy;
  /** What would be set, each file tried now; nothing is. Fails with `service.unusable`. */
  readonly proposed: (given: HeadquartersGiven) => ProposedHeadquarters;
  /** One person is enough: nothing leaves any more. Fails with `fleet.not-set`, `operator.name-missing`. */
  readonly unset: (names: readonly string[]) => void;
  /** How far delivery is; null where no headquarters is set. Needs no key. */
  readonly report: () => DeliveryReport | null;
  /** Delivers what waits, now. How it ended is kept. Fails with `fleet.not-set`, `fleet.schema-older`, `fleet.schema-newer` and as `deliverAll`. */
  readonly deliver: (around: DeliverAround) => Promise<Delivered>;
  /**
   * Fetches what headquarters issued, and takes what is new by the imports of its kind. Fails with `fleet.not-set` (no issuing key
   * either), and as `pullAll`. How it ended is kept, by kind.
   */
  readonly pull: (around: PullAround) => Promise<Pulled>;
  /** Whether a headquarters is set. */
  readonly isSet: () => boolean;
  /**
   * Works over a connection to headquarters of its own. Fails with `fleet.not-set`, `fleet.schema-older`, `fleet.schema-newer`, as the
   * connection and as the work does.
   */
  readonly visit: <Answer>(act: (connection: Connection) => Promise<Answer>, around: VisitAround) => Promise<Answer>;
  /** What has not arrived as a signed file, for a site without a line. Fails with `fleet.not-set`, and as `exportDelivery`. */
  readonly exportDelivery: (around?: Partial<DeliverAround>) => Promise<ExportedDelivery>;
  /** Takes a file of headquarters': an issue, or a receipt. Fails with `fleet.malformed`, and as `takeIssue` and `takeReceipt`. */
  readonly importFile: (
    bytes: Uint8Array,
    around?: Partial<PullAround>,
  ) => Promise<{ readonly issue: TakenIssue } | { readonly arrived: Delivered }>;
  /** Delivers from now on by itself, as `keepDelivering`. Nothing happens where no headquarters is set. */
  readonly keepDelivering: (tell: () => void) => Delivering;
  /**
   * Pulls from now on by itself, every ten minutes, with the same pauses after failures and where something was refused; nothing begins while `isFree` says no.
   * Nothing happens where no issuing key is set.
   */
  readonly keepPulling: (around: KeptPulling, tell: () => void) => Delivering;
}

/** How a connection to headquarters is opened: its tables are at least of this version. */
export interface VisitAround {
  readonly signal: AbortSignal;
  readonly schema: number;
}

/** How a delivery is made. `arrived` hears how far it is. */
export interface DeliverAround {
  readonly signal: AbortSignal;
  readonly arrived?: (delivered: Delivered) => void;
}

/** How a pull is made. `takeTrust` is the import of a bundle beside the desk; without it one in this thread. */
export interface PullAround {
  readonly signal: AbortSignal;
  readonly takeTrust?: (content: Uint8Array) => Promise<void>;
}

/** How pulls are made by themselves. */
export interface KeptPulling extends Pick<PullAround, 'takeTrust'> {
  /** Whether nobody at the desk would have to wait. */
  readonly isFree: () => boolean;
}

const pullMillis = 10 * 60_000;

/** The fleet of one open data folder. `unlocked` fails with `storage.locked` while it is locked. */
export function fleetOf(
  store: Pick<Store, 'deliveries'>,
  unlocked: () => UnlockedStore,
  around: {
    readonly clock: StationClock;
    readonly after: After;
    readonly random: RandomSource;
    readonly take: TakeIssue;
  },
): Fleet {
  const { clock, after, random, take } = around;
  const kept = () => unlocked().services.get(headquartersName);
  const headquarters = (): Headquarters => {
    const found = kept();
    if (found === null) throw new Failure('fleet.not-set');
    return headquartersFromKept(found.content);
  };
  const deliver: Fleet['deliver'] = async ({ signal, ...told }) => {
    const { database, sealingKey } = headquarters();
    const { outbox, station } = unlocked();
    try {
      await using connection = await openConnection(database, { after, signal });
      await refuseOtherSchema(connection);
      const now = clock.now;
      const careful = store.deliveries()?.last?.code != null;
      const ground = { outbox, station, sealingKey, random, now, careful, turn: () => turn(), ...told };
      const delivered = await deliverAll(connection, ground);
      outbox.noteTry(now(), null);
      return delivered;
    } catch (thrown) {
      const failure = asFailure(thrown);
      // What was broken off by us failed nobody.
      if (!signal.aborted) noteFailure(outbox, clock.now(), failure);
      throw failure;
    }
  };
  const issueGround = ({ signal, takeTrust }: PullAround) => {
    const { issuingKey, receivingKey } = headquarters();
    if (issuingKey === null) throw new Failure('fleet.not-set', { part: 'issuing key' });
    return {
      pulled: unlocked().pulled,
      issuingKey,
      receivingKey: SecretBytes.orNull(receivingKey),
      take:
        takeTrust === undefined
          ? take
          : (issue: Issue, within: PullAround) =>
              issue.kind === 'trust' ? takeTrust(issue.content) : take(issue, within),
      signal,
      now: clock.now,
    };
  };
  const pull: Fleet['pull'] = async (how) => {
    const { pulled } = unlocked();
    try {
      const ground = issueGround(how);
      await using connection = await openConnection(headquarters().database, { after, signal: how.signal });
      await refuseOtherSchema(connection);
      const ended = await pullAll(connection, ground);
      const refused = ended.refused.map(({ kind, number, failure: { code } }) => ({ kind, number, code }));
      pulled.noteTry(clock.now(), refused[0]?.code ?? null, refused);
      return ended;
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (!how.signal.aborted) noteFailure(pulled, clock.now(), failure);
      throw failure;
    }
  };
  const wantedBy = ({ address, files, sealingKey, issuingKey, receivingKey }: HeadquartersGiven): Headquarters => {
    const database = databaseWith(databaseNamed(address, roleOf(unlocked().station.id)), files);
    return { database, sealingKey, issuingKey, receivingKey };
  };
  const isPulling = (): boolean => {
    const found = kept();
    return found !== null && headquartersFromKept(found.content).issuingKey !== null;
  };
  return {
    station: () => {
      const { id, publicKey } = unlocked().station;
      return { id, publicKey: toHex(publicKey), role: roleOf(id) };
    },
    show: () => {
      const found = kept();
      if (found === null) return null;
      const { setAt, setBy } = found;
      return { ...told(headquartersFromKept(found.content)), setAt, setBy };
    },
    partOf,
    offered: offeredBy,
    proposed: (given) => told(wantedBy(given)),
    set: (given, [first = '', second = '']) => {
      if (isEmptySign(first) || isEmptySign(second)) throw new Failure('operator.name-missing');
      refuseSecondSign(first, second);
      const { acts, services, outbox } = unlocked();
      const wanted = wantedBy(given);
      const { database, sealingKey } = wanted;
      const before = kept();
      const [at, setBy] = [clock.now(), [first, second]];
      const { host, port, user } = database;
      const detail = { host, port, database: database.database, user, sealingKey: toHex(sealingKey) };
      acts.record({ kind: 'fleet.set', at, signs: setBy, reason: '', detail }, () =>
        services.put(headquartersName, { content: headquartersToKeep(wanted), setAt: at, setBy }),
      );
      if (before === null || isOther(headquartersFromKept(before.content), wanted)) outbox.forget();
      return { ...told(wanted), setAt: at, setBy };
    },
    unset: (names) => {
      if (names.length === 0 || names.some(isEmptySign)) throw new Failure('operator.name-missing');
      if (kept() === null) throw new Failure('fleet.not-set');
      const { acts, services } = unlocked();
      acts.record({ kind: 'fleet.unset', at: clock.now(), signs: names, reason: '', detail: {} }, () =>
        services.remove(headquartersName),
      );
    },
    report: () => store.deliveries(),
    isSet: () => kept() !== null,
    visit: async (act, { signal, schema }) => {
      await using connection = await openConnection(headquarters().database, { after, signal });
      await refuseOtherSchema(connection, schema);
      return await act(connection);
    },
    pull,
    exportDelivery: async (how = {}) => {
      const { sealingKey } = headquarters();
      const { outbox, station } = unlocked();
      return exportDelivery({ outbox, station, sealingKey, random, now: clock.now, turn: () => turn(), ...how });
    },
    importFile: async (bytes, how = {}) => {
      const ground = issueGround({ signal: new AbortController().signal, ...how });
      if (signedFileKind(bytes) === 'issue') return { issue: await takeIssue(bytes, ground) };
      const { outbox, station } = unlocked();
      return { arrived: await takeReceipt(bytes, ground.issuingKey, { outbox, station, now: clock.now }) };
    },
    deliver,
    keepDelivering: (tell) => keepDelivering({ deliver, isSet: () => kept() !== null, after, random }, tell),
    keepPulling: ({ isFree, ...how }, tell) => {
      const deliver = async ({ signal }: { readonly signal: AbortSignal }): Promise<void> => {
        if (!isFree()) return;
        const { refused } = await pull({ signal, ...how });
        for (const { failure } of refused) throw failure;
      };
      return keepDelivering({ deliver, isSet: isPulling, after, random, roundMillis: pullMillis }, tell);
    },
  };
}

// Why it failed counts more than that it could not be written down: a folder that is busy or full now is told the next time.
function noteFailure(kept: Pick<UnlockedStore['outbox'], 'noteTry'>, at: string, { code }: Failure): void {
  try {
    kept.noteTry(at, code);
  } catch (thrown) {
    if (!asFailure(thrown).code.startsWith('storage.')) throw thrown;
  }
}

function isOther(before: Headquarters, now: Headquarters): boolean {
  const place = ({ database: { host, port, database } }: Headquarters): string => `${host}:${port}/${database}`;
  return place(before) !== place(now);
}

function told({
  database: { host, port, database, user, password, authority, identity },
  sealingKey,
  issuingKey,
  receivingKey,
}: Headquarters): ProposedHeadquarters {
  return {
    ...{ host, port, database, user, password: password !== null },
    ownAuthority: authority !== null,
    identified: identity !== null,
    certificate: identity === null ? null : certificateOf(identity),
    authority: authority === null ? null : authorityOf(authority),
    sealingKey: toHex(sealingKey),
    issuingKey: issuingKey === null ? null : toHex(issuingKey),
    receives: receivingKey !== null,
  };
}
