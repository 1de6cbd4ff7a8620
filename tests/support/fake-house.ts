import { setImmediate } from 'node:timers/promises';
import type { BankAnswers } from '../../main/answer/bank-answers.ts';
import type { TakenOrder } from '../../main/answer/orders-taken.ts';
import type { Holder, KnownDocument } from '../../main/holders/holder.ts';
import type { NewHolder } from '../../main/holders/new-holder.ts';
import type { House, InspectRequest } from '../../main/house/house.ts';
import type { Referral } from '../../main/house/referral.ts';
import type { Inspection } from '../../main/inspection/types.ts';
import { cameraSet, setCamera } from '../../main/keeping/camera-setting.ts';
import { signerOffered } from '../../main/keeping/report/list-signers.ts';
import type { TrustReport } from '../../main/keeping/report/trust-report.ts';
import type { TrustKeeping } from '../../main/keeping/trust-keeping.ts';
import type { TrustUpkeep } from '../../main/keeping/update/upkeep.ts';
import type { TrustWorkshop } from '../../main/keeping/workshop/workshop.ts';
import type { CardConnection, ReaderDescription, ReaderEvent, ReaderState } from '../../main/reader/port.ts';
import type { ReaderFacts } from '../../main/reader/reader-facts.ts';
import type { CameraUse } from '../../main/result/camera-uses.ts';
import { type Check, type Detail, successful, unsuccessful } from '../../main/result/check.ts';
import { Failure } from '../../main/result/failure.ts';
import type { FailureCode } from '../../main/result/failure-codes.ts';
import { type PlainDate, parsePlainDate } from '../../main/result/plain-date.ts';
import type { DigitalIdPerson } from '../../main/services/digital-id-port.ts';
import type { DirectoryAnswer } from '../../main/services/directory.ts';
import type { StationServices } from '../../main/services/station-services.ts';
import type { Confirmation } from '../../main/station/confirmation.ts';
import type { Timers } from '../../main/station/timers.ts';
import type { DamagedCase } from '../../main/store/referrals-repository.ts';
import { standardLimits } from '../../main/trust/path/freshness.ts';
import { faceCheck } from '../../main/verification/face-check.ts';
import { injectionAttackCheck, presentationAttackCheck } from '../../main/verification/film-checks.ts';
import { printedDocument } from '../../main/verification/known-before.ts';
import { parseOrder } from '../../main/verification/order.ts';
import { type GivenOrder, givenOrder } from '../../main/verification/order-case.ts';
import { silentTerms } from '../../main/verification/terms.ts';
import type { CaseFacts, Policy, StationKind, Verdict } from '../../main/verification/types.ts';

/** A clock and timers that move only when told. */
export class FakeTimers implements Timers {
  now = 0;
  #waiting: { at: number; act: () => void }[] = [];

  millis = (): number => this.now;

  after = (millis: number, act: () => void): (() => void) => {
    const entry = { at: this.now + millis, act };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  };

  advance(millis: number): void {
    this.now += millis;
    const due = this.#waiting.filter(({ at }) => at <= this.now);
    this.#waiting = this.#waiting.filter(({ at }) => at > this.now);
    for (const { act } of due) act();
  }
}

/** A station that asks no service. */
/** A station without headquarters. */
const noFleet: House['fleet'] = {
  station: untold,
  show: () => null,
  partOf: untold,
  offered: untold,
  proposed: untold,
  set: untold,
  unset: untold,
  report: () => null,
  deliver: untold,
  pull: untold,
  exportDelivery: untold,
  importFile: untold,
  keepDelivering: () => ({ nudge: () => undefined, between: (act) => act(), close: async () => undefined }),
  isSet: () => false,
  visit: untold,
  keepPulling: () => ({ nudge: () => undefined, between: (act) => act(), close: async () => undefined }),
};

const noServices: StationServices = {
  list: () => [],
  set: () => {
    throw new Failure('service.unusable');
  },
  unset: () => {
    throw new Failure('service.not-set');
  },
  isSet: () => false,
  register: () => null,
  digitalId: () => null,
  directory: () => null,
};

