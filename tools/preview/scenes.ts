import type { FailureCode } from '../../main/result/failure-codes.ts';
import { inspectionSteps } from '../../main/result/inspection-steps.ts';
import type { ConfirmView } from '../../preload/confirm-contract.ts';
import type {
  Answer,
  AppInfo,
  CaseView,
  CheckView,
  DeskState,
  HeadquartersView,
  MethodName,
  ReadingView,
  RetentionView,
  SetUpStep,
  SetUpView,
  StationsView,
  VerdictView,
} from '../../preload/contract.ts';
import type { KioskState } from '../../preload/kiosk-contract.ts';
import { headquartersFailing, noHeadquarters } from './headquarters.ts';
import { kioskStates } from './kiosk.ts';
import { confirmNames, confirmSecret, confirmSignIn, confirmYes, noRetention, operators, told } from './office.ts';
import { asa, asaPassport, longNamed } from './people.ts';
import { setUpAt } from './set-up.ts';
import { stations, stationsApart, stationsLooked } from './stations.ts';
import {
  certificateLooked,
  empty,
  fails,
  fewCountries,
  late,
  looked,
  refused,
  soon,
  type TrustScene,
} from './trust.ts';

export interface FakeFailure {
  readonly code: FailureCode;
  readonly fields?: Readonly<Record<string, string | number>>;
}

export interface Scene {
  readonly state: DeskState;
  readonly locked?: boolean;
  /** An ordinary folder instead of a training one, and what keeps its key. */
  readonly ordinary?: boolean;
  readonly key?: AppInfo['key'];
  /** Nothing locks the folder yet. */
  readonly keyless?: boolean;
  readonly setUp?: SetUpView;
  readonly standIn?: boolean;
  readonly jpeg2000?: boolean;
  readonly failures?: { readonly [M in MethodName]?: FakeFailure };
  /** Left out, a whole and fresh store. */
  readonly trust?: TrustScene;
  readonly record?: Readonly<Record<string, unknown>>;
  /** What the bank is told of the case that ended last. */
  readonly told?: Answer<'case.lastAnswer'>;
  /** The camera that is set for what is filmed; left out, none is. */
  readonly camera?: string;
  /** Cases in the queue that do not open any more. */
  readonly damagedCases?: Answer<'referrals.list'>['damaged'];
  readonly operators?: Answer<'operators.list'>;
  readonly retention?: RetentionView;
  /** Left out, one that is set and goes well. */
  readonly headquarters?: HeadquartersView;
  /** Left out, none is trusted. */
  readonly stations?: StationsView;
  /** The check of the records finds nothing. */
  readonly whole?: boolean;
  /** The scene is one of the confirmation window. */
  readonly confirm?: ConfirmView;
  /** The scene is one of the kiosk. */
  readonly kiosk?: KioskState;
}

function reading(state: ReadingView['state'], changes: Partial<ReadingView> = {}): ReadingView {
  const at = state === 'reading' || state === 'interrupted' ? 6 : state === 'done' ? inspectionSteps.length : 0;
  return {
    state,
    code: null,
    steps: inspectionSteps.map((step, index) => ({
      step,
      state: index < at ? 'ended' : index === at && at > 0 ? 'under-way' : 'waiting',
    })),
    file: at === 6 ? 'EF.DG2' : null,
    bytesRead: at === 6 ? 11_264 : 0,
    bytesTotal: at === 6 ? 18_432 : 0,
    seconds: at === 6 ? 2.7 : 0,
    taps: at > 0 ? 1 : 0,
    laidBack: null,
    delay: null,
    ...changes,
  };
}

const well = (id: CheckView['id'], detail: CheckView['detail'] = {}): CheckView => ({
  id,
  result: 'successful',
  code: null,
  detail,
});

const missing = (id: CheckView['id']): CheckView => ({
  id,
  result: 'undetermined',
  code: 'check.not-made',
  detail: {},
});

const hashes = { dataGroups: { DG1: 'identical', DG2: 'identical', DG11: 'identical', DG14: 'identical' } };

const faceOpen: CheckView = { id: 'face.comparison', result: 'undetermined', code: 'face.not-compared', detail: {} };

