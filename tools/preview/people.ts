import type { Answer, DocumentView, FoundHolder, HolderView, RecordRow, SpecimenRow } from '../../preload/contract.ts';

/* People who do not exist; personal numbers of the tax agency's series for tests. */

export const asa: HolderView = {
  id: 'K-1002',
  personalNumber: '191212121212',
  givenNames: 'Åsa Maria',
  surname: 'Öberg Lindström',
  birthDate: '1912-12-12',
};

/** Somebody whose name is as long as a register may hold it, in letters from the right with signs of direction left open among them. */
export const longNamed: HolderView = {
  ...asa,
  id: 'K-1999',
  givenNames: `\u202e${'مريم'.repeat(20)}\u2067${'Ö'.repeat(80)}`,
  surname: `Längstanamnet${'abcdefghij'.repeat(18)}`,
};

export const asaPassport: DocumentView = {
  type: 'passport',
  code: 'P',
  issuer: 'SWE',
  number: 'XA0000017',
  expiry: '2030-01-31',
  holder: {
    surname: 'OEBERG LINDSTROEM',
    givenNames: 'AASA MARIA',
    personalNumber: '191212121212',
    birthDate: '1912-12-12',
    sex: 'F',
    nationality: 'SWE',
  },
};

export const found: readonly FoundHolder[] = [
  { holder: asa, matchedBy: 'personal-number' },
  {
    holder: { ...asa, id: 'K-1007', givenNames: 'Göran', surname: 'Öberg', personalNumber: '189001019802' },
    matchedBy: 'name',
  },
];

const lines = ['P<SWEOEBERG<LINDSTROEM<<AASA<MARIA<<<<<<<<<<', 'XA0000017<SWE1212129F3001316191212121212<<<4'];

export const specimenRows: readonly SpecimenRow[] = [
  { id: 'se-passport', title: 'Swedish passport', mrz: lines, can: '482913', holder: 'K-1002' },
  { id: 'forged-photo', title: 'Swedish passport, photo changed', mrz: lines, can: '482913', holder: 'K-1002' },
  { id: 'driving-licence', title: 'Driving licence', mrz: [], can: null, holder: null },
];

const row: RecordRow = {
  id: 'k7q2-9d4m-3x8p',
  number: 14,
  endedAt: '2026-11-23T09:12:44Z',
  training: true,
  purpose: 'renew-bankid',
  holderName: 'Åsa Maria Öberg Lindström',
  nameless: null,
  verdict: 'accept',
  outcome: 'go-on',
  decidedBy: 'TE',
  erasedOn: null,
};

const protectedName = { holderName: null, nameless: 'protected' } as const;
const noName = { holderName: null, nameless: 'nobody' } as const;
const notRead = { holderName: null, nameless: 'unreadable' } as const;

export const rows: readonly RecordRow[] = [
  row,
  {
    ...row,
    id: 'b',
    number: 13,
    verdict: 'reject',
    outcome: 'stop',
    purpose: 'large-transfer',
    holderName: 'Göran Öberg',
  },
  { ...row, ...protectedName, id: 'c', number: 12, verdict: 'refer', outcome: 'refer', purpose: 'new-customer' },
  { ...row, ...noName, id: 'd', number: 11, verdict: 'refer', outcome: 'abandoned', purpose: null },
  { ...row, ...notRead, id: 'e', number: 10, verdict: null, outcome: null, purpose: null, decidedBy: null },
  {
    ...row,
    ...notRead,
    id: 'f',
    number: 9,
    verdict: null,
    outcome: null,
    purpose: null,
    decidedBy: null,
    erasedOn: '2026-11-02',
  },
];

export const waiting: Answer<'referrals.list'>['rows'] = [
  {
    id: 'case-7',
    at: '2026-11-28T13:02:00Z',
    by: 'TF',
    purpose: 'renew-bankid',
    holderName: 'Åsa Maria Öberg Lindström',
    nameless: null,
    verdict: 'refer',
    reasons: ['holder.name-near'],
    reason: 'Namnet har bytt stavning',
    own: false,
    until: '2026-11-29T13:02:00Z',
    past: false,
    from: null,
    travels: true,
  },
  {
    id: 'case-8',
    at: '2026-11-28T13:20:00Z',
    by: 'TE',
    purpose: 'large-transfer',
    holderName: 'Göran Nilsson',
    nameless: null,
    verdict: 'refer',
    reasons: ['document.expired'],
    reason: null,
    own: true,
    until: '2026-11-28T13:33:00Z',
    past: true,
    from: 'station-0123456789abcdef',
    travels: false,
  },
];

export const broken: Answer<'records.check'> = {
  records: 14,
  rested: 0,
  erased: 1,
  intact: false,
  broken: [{ id: 'e', number: 10, code: 'record.seal-broken' }],
  brokenCount: 1,
  log: { size: 14, intact: true },
  backwards: 1,
  actsWhole: false,
};

export const unchanged: Answer<'records.check'> = {
  ...broken,
  ...{ intact: true, broken: [], brokenCount: 0, backwards: 0, actsWhole: true },
};