/** A station whose cases go nowhere. */
const noTravel = new Proxy({} as House['travel'], {
  get: () => () => {
    throw new Failure('referral.station-unknown');
  },
});

/** A station without headquarters exchanges nothing. */
const noParcels: House['parcels'] = {
  exchange: async () => null,
  keepExchanging: () => ({ nudge: () => undefined, between: (act) => act(), close: async () => undefined }),
};

/** A station that no system of the bank sends orders to. */
const noBanks: BankAnswers = {
  banks: () => [],
  readBank: () => {
    throw new Failure('bank.malformed');
  },
  folderFault: async () => null,
  addBank: () => {
    throw new Failure('bank.malformed');
  },
  connect: () => {
    throw new Failure('bank.unknown');
  },
  removeBank: () => {
    throw new Failure('bank.unknown');
  },
  publicKeys: () => [],
  stationId: () => 'station-of-tests',
  take: async () => {
    throw new Failure('order.foreign');
  },
  prove: async () => {
    throw new Failure('order.foreign');
  },
  waiting: () => ({ orders: [], unopened: 0 }),
  taken: () => null,
  caseKept: () => undefined,
  caseEnded: () => null,
  read: async () => {
    throw new Failure('answer.foreign');
  },
  short: (answer) => `short ${answer}`,
  code: (short) => short,
  openWays: async () => {
    throw new Failure('bank.unknown');
  },
  servers: () => [],
  onChange: () => () => undefined,
};

export function day(text: string) {
  const date = parsePlainDate(text);
  if (date === null) throw new Error(`no such day: ${text}`);
  return date;
}

export const anna = {
  id: 'K-1001',
  personalNumber: '198203142392',
  givenNames: 'Anna',
  surname: 'Andersson',
  birthDate: day('1982-03-14'),
};

/** EF.SOD vouches for both groups that every document has. */
export const vouched = successful('passive-authentication.hashes', {
  dataGroups: { DG1: 'identical', DG2: 'identical' },
});

/** An inspection that read everything; `changes` replaces parts. */
export function wholeInspection(changes: Partial<Inspection> = {}): Inspection {
  return {
    document: {
      type: 'passport',
      code: 'P',
      issuer: 'SWE',
      number: 'AA0000001',
      expiry: day('2030-01-31'),
      holder: {
        surname: 'ANDERSSON',
        givenNames: 'ANNA',
        personalNumber: '198203142392',
        birthDate: day('1982-03-14'),
        sex: 'F',
        nationality: 'SWE',
      },
    },
    access: { protocol: 'PACE', mapping: 'GM', agreement: 'ECDH', parameters: 'brainpoolP256r1', cipher: 'AES-128' },
    checks: [successful('access.pace'), vouched, successful('passive-authentication.signature')],
    reading: { exchanges: 20, bytesSent: 400, bytesReceived: 19_000, millis: 900, files: {} },
    mrz: null,
    details: null,
    portrait: {
      format: 'jpeg',
      statedFormat: null,
      bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xe0]),
      width: 0,
      height: 0,
    },
    specimen: true,
    ...changes,
  };
}

/** An inspection that ended early for one reason. */
export function endedInspection(code: FailureCode, result: 'aborted' | 'failed' = 'aborted'): Inspection {
  return wholeInspection({
    document: null,
    access: null,
    checks: [unsuccessful('access.pace', result, code), unsuccessful('document.type', 'aborted', code)],
    portrait: null,
    specimen: false,
  });
}

interface Pending {
  readonly request: InspectRequest;
  readonly finish: (inspection: Inspection) => Promise<void>;
  readonly fail: (code: FailureCode) => Promise<void>;
}

// What no window asks for.
function untold(): never {
  throw new Error('no window asks for this');
}

const seenOfThem: KnownDocument = {
  issuer: 'SWE',
  kind: 'passport',
  number: 'AA0000001',
  seenBy: 'SU',
  seenOn: day('2026-11-23'),
};