const checks: readonly CheckView[] = [
  well('access.pace', { protocol: 'PACE', mapping: 'GM', parameters: 'brainpoolP256r1' }),
  { id: 'access.bac', result: 'not supported', code: 'access.not-needed', detail: {} },
  well('access.downgrade'),
  well('secure-messaging'),
  well('passive-authentication.hashes', hashes),
  well('passive-authentication.signature', {
    securityObject: 'b1946ac92492d2347c6235b4d2611184fb0e6f6a4d3c8c7b2f5d1a09e7c46835',
    algorithm: 'ECDSA SHA-256',
    signedAttributes: true,
  }),
  well('passive-authentication.path', {
    path: [
      { subject: 'CN=Document Signer 7,O=Specimen,C=SE', country: 'SE', notBefore: '2025-09-19' },
      { subject: 'CN=Country Signer,O=Specimen,C=SE', country: 'SE', sources: [{ kind: 'master-list', ageDays: 12 }] },
    ],
    names: 'same',
  }),
  missing('passive-authentication.revocation'),
  well('passive-authentication.validity'),
  well('passive-authentication.country'),
  well('card-access.consistency'),
  missing('chip-authentication'),
  missing('active-authentication'),
  missing('pace-cam'),
  well('document.mrz'),
  well('document.expiry'),
  well('document.type'),
  missing('document.defects'),
  well('holder.personal-number'),
  well('holder.name'),
  well('holder.birth-date'),
  well('holder.status'),
];

const notMade = checks.filter(({ code }) => code === 'check.not-made').map(({ id }) => id);
const accept: VerdictView = { verdict: 'accept', reasons: [], decidedBy: null, passedOver: notMade, conditions: [] };

const begun: CaseView = {
  id: 'case-1',
  step: 'holder',
  purpose: 'renew-bankid',
  holder: null,
  holderNotOnFile: false,
  holderFromDocument: false,
  holderAsked: true,
  asks: { paper: null, age: null, whyNotEid: null, reasons: null },
  referral: null,
  newPerson: null,
  order: null,
  carriesOrder: 'none',
  goOnHindrance: null,
  register: null,
  second: null,
  reuse: null,
  keyKind: null,
  printed: null,
  before: [],
  reading: reading('idle'),
  document: null,
  access: null,
  checks: [faceOpen],
  specimen: false,
  portrait: 'none',
  face: null,
  verdict: { verdict: 'refer', reasons: ['document.not-read'], decidedBy: null, passedOver: [], conditions: [] },
};

const keyed: CaseView = { ...begun, step: 'chip', holder: asa, keyKind: 'mrz', reading: reading('waiting') };

const access: CaseView['access'] = {
  protocol: 'PACE',
  mapping: 'GM',
  agreement: 'ECDH',
  parameters: 'brainpoolP256r1',
  cipher: 'AES-128',
};

const read: CaseView = {
  ...keyed,
  reading: reading('done'),
  document: asaPassport,
  access,
  checks: [...checks, faceOpen, missing('face.presentation-attack')],
  specimen: true,
  portrait: 'verified',
};

const oksana = {
  surname: 'MELNYCHENKO',
  givenNames: 'OKSANA',
  personalNumber: null,
  birthDate: '1994-06-21',
  sex: 'F',
  nationality: 'UKR',
} as const;
const passportRead: CaseView = {
  ...read,
  purpose: 'new-customer',
  holder: null,
  holderAsked: false,
  holderFromDocument: true,
  document: { type: 'passport', code: 'P', issuer: 'UKR', number: 'FB123457', expiry: '2035-02-02', holder: oksana },
  checks: checks.filter(({ id }) => !id.startsWith('holder.')),
  second: {
    open: true,
    laid: false,
    keyKind: null,
    reading: reading('idle'),
    document: null,
    access: null,
    checks: [],
    specimen: false,
  },
};
const permitLaid: NonNullable<CaseView['second']> = {
  open: true,
  laid: true,
  keyKind: 'mrz',
  reading: reading('done'),
  document: {
    type: 'residence-permit',
    code: 'IR',
    issuer: 'SWE',
    number: 'ZU0000119',
    expiry: '2028-02-02',
    holder: oksana,
  },
  access,
  checks: checks.filter(({ id }) => !id.startsWith('holder.')),
  specimen: true,
};
const permitRead: CaseView = {
  ...passportRead,
  step: 'second',
  second: permitLaid,
  checks: [...passportRead.checks, well('document.second')],
};
const permitOfAnother: CaseView = {
  ...permitRead,
  second: {
    ...permitLaid,
    document: permitLaid.document && {
      ...permitLaid.document,
      holder: { ...oksana, surname: 'SOKOLOVSKA', givenNames: 'DARIA', birthDate: '1996-12-05' },
    },
  },
  checks: [
    ...passportRead.checks,
    { id: 'document.second', result: 'failed', code: 'document.second-other-person', detail: {} },
  ],
};

