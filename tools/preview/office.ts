import type { ConfirmView } from '../../preload/confirm-contract.ts';
import type { Answer, OperatorRow, ReceiptView, RetentionView } from '../../preload/contract.ts';

/* The office's scenes: people who work there, and what is confirmed outside the page. */

const person = {
  competentUntil: '2027-06-30',
  lapsed: false,
  locked: false,
  addedAt: '2026-03-02T08:00:00Z',
  removed: false,
} as const satisfies Partial<OperatorRow>;

export const operators: Answer<'operators.list'> = {
  state: 'present',
  operators: [
    { ...person, sign: 'AD', name: 'Ada Dahl', role: 'administrator' },
    { ...person, sign: 'AE', name: 'Alexandra Emanuelsson Wallin-Bergström', role: 'administrator' },
    { ...person, sign: 'SU', name: 'Sune Udd', role: 'supervisor' },
    { ...person, sign: 'TE', name: 'Tova Ek', role: 'teller' },
    { ...person, sign: 'TF', name: 'Tore Falk', role: 'teller', competentUntil: '2026-10-31', lapsed: true },
    { ...person, sign: 'TG', name: 'Tyra Gran', role: 'teller', locked: true },
    { ...person, sign: 'AU', name: 'Aukusti Ulander', role: 'auditor', competentUntil: null, removed: true },
  ],
  namedAnew: [{ at: '2026-11-02T14:12:00Z', names: ['Ada Dahl', 'Sune Udd'] }],
};

const asked = {
  language: 'sv',
  what: 'Ångra den senaste ändringen av listorna',
  why: 'Allt blir som det var före ändringen; det den förde med sig gäller inte längre. Uppdateringar tar inte samma filer igen.',
  rows: [
    { label: 'Importerad (UTC)', value: '2026-11-20 09:12' },
    { label: 'Undertecknad av', value: 'C=DE, O=bund, OU=bsi, CN=Master List Signer 17' },
    { label: 'Certifikat', value: '+12 −3' },
  ],
  persons: 2,
  signed: [],
  secretFor: null,
} as const satisfies Partial<ConfirmView>;

export const confirmSignIn: ConfirmView = { ...asked, step: 'sign-in', signed: [{ sign: 'AD', name: 'Ada Dahl' }] };
export const confirmNames: ConfirmView = { ...asked, step: 'names', persons: 0 };
export const confirmYes: ConfirmView = { ...asked, step: 'yes', persons: 0 };
export const confirmSecret: ConfirmView = {
  ...asked,
  what: 'Lägga till någon som loggar in här',
  why: 'De loggar in med en hemlighet som de väljer här och får göra det som rollen säger.',
  rows: [
    { label: 'Signatur', value: 'TH' },
    { label: 'Namn', value: 'Tilda Hav' },
    { label: 'Roll', value: 'Kassör' },
  ],
  step: 'secret',
  secretFor: 'TH',
};

/** A short answer as it is read from a screen: so long, and of such letters. */
export const told: NonNullable<Answer<'case.lastAnswer'>> = {
  bank: 'Exempelbanken, företag och lantbruk',
  way: 'qr',
  short: `styrk1.${'eyJhbGciOiJFZERTQSJ9'.repeat(22)}.${'Zm9vYmFy'.repeat(10)}`,
};

export const figures: Answer<'records.figures'> = {
  tellers: [
    {
      ...{ sign: 'TE', cases: 412, goOn: 371, referred: 24, stopped: 11, abandoned: 6 },
      ...{ ofColleagues: 9, otherwise: 2 },
    },
    {
      ...{ sign: 'TF', cases: 188, goOn: 120, referred: 60, stopped: 3, abandoned: 5 },
      ...{ ofColleagues: 0, otherwise: 21 },
    },
    {
      ...{ sign: 'SU', cases: 41, goOn: 36, referred: 0, stopped: 5, abandoned: 0 },
      ...{ ofColleagues: 38, otherwise: 0 },
    },
  ],
  unread: 3,
  whole: true,
};

export const retention: RetentionView = {
  today: '2026-11-29',
  due: { numbers: '3-7,12,88-91', count: 10 },
  next: '2027-02-14',
  holds: [
    {
      hold: 12,
      until: '2029-06-30',
      ...{ numbers: '17', count: 1 },
      authority: 'Finanspolisen, ärende 12-345',
      reason: 'Pågående utredning, begäran den 12 oktober 2026',
    },
    {
      hold: 14,
      until: '2028-01-31',
      ...{ numbers: '204-209,311', count: 7 },
      authority: 'Stockholms tingsrätt, mål T 4821-26',
      reason: 'Tvist om en överföring',
    },
  ],
  erased: 212,
  erasures: [
    {
      ...{ on: '2026-11-02', keep: 'reference', years: 5, event: 'relationship-ended', eventOn: '2021-10-31' },
      ...{ numbers: '1-2', count: 2 },
    },
    {
      ...{ on: '2026-10-01', keep: 'none', years: 1, event: null, eventOn: null },
      ...{ numbers: '9', count: 1 },
    },
  ],
};

export const noRetention: RetentionView = {
  ...retention,
  due: { numbers: '', count: 0 },
  next: null,
  holds: [],
  erased: 0,
  erasures: [],
};

export const logLines: Answer<'app.log'> = [
  {
    at: '2026-11-29T06:12:44Z',
    event: 'call-failed',
    fields: '{"method":"case.setAccessKey","code":"mrz.check-digit"}',
  },
  { at: '2026-11-29T06:10:02Z', event: 'permission-denied', fields: '{"permission":"geolocation"}' },
  { at: '2026-11-29T06:00:00Z', event: 'started', fields: '{}' },
];

const hashLine = `${'9f2c4e1ab07d53886c1f0e7a5b9d2c34e8f61a0b'}=`;
export const receipt: ReceiptView = {
  recordId: 'k7q2-9d4m-3x8p',
  number: 14,
  hash: '9f2c4e1ab07d53886c1f0e7a5b9d2c34e8f61a0b7c5d4e3f2a1b0c9d8e7f6a5b',
  endedAt: '2026-11-23T09:12:44Z',
  purpose: 'renew-bankid',
  outcome: 'go-on',
  training: true,
  proof: `c2sp.org/tlog-proof@v1\nindex 13\n${`${hashLine}\n`.repeat(12)}\nstyrk.invalid/training/station-0f\n14\n${hashLine}\n`,
};