/** A folder that nobody signs in to. */
const noOperators: TrustKeeping['operators'] = {
  state: () => 'none',
  list: untold,
  namedAnew: () => [],
  show: untold,
  signIn: untold,
  lapsed: untold,
  requireTwo: untold,
  present: untold,
  bearers: untold,
  refuseNew: untold,
  refuseSecret: untold,
  add: untold,
  setRole: untold,
  train: untold,
  reset: untold,
  setSecret: untold,
  remove: untold,
  takeIssued: untold,
  exportForStations: untold,
};

const untoldSettings: TrustKeeping['station'] = {
  kind: untold,
  name: () => null,
  newestAt: untold,
  logKeys: untold,
  limits: untold,
  standardLimits,
  setLimits: untold,
  newestDay: untold,
  rememberedSteps: untold,
  publicKey: untold,
  camera: untold,
  setCamera: untold,
};

/** The administration as far as windows ask for it. */
function fakeKeeping(parts: {
  readonly report: TrustReport;
  readonly upkeep: TrustUpkeep;
  readonly restore: TrustKeeping['acts']['restore'];
  readonly nextRestored: TrustKeeping['acts']['nextRestored'];
  readonly pinSigner: TrustKeeping['acts']['pinSigner'];
  readonly withdrawPin: TrustKeeping['acts']['withdrawPin'];
  readonly pinAuthority: TrustKeeping['acts']['pinAuthority'];
  readonly withdrawAuthority: TrustKeeping['acts']['withdrawAuthority'];
  readonly station: () => Partial<TrustKeeping['station']>;
  readonly managed: () => TrustKeeping['managed'];
  readonly policies: () => TrustKeeping['policies'];
  readonly settings: TrustKeeping['settings'];
}): TrustKeeping {
  const { report, upkeep, restore, nextRestored, pinSigner, withdrawPin, settings } = parts;
  const { pinAuthority, withdrawAuthority, station, managed, policies } = parts;
  return {
    kind: 'training',
    directory: '/nowhere',
    keptBy: () => [],
    keyFiles: () => [],
    leftCopies: () => [],
    get managed() {
      return managed();
    },
    unlock: untold,
    integrity: () => ({ whole: true, touched: [], adoptedAt: null }),
    actsStanding: () => null,
    report,
    reportOn: () => report,
    holdings: {
      counts: untold,
      all: untold,
      certificate: untold,
      explain: untold,
      history: untold,
      secondReading: untold,
    },
    imports: { take: untold, takeChosen: untold, signingOf: untold },
    backup: { key: untold, setKey: untold, take: untold },
    retention: {
      report: untold,
      hold: untold,
      release: untold,
      extracted: untold,
      meant: untold,
      erasures: untold,
      catchUp: untold,
      state: untold,
      eraseDue: untold,
    },
    upkeep,
    readTwice: untold,
    acts: {
      mend: untold,
      nextRestored,
      restore,
      pinSigner,
      pinBeginning: untold,
      withdrawPin,
      pinAuthority,
      withdrawAuthority,
      acceptClock: untold,
      setStation: untold,
      exportBundle: untold,
      done: () => ({ all: [], broken: [], end: 'fits' }),
    },
    log: {
      log: () => null,
      anchors: untold,
      setAnchors: untold,
      signBy: untold,
      publish: async () => [],
      cosigned: () => [],
      request: untold,
      takeAnswer: untold,
      state: async () => [],
    },
    operators: noOperators,
    get policies() {
      return policies();
    },
    get station() {
      return {
        ...untoldSettings,
        camera: (use: CameraUse) => cameraSet(settings, use),
        setCamera: (use: CameraUse, name: string | null) => setCamera(settings, use, name),
        ...station(),
      };
    },
    deliveries: () => null,
    awayCases: () => null,
    settings,
    saved: { seal: untold, judgeFiles: untold, judge: untold, madeFor: untold, verdict: untold },
    close: untold,
  };
}