const decided: CaseView = {
  ...read,
  step: 'decide',
  checks: [...checks, well('face.comparison'), missing('face.presentation-attack')],
  face: { answer: 'same', reason: null },
  verdict: accept,
};

const order: NonNullable<CaseView['order']> = {
  hash: '5b1f'.repeat(16),
  source: 'signed',
  issuer: 'Exempelbanken, företag och lantbruk',
  text: 'Överföring till Göran Öberg\nKonto 9999-12 345 67, dödsboet efter Anna Öberg',
  amount: { value: '1250000.00', currency: 'SEK' },
  reference: 'OCR 1234567897',
  expiresAt: '2026-11-23T15:30:00Z',
  codes: [],
  record: null,
  boundBy: null,
};
const offered = [
  order,
  { ...order, hash: 'a0'.repeat(32), text: 'Nytt BankID', amount: null, reference: null },
  { ...order, hash: 'a1'.repeat(32), text: 'x'.repeat(120) },
].map(({ codes: _, record: __, boundBy: ___, ...rest }) => rest);
const transfer = { purpose: 'large-transfer', carriesOrder: 'optional' } as const;
const signed = { ...order, boundBy: 'active-authentication' } as const;

function replaced(all: readonly CheckView[], check: CheckView): CheckView[] {
  return all.map((known) => (known.id === check.id ? check : known));
}

const noNumber: CheckView = {
  id: 'holder.personal-number',
  result: 'undetermined',
  code: 'holder.no-personal-number',
  detail: { issuer: 'SWE', onFile: true, inDocument: false },
};
const nearName: CheckView = {
  id: 'holder.name',
  result: 'undetermined',
  code: 'holder.name-near',
  detail: { level: 'near', onFile: 'ÅSA MARIA ÖBERG LINDSTRÖM', inDocument: 'AASA OEBERG' },
};

const screenFilmed: CheckView = {
  id: 'face.presentation-attack',
  result: 'undetermined',
  code: 'film.pattern',
  detail: {
    station: 'attended',
    film: {
      pictures: 112,
      measured: ['pattern', 'bands', 'flat', 'edges', 'glare'],
      signs: [
        { sign: 'pattern', score: 1000 },
        { sign: 'edges', score: 720 },
      ],
    },
    remarks: ['film.pattern', 'film.edges'],
  },
};

const paperOpen: CheckView = {
  id: 'document.paper',
  result: 'aborted',
  code: 'paper.unfinished',
  detail: { feel: 'right' },
};

const changedPhoto: CheckView = {
  id: 'passive-authentication.hashes',
  result: 'failed',
  code: 'data-group.hash-differs',
  detail: { dataGroups: { ...hashes.dataGroups, DG2: 'not identical' } },
};

function desk(view: CaseView | null, changes: Partial<DeskState> = {}): DeskState {
  return {
    revision: 1,
    station: 'attended',
    stationName: 'Uppsala, kassa 2',
    setUp: null,
    referrals: null,
    delivery: null,
    session: { needed: false, operator: null, waiting: null },
    service: { available: true, code: null },
    readers: [
      { name: 'Training reader', kind: 'training', state: view?.reading.state === 'reading' ? 'card' : 'empty' },
    ],
    reader: 'Training reader',
    readerSet: null,
    case: view,
    specimen: 'se-passport',
    offered: [],
    offeredMore: 0,
    refusedLink: null,
    trustWork: null,
    rosterWork: null,
    headquartersWork: null,
    recordsCheck: null,
    ...changes,
  };
}

/** The first set-up, where it stands at one step. */
function settingUp(step: SetUpStep, changes: Partial<DeskState> = {}, view: Partial<SetUpView> = {}) {
  const done = view.reader !== undefined || view.administrators === 1 ? [step] : [];
  return {
    state: desk(null, { specimen: null, station: null, stationName: null, setUp: step, ...changes }),
    setUp: { ...setUpAt(step, done), ...view },
    trust: empty,
  };
}