const noFacts: Omit<ReaderFacts, 'place'> = {
  vendor: null,
  version: null,
  maxApduDataSize: null,
  extendedLength: 'unknown',
};

/** A house whose readers, chip and register are moved by the test. */
export class FakeHouse {
  readonly inspections: Pending[] = [];
  readonly records: CaseFacts[] = [];
  waiting: Referral[] = [];
  /** Cases in the queue that do not open any more. */
  damagedCases: readonly DamagedCase[] = [];
  readonly closed: string[] = [];
  /** A folder that was set up long ago. */
  readonly settings = new Map<string, Detail>([
    ['set-up', { over: true, step: 'overview', skipped: [], saidCase: false, draft: null, reader: null }],
  ]);
  verdict: Verdict['verdict'] = 'accept';
  /** What the register says of `anna` now; null where she is on file no more. */
  onFile: Holder | null = anna;
  /** How a look-up by id fails, where it does. */
  holderFails: FailureCode | null = null;
  stationKind: StationKind | null = null;
  /** How long a referred case may wait, by every policy; null: as long as the reading counts. */
  referralHours: number | null = null;
  /** Whether the policy leaves going on against `refer` to one person. */
  alone = true;
  reasons: readonly FailureCode[] = ['check.not-made'];
  newHolder: NewHolder | null = null;
  evidenceMinutes = 30;
  holderFrom: Policy['holder'] = 'on-file';
  now = '2026-11-23T10:00:00Z';
  judgeAgain: (inspection: Inspection) => Inspection | Promise<Inspection> = (inspection) => inspection;
  startFailure: FailureCode | null = null;
  connectFailure: FailureCode | null = null;
  /** What happens while a connection is asked for. */
  onConnect: () => void = () => undefined;
  recordFailure: FailureCode | null = null;
  /** Whether another process holds the folder. */
  held = false;
  /** How often another process has written. */
  writtenElsewhere = 0;
  key: ReturnType<House['keyKind']> = 'key-file';
  lying: string | null = null;
  trustReport: TrustReport = {
    countries: () => ({ certificates: 0, documentSigners: 0, countries: [] }),
    country: async () => null,
    sources: async () => ({ lists: [], updates: [] }),
    state: async () => ({ certificates: 0, due: [], clockBehind: null }),
    signers: () => [],
    offered: (der) => signerOffered(der, '2026-11-23' as PlainDate, new Set()),
    authorities: async () => [],
    origins: () => [],
    stationOf: () => null,
    namesOf: () => null,
  };
  trustUpkeep: TrustUpkeep = {
    places: () => null,
    last: () => null,
    failed: () => {
      throw new Error('no update');
    },
    source: () => null,
    setSource: untold,
    revocationStates: () => [],
    setRevocationStates: untold,
    failingLongSince: () => null,
    update: untold,
  };
  nextRestored: ReturnType<TrustKeeping['acts']['nextRestored']> = null;
  restore: TrustKeeping['acts']['restore'] = () => {
    throw new Failure('trust.nothing-to-restore');
  };
  pinSigner: TrustKeeping['acts']['pinSigner'] = untold;
  withdrawPin: TrustKeeping['acts']['withdrawPin'] = untold;
  pinAuthority: TrustKeeping['acts']['pinAuthority'] = untold;
  withdrawAuthority: TrustKeeping['acts']['withdrawAuthority'] = untold;
  /** What is asked of the station's settings, where a test has more of them. */
  station: Partial<TrustKeeping['station']> = {};
  managed: TrustKeeping['managed'] = { place: '', names: [] };
  policiesKept: TrustKeeping['policies'] = {
    ...{ of: untold, all: untold, tried: untold, triedFile: untold, triedInForce: untold },
  };
  workshop: TrustWorkshop = {
    update: async () => {
      throw new Failure('update.source-missing');
    },
    takeBundle: async () => undefined,
    signingOf: async () => {
      throw new Failure('trust.file-unknown');
    },
    importFiles: async () => {
      throw new Failure('trust.file-unknown');
    },
    endReading: () => undefined,
  };
  /** Where each reader says that it is plugged in. */
  places: Readonly<Record<string, string>> = {};
  chosen: readonly string[] = [];
  chosenNew: string | null = null;
  rosterHead: ReturnType<House['lookAtRoster']> = { kind: 'csv', columns: [] };
  importRoster: House['importRoster'] = untold;
  #present: ReaderDescription[];
  #listener: (event: ReaderEvent) => void = () => undefined;

  constructor(readers: readonly string[] = ['Reader A']) {
    this.#present = readers.map((name) => ({ name, kind: 'pcsc', state: 'empty', inUse: false, atr: null }));
  }

  event(event: ReaderEvent): void {
    this.#listener(event);
  }

  setReader(name: string, state: ReaderState): void {
    this.#present = this.#present.filter((reader) => reader.name !== name);
    this.#present.push({ name, kind: 'pcsc', state, inUse: false, atr: state === 'card' ? '3b80800101' : null });
    this.event({ type: 'readers', readers: this.#present });
  }

  unplug(name: string): void {
    this.#present = this.#present.filter((reader) => reader.name !== name);
    this.event({ type: 'readers', readers: this.#present });
  }

  lay(name = 'Reader A'): void {
    this.setReader(name, 'card');
  }

  lift(name = 'Reader A'): void {
    this.setReader(name, 'empty');
  }

  /** The folder has this order of a bank's system, so far dealt with. */
  takeIn(
    { order, hash, issuerKey }: GivenOrder,
    state: TakenOrder['state'] = 'waiting',
    answer: string | null = null,
    recordId: string | null = null,
  ): void {
    const system = { id: order.issuer, name: 'Exempelbanken' };
    const as = {
      number: 1,
      state,
      recordId,
      order,
      orderHash: hash,
      system,
      kid: issuerKey ?? '',
      keyPrint: null,
      answer,
    } as const;
    this.ordersTaken.set(order.id, { ...as, way: 'folder', receivedAt: this.now });
  }

  /** For which order each judging again was asked. */
  readonly judgedFor: (string | undefined)[] = [];
  carriesOrder: Policy['order'] = 'none';
  knownDocuments: Policy['knownDocuments'] = 'none';
  /** The operator whose approval puts the document on file. */
  filesFor: string | null = null;
  /** Orders of the bank's systems as the folder has them now, by their id. */
  readonly ordersTaken = new Map<string, TakenOrder>();
  /** What the house says against an order. */
  orderHindrances: ReturnType<House['orders']['hindrances']> = { codes: [], record: null };

  /** The reading that is under way, and its ends. */
  get current(): Pending {
    const last = this.inspections.at(-1);
    if (last === undefined) throw new Error('nothing is being read');
    return last;
  }

  /** Whom a document's lines lead to. */
  candidates: ReturnType<House['candidates']> = { found: [], tooMany: false };
  /** What a document's page says against it. */
  knownBefore: readonly FailureCode[] = [];

  /** What the bank's directory answers; null where none is set. */
  directory: DirectoryAnswer | null = null;
  digitalId: DigitalIdPerson | null = null;

  readonly house: House = {
    kind: 'training',
    directory: '/nowhere',
    version: '0.1.0',
    today: () => day('2026-11-23'),
    now: () => this.now,
    writtenElsewhere: () => this.writtenElsewhere,
    newestAt: () => this.now,
    operatingSystemUser: 'teller',
    keyKind: () => this.key,
    unlock: async (passphrase) => {
      if (passphrase !== 'right') throw new Failure('storage.wrong-key');
      this.key = 'passphrase';
    },
    readers: {
      name: 'pcsc-mini',
      start: async (listener) => {
        if (this.startFailure !== null) throw new Failure(this.startFailure);
        this.#listener = listener;
      },
      readers: async () => this.#present,
      connect: async (reader) => this.#connect(reader),
      facts: async (reader) => ({ ...noFacts, place: this.places[reader] ?? null }),
      stop: async () => undefined,
    },
    adviceOnReader: () => [],
    tryReader: untold,
    plate: {
      specimens: () => [],
      lay: async (id) => {
        this.lying = id;
      },
      lift: () => {
        this.lying = null;
      },
      lying: () => this.lying,
    },
    answers: { ...noBanks, taken: (_issuer, id) => this.ordersTaken.get(id) ?? null },
    fleet: noFleet,
    services: noServices,
    findInDirectory: async () => this.directory,
    verifyDigitalId: async () => {
      if (this.digitalId === null) throw new Failure('bankid-card.needs-service');
      return this.digitalId;
    },
    keeping: fakeKeeping({
      report: {
        countries: () => this.trustReport.countries(),
        country: (code) => this.trustReport.country(code),
        sources: () => this.trustReport.sources(),
        state: () => this.trustReport.state(),
        signers: () => this.trustReport.signers(),
        offered: (der) => this.trustReport.offered(der),
        namesOf: (code) => this.trustReport.namesOf(code),
        authorities: () => this.trustReport.authorities(),
        origins: () => this.trustReport.origins(),
        stationOf: (publicKey) => this.trustReport.stationOf(publicKey),
      },
      upkeep: {
        ...this.trustUpkeep,
        source: () => this.trustUpkeep.source(),
        setSource: (source) => this.trustUpkeep.setSource(source),
        revocationStates: () => this.trustUpkeep.revocationStates(),
        setRevocationStates: (states) => this.trustUpkeep.setRevocationStates(states),
        places: () => this.trustUpkeep.places(),
        last: () => this.trustUpkeep.last(),
        failingLongSince: () => this.trustUpkeep.failingLongSince(),
        failed: (code) => this.trustUpkeep.failed(code),
      },
      restore: (names) => this.restore(names),
      nextRestored: () => this.nextRestored,
      pinSigner: (...given) => this.pinSigner(...given),
      withdrawPin: (...given) => this.withdrawPin(...given),
      pinAuthority: (...given) => this.pinAuthority(...given),
      withdrawAuthority: (...given) => this.withdrawAuthority(...given),
      station: () => this.station,
      managed: () => this.managed,
      policies: () => this.policiesKept,
      settings: {
        get: (name) => this.settings.get(name),
        set: (name, value) => {
          this.settings.set(name, value);
        },
      },
    }),
    inspect: (request) => {
      const { promise, resolve, reject } = Promise.withResolvers<Inspection>();
      this.inspections.push({
        request,
        finish: async (inspection) => {
          resolve(inspection);
          await settled();
        },
        fail: async (code) => {
          reject(new Failure(code));
          await settled();
        },
      });
      return promise;
    },
    findHolders: async () => Array.from({ length: 25 }, () => ({ holder: anna, matchedBy: 'name' as const })),
    candidates: () => this.candidates,
    knownBefore: (page) => ({ printed: printedDocument(page), against: this.knownBefore }),
    lookAtRoster: () => this.rosterHead,
    importRoster: (...given) => this.importRoster(...given),
    keepOutcome: () => {
      throw new Failure('referral.not-handed');
    },
    travel: noTravel,
    parcels: noParcels,
    orders: {
      read: async (text) => givenOrder(parseOrder(text), 'qr'),
      hindrances: () => this.orderHindrances,
    },
    holder: async (id) => {
      if (this.holderFails !== null) throw new Failure(this.holderFails);
      return id === anna.id ? this.onFile : null;
    },
    judgeAgain: async (inspection, orderHash) => {
      this.judgedFor.push(orderHash);
      return this.judgeAgain(inspection);
    },
    newHolder: () => this.newHolder,
    mayGoOnAlone: () => this.alone,
    matchHolder: (_policy, holder) => [
      holder === null ? unsuccessful('holder.name', 'undetermined', 'holder.not-found') : successful('holder.name'),
    ],
    secondDocument: () => successful('document.second'),
    stationKind: () => this.stationKind,
    faceChecks: (face, portraitRead, film = null): readonly Check[] => [
      faceCheck(face, portraitRead),
      presentationAttackCheck(face, portraitRead, this.stationKind, film),
      ...injectionAttackCheck(face, portraitRead, this.stationKind, film),
    ],
    errandChecks: () => [],
    reasonsToGoOn: () => null,
    earlierCase: untold,
    reusableCase: () => null,
    policy: (id): Policy => ({
      id,
      version: 3,
      documents: null,
      dataGroups: [],
      evidenceMinutes: this.evidenceMinutes,
      holder: this.holderFrom,
      alone: [],
      rules: [],
      combinations: [],
      alternatives: [],
      ...silentTerms,
      order: this.carriesOrder,
      knownDocuments: this.knownDocuments,
      referralHours: this.referralHours,
    }),
    judge: () => ({
      verdict: this.verdict,
      reasons: this.verdict === 'accept' ? [] : this.reasons,
      decidedBy: null,
      passedOver: [],
      conditions: [],
    }),
    referrals: () => ({ waiting: this.waiting, damaged: this.damagedCases }),
    referralsWaiting: () => this.waiting.length + this.damagedCases.length,
    referral: (id) => {
      if (this.damagedCases.some((damaged) => damaged.id === id)) throw new Failure('referral.damaged', { id });
      return this.waiting.find((waiting) => waiting.id === id) ?? null;
    },
    documentToFile: ({ decision: { by, outcome } }) =>
      outcome === 'go-on' && by.operatorId === this.filesFor ? seenOfThem : null,
    keepRecord: async (facts, queue = {}) => {
      if (this.recordFailure !== null) throw new Failure(this.recordFailure);
      if (queue.put !== undefined) this.waiting.push(queue.put);
      this.waiting = this.waiting.filter(({ id }) => id !== queue.take);
      this.records.push(facts);
      return { id: facts.id, hash: 'ab'.repeat(32) };
    },
    records: async () => [],
    findRecords: async () => ({ records: [], next: null, behind: 0 }),
    recordFigures: async () => ({ tellers: [], unread: 0, whole: true }),
    record: async () => {
      throw new Failure('record.not-found');
    },
    refuseIfBusy: () => {
      if (this.held) throw new Failure('storage.busy');
    },
    extract: untold,
    log: () => {
      throw new Failure('log.missing');
    },
    checkRecords: async () => ({
      records: this.records.length,
      rested: 0,
      erased: 0,
      intact: true,
      broken: [],
      log: { origin: 'styrk.invalid/training/station-0', size: this.records.length, intact: true },
      backwards: [],
    }),
    close: async () => undefined,
  };

  /** What people were asked in the window outside the page, and what they do there; at first they leave it. */
  readonly confirmations: Confirmation[] = [];
  people: (confirmation: Confirmation) => unknown = (confirmation) => confirmation.cancel();
  /** What the desk is given beside the house. */
  readonly beside = {
    workshop: {
      update: (...around) => this.workshop.update(...around),
      importFiles: (...given) => this.workshop.importFiles(...given),
      takeBundle: (...given) => this.workshop.takeBundle(...given),
      signingOf: (...given) => this.workshop.signingOf(...given),
      endReading: () => this.workshop.endReading(),
    } satisfies TrustWorkshop,
    chooseFiles: async () => this.chosen,
    chooseNewFile: async () => this.chosenNew,
    showConfirmation: (confirmation: Confirmation) => {
      this.confirmations.push(confirmation);
      void this.people(confirmation);
    },
  };

  async #connect(reader: string): Promise<CardConnection> {
    const failure = this.connectFailure;
    this.onConnect();
    if (failure !== null) throw new Failure(failure);
    return {
      reader,
      atr: '3b80800101',
      limits: { extendedLength: true, maxCommand: 65_544, maxResponse: 65_538 },
      transmit: async () => new Uint8Array([0x90, 0x00]),
      close: async (how) => {
        this.closed.push(how ?? 'leave');
      },
    };
  }
}

/** Lets everything that is already decided happen. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await setImmediate();
}