const teller = { sign: 'TE', name: 'Tova Ek', role: 'teller', takesCases: true, lapsed: false } as const;
const administrator = {
  sign: 'AD',
  name: 'Ada Dahl',
  role: 'administrator',
  takesCases: false,
  lapsed: false,
} as const;

const sealedRecord = {
  order: { order, source: 'signed', boundBy: 'active-authentication' },
  document: asaPassport,
  checks: decided.checks,
  face: { answer: 'same', reason: null },
  verdict: accept,
  decision: { outcome: 'go-on', reason: null, by: { sign: 'kassa01', source: 'operating-system' } },
  begunAt: '2026-11-23T09:09:02Z',
  endedAt: '2026-11-23T09:12:44Z',
  taps: 1,
};

const kioskScenes = Object.fromEntries(
  Object.entries(kioskStates).map(([name, kiosk]) => [name, { state: desk(null), kiosk }]),
) as { readonly [Name in keyof typeof kioskStates]: Scene };

export const scenes = {
  unlock: { state: desk(null), locked: true, failures: { 'app.unlock': { code: 'storage.wrong-key' } } },
  purpose: { state: desk(null, { specimen: null }), standIn: true },
  'no-reader': { state: desk(null, { readers: [], reader: null, specimen: null }) },
  holder: { state: desk(begun) },
  'long-name': { state: desk({ ...begun, holder: longNamed }) },
  'long-name-decide': {
    state: desk({
      ...decided,
      holder: longNamed,
      document: { ...asaPassport, holder: { ...asaPassport.holder, ...longNamed, sex: 'F', nationality: 'SWE' } },
    }),
  },
  key: {
    state: desk({ ...keyed, keyKind: null, reading: reading('idle') }),
    failures: { 'case.setAccessKey': { code: 'mrz.check-digit', fields: { field: 'birthDate' } } },
  },
  waiting: { state: desk(keyed, { specimen: null }) },
  reading: {
    state: desk({
      ...keyed,
      reading: reading('reading'),
      access,
      document: asaPassport,
      checks: [...checks.slice(0, 4), faceOpen],
    }),
  },
  interrupted: { state: desk({ ...keyed, reading: reading('interrupted', { code: 'card.removed' }), access }) },
  'no-chip': { state: desk({ ...keyed, reading: reading('no-chip', { code: 'card.absent' }) }) },
  'wrong-key': { state: desk({ ...keyed, reading: reading('failed', { code: 'access.wrong-key', taps: 1 }) }) },
  'other-chip': { state: desk({ ...keyed, reading: reading('reading', { laidBack: 'other-chip', taps: 2 }), access }) },
  delayed: {
    state: desk({
      ...keyed,
      reading: reading('failed', { code: 'access.wrong-key', taps: 1, delay: { total: 8, left: 6 } }),
    }),
  },
  'order-none': { state: desk({ ...keyed, ...transfer }, { offered }) },
  'order-many': { state: desk({ ...keyed, ...transfer }, { offered, offeredMore: 57 }) },
  'link-refused': {
    state: desk({ ...keyed, ...transfer }, { refusedLink: { code: 'order.expired', at: '2026-11-23T09:05:00Z' } }),
  },
  order: { state: desk({ ...keyed, ...transfer, order }) },
  'order-read': { state: desk({ ...read, ...transfer, order: { ...order, boundBy: 'station' } }) },
  'order-decide': { state: desk({ ...decided, ...transfer, order: signed }) },
  'order-against': {
    state: desk({
      ...decided,
      ...transfer,
      order: { ...signed, codes: ['order.already-confirmed'], record: 'k7q2-9d4m-3x8p' },
      goOnHindrance: 'order.already-confirmed',
    }),
  },
  read: { state: desk(read) },
  'read-forged': {
    state: desk({
      ...read,
      portrait: 'altered',
      checks: replaced(read.checks, changedPhoto),
      verdict: {
        ...accept,
        verdict: 'reject',
        reasons: ['data-group.hash-differs', 'holder.name-near'],
        decidedBy: 'passive-authentication.hashes',
      },
    }),
  },
  'reuse-offered': {
    state: desk(
      {
        ...keyed,
        purpose: 'step-up',
        keyKind: null,
        reading: reading('idle'),
        reuse: { offered: '2026-11-23T09:02:00Z', used: null },
      },
      { specimen: null },
    ),
  },
  'reuse-face': {
    state: desk({
      ...read,
      purpose: 'step-up',
      step: 'face',
      portrait: 'none',
      reuse: { offered: '2026-11-23T09:02:00Z', used: '2026-11-23T09:02:00Z' },
    }),
  },
  'second-offered': { state: desk(passportRead, { specimen: 'ua-passport' }) },
  'second-key': {
    state: desk({ ...passportRead, step: 'second' }, { specimen: 'residence-permit' }),
  },
  'second-waiting': {
    state: desk({
      ...passportRead,
      step: 'second',
      second: { ...permitLaid, document: null, checks: [], reading: reading('waiting') },
    }),
  },
  'second-read': { state: desk(permitRead) },
  'second-other': { state: desk(permitOfAnother) },
  'second-decide': {
    state: desk({
      ...permitOfAnother,
      step: 'decide',
      face: { answer: 'same', reason: null },
      verdict: {
        ...accept,
        verdict: 'refer',
        reasons: ['document.second-other-person'],
        decidedBy: 'document.second',
      },
      goOnHindrance: 'decision.needs-second',
    }),
  },
  face: { state: desk({ ...read, step: 'face' }) },
  'face-camera-not-there': {
    state: desk({ ...read, step: 'face' }),
    camera: 'Integrated Camera of the monitor: HD Webcam C270 (046d:082d)',
  },
  'face-signs': { state: desk({ ...read, step: 'face', checks: replaced(read.checks, screenFilmed) }) },
  'face-jpeg2000': { state: desk({ ...read, step: 'face' }), jpeg2000: true },
  accept: { state: desk(decided) },
  refer: {
    state: desk({
      ...decided,
      checks: replaced(decided.checks, nearName),
      verdict: { ...accept, verdict: 'refer', reasons: ['holder.name-near'], decidedBy: 'holder.name' },
    }),
  },
  reject: {
    state: desk({
      ...decided,
      checks: replaced(decided.checks, changedPhoto),
      verdict: {
        ...accept,
        verdict: 'reject',
        reasons: ['data-group.hash-differs', 'holder.name-near'],
        decidedBy: 'passive-authentication.hashes',
      },
    }),
  },
  errand: {
    state: desk({
      ...decided,
      purpose: 'new-customer',
      asks: {
        paper: { required: true, found: { feel: 'right' } },
        age: null,
        whyNotEid: { required: true, said: null },
        reasons: null,
      },
      checks: [...decided.checks, paperOpen],
      verdict: { ...accept, verdict: 'refer', reasons: ['paper.unfinished'], decidedBy: 'document.paper' },
      goOnHindrance: 'case.eid-reason-missing',
    }),
  },
  'errand-age': {
    state: desk({
      ...decided,
      purpose: 'age',
      holder: null,
      holderAsked: false,
      asks: { paper: null, age: { limits: [18, 13, 15, 16, 20, 25], limit: 18 }, whyNotEid: null, reasons: null },
      checks: [...decided.checks.filter(({ id }) => !id.startsWith('holder.')), well('holder.age', { limit: 18 })],
    }),
  },
  'errand-reasons': {
    state: desk({
      ...decided,
      asks: { paper: null, age: null, whyNotEid: null, reasons: ['Vigselbevis visat', 'Registret rättas i dag'] },
      checks: replaced(decided.checks, nearName),
      verdict: { ...accept, verdict: 'refer', reasons: ['holder.name-near'], decidedBy: 'holder.name' },
    }),
  },
  register: {
    state: desk({
      ...decided,
      purpose: 'new-customer',
      register: {
        asked: 'required',
        question: { documentNumber: 'XA0000017', personalNumber: '191212121212', expiry: '2030-01-31' },
        service: true,
        answer: { word: 'no-result', code: null, by: 'staff', person: 'TE', at: '2026-11-23T09:10:00Z' },
      },
    }),
  },
  'answer-code': { state: desk(decided), told },
  'left-behind': {
    state: desk(decided, { readers: [{ name: 'Training reader', kind: 'training', state: 'card' }] }),
  },
  operators: { state: desk(null, { session: { needed: true, operator: administrator, waiting: null } }), operators },
  'operators-none': {
    state: desk(null, { specimen: null }),
    operators: { state: 'none', operators: [], namedAnew: [] },
  },
  'confirm-sign-in': { state: desk(null), confirm: confirmSignIn },
  'confirm-names': { state: desk(null), confirm: confirmNames },
  'confirm-secret': { state: desk(null), confirm: confirmSecret },
  'confirm-yes': { state: desk(null), confirm: confirmYes },
  'sign-in': { state: desk(null, { session: { needed: true, operator: null, waiting: null } }) },
  'sign-in-waiting': {
    state: desk(null, { session: { needed: true, operator: null, waiting: 'TE' } }),
    failures: { 'session.signIn': { code: 'operator.refused' } },
  },
  'signed-in': { state: desk(decided, { session: { needed: true, operator: teller, waiting: null } }) },
  'signed-in-lapsed': {
    state: desk(
      { ...decided, goOnHindrance: 'operator.lapsed' },
      { session: { needed: true, operator: { ...teller, lapsed: true }, waiting: null } },
    ),
  },
  'signed-in-auditor': {
    state: desk(null, {
      session: { needed: true, operator: { ...teller, sign: 'AU', role: 'auditor', takesCases: false }, waiting: 'TE' },
    }),
  },
  queue: { state: desk(null, { referrals: 2, session: { needed: true, operator: teller, waiting: null } }) },
  'queue-damaged': {
    state: desk(null, { referrals: 3, session: { needed: true, operator: teller, waiting: null } }),
    damagedCases: [{ id: 'case-5', at: '2026-11-27T09:41:00Z' }],
  },
  'queue-approve': {
    state: desk(
      {
        ...decided,
        referral: { by: 'TF', at: '2026-11-28T13:02:00Z', reason: null, putsOnFile: true },
        checks: replaced(decided.checks, noNumber),
        verdict: {
          ...accept,
          verdict: 'refer',
          reasons: ['holder.no-personal-number'],
          decidedBy: 'holder.personal-number',
        },
      },
      { referrals: 1, session: { needed: true, operator: { ...teller, role: 'supervisor' }, waiting: null } },
    ),
  },
  'queue-decide': {
    state: desk(
      {
        ...decided,
        referral: { by: 'TF', at: '2026-11-28T13:02:00Z', reason: 'Namnet har bytt stavning', putsOnFile: false },
        checks: replaced(decided.checks, nearName),
        verdict: { ...accept, verdict: 'refer', reasons: ['holder.name-near'], decidedBy: 'holder.name' },
      },
      { referrals: 1, session: { needed: true, operator: teller, waiting: null } },
    ),
  },
  records: { state: desk(null, { specimen: null }), record: sealedRecord },
  'records-whole': { state: desk(null, { specimen: null }), whole: true },
  receipt: { state: desk(decided) },
  figures: { state: desk(null, { specimen: null }) },
  retention: { state: desk(null, { specimen: null }) },
  headquarters: { state: desk(null, { specimen: null }) },
  'headquarters-none': { state: desk(null, { specimen: null }), headquarters: noHeadquarters },
  'headquarters-failing': {
    state: desk(null, { specimen: null, headquartersWork: { kind: 'deliver', done: 112, all: 309 } }),
    headquarters: headquartersFailing,
  },
  'stations-none': { state: desk(null, { specimen: null }) },
  stations: { state: desk(null, { specimen: null, referrals: 5 }), stations },
  'stations-apart': { state: desk(null, { specimen: null, referrals: 5 }), stations: stationsApart },
  'stations-card': { state: desk(null, { specimen: null }), stations: stationsLooked },
  'stations-taken': { state: desk(null, { specimen: null, referrals: 5 }), stations },
  'stations-refused': {
    state: desk(null, { specimen: null, referrals: 5 }),
    stations,
    failures: {
      'stations.takeFile': { code: 'referral.station-unknown', fields: { file: 'to-station-fedcba98.referrals' } },
    },
  },
  'queue-stations': {
    state: desk(null, {
      referrals: 2,
      session: { needed: true, operator: { ...teller, role: 'supervisor' }, waiting: null },
    }),
    stations,
  },
  'retention-none': {
    state: desk(null, {
      session: { needed: true, operator: { ...teller, role: 'auditor', takesCases: false }, waiting: null },
    }),
    retention: noRetention,
  },
  condition: {
    state: desk(null, {
      specimen: null,
      delivery: {
        waiting: 3,
        since: '2026-11-29T05:10:00Z',
        code: 'service.unreachable',
        pull: { code: null, newest: '2026-11-28T22:00:00Z', refused: [] },
        parcels: { code: null },
      },
    }),
  },
  'condition-bad': {
    state: desk(null, {
      specimen: null,
      station: null,
      readers: [],
      reader: null,
      service: { available: false, code: 'reader.service-stopped' },
      session: { needed: true, operator: teller, waiting: null },
    }),
    trust: late,
  },
  help: { state: desk(null, { specimen: null }) },
  'set-up-station': { ...settingUp('station'), ordinary: true, key: 'safe-storage' },
  'set-up-key': { ...settingUp('key'), ordinary: true, key: 'safe-storage' },
  'set-up-lists': { ...settingUp('lists'), ordinary: true, key: 'safe-storage' },
  'set-up-administrator': { ...settingUp('administrator'), ordinary: true, key: 'safe-storage' },
  'set-up-second': {
    ...settingUp(
      'administrator',
      { session: { needed: true, operator: administrator, waiting: null } },
      { administrators: 1 },
    ),
    ordinary: true,
    key: 'safe-storage',
  },
  'set-up-reader': {
    ...settingUp(
      'reader',
      {
        reader: 'ACS ACR1252 Dual Reader PICC 0',
        readers: [{ name: 'ACS ACR1252 Dual Reader PICC 0', kind: 'pcsc', state: 'card' }],
      },
      { reader: { reader: 'ACS ACR1252 Dual Reader PICC 0', at: '2026-11-29T08:12:00Z', found: 'document' } },
    ),
    ordinary: true,
    key: 'safe-storage',
  },
  'set-up-reader-none': {
    ...settingUp('reader', {
      readers: [],
      reader: null,
      service: { available: false, code: 'reader.service-stopped' },
    }),
    ordinary: true,
    key: 'safe-storage',
    failures: { 'setUp.testReader': { code: 'reader.service-stopped' } },
  },
  'set-up-case': { ...settingUp('case'), ordinary: true, key: 'safe-storage' },
  'set-up-training': settingUp('case'),
  'set-up-overview': { ...settingUp('overview'), ordinary: true, key: 'safe-storage' },
  'set-up-waits': settingUp('lists'),
  'unlock-new': { state: desk(null), locked: true, keyless: true, ordinary: true },
  trust: { state: desk(null, { specimen: null }) },
  'trust-empty': { state: desk(null, { specimen: null }), trust: empty },
  'trust-signer-refused': { state: desk(null, { specimen: null }), trust: refused, ordinary: true },
  'trust-signer': { state: desk(null, { specimen: null }), trust: looked, ordinary: true },
  'trust-basis': { state: desk(null, { specimen: null }), trust: fewCountries },
  'trust-certificate': { state: desk(null, { specimen: null }), trust: certificateLooked, ordinary: true },
  'trust-soon': { state: desk(keyed, { specimen: null }), trust: soon },
  'trust-failing': {
    state: desk(null, { specimen: null }),
    trust: fails,
    failures: { 'trust.import': { code: 'trust.signature-wrong', fields: { file: 'DE_ML_2026-11-20.ml' } } },
  },
  'trust-import': {
    state: desk(null, {
      specimen: null,
      trustWork: { kind: 'import', background: false, part: 0.62, file: 'DE_ML_2026-05-28.ml' },
    }),
  },
  roster: { state: desk(null, { specimen: null }) },
  'roster-refused': {
    state: desk(null, { specimen: null }),
    failures: { 'roster.import': { code: 'holder.import-malformed', fields: { line: 204, reason: 'birth-date' } } },
  },
  'roster-import': {
    state: desk(null, {
      specimen: null,
      rosterWork: { stage: 'taking', trial: false, part: 0.41, people: 493_000, perSecond: 11_400, secondsLeft: 62 },
    }),
  },
  policies: { state: desk(null, { specimen: null }) },
  'trust-late': { state: desk(null, { specimen: null }), trust: late },
  ...kioskScenes,
} as const satisfies Readonly<Record<string, Scene>>;

export type SceneName = keyof typeof scenes;
