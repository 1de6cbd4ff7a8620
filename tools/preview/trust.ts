import { allCountries, countryOf, namesOfCountry } from '../../main/trust/country-codes.ts';
import type {
  Answer,
  SignerCertificateView,
  SignersView,
  TrustBasisView,
  TrustCertificateView,
  TrustCountryRow,
  TrustLastUpdateView,
  TrustListView,
  TrustRemarkView,
  TrustStateView,
  TrustUpdateView,
} from '../../preload/contract.ts';

/* A trust store of the size of a real one; counts and names are made up. */

const today = '2026-11-23';

const certificate = (
  number: number,
  key: string,
  verifiedBy: number | null,
  changes: Partial<TrustCertificateView> = {},
): TrustCertificateView => ({
  fingerprint: `fingerprint-${number}`,
  publicKeyFingerprint: key,
  subject: 'CN=Swedish Country Signing CA,OU=CSCA,O=Polismyndigheten,C=SE',
  issuer: 'CN=Swedish Country Signing CA,OU=CSCA,O=Polismyndigheten,C=SE',
  serialNumber: `0${number}a4f3`,
  keyKind: 'RSA 4096',
  signatureAlgorithm: 'RSASSA-PSS SHA-256',
  notBefore: '2016-02-01',
  notAfter: '2026-05-01',
  kind: verifiedBy === number ? 'self-signed' : 'link',
  verifiedBy: verifiedBy === null ? null : `fingerprint-${verifiedBy}`,
  validity: 'valid',
  readingsDiffer: false,
  sources: [{ kind: 'master-list', digest: 'ab'.repeat(32), date: '2026-05-28' }],
  ...changes,
});

const curve = { keyKind: 'EC brainpoolP512r1 (explicit)', signatureAlgorithm: 'ECDSA SHA-512' };
const certificates: readonly TrustCertificateView[] = [
  certificate(1, 'one', 1, { notBefore: '2011-11-03', notAfter: '2022-02-03', validity: 'expired' }),
  certificate(2, 'two', 2, { notBefore: '2016-10-20', notAfter: '2027-01-20', validity: 'expiring' }),
  certificate(3, 'two', 1, { notBefore: '2016-10-20', notAfter: '2022-02-03', validity: 'expired' }),
  certificate(4, 'three', 4, { notBefore: '2021-09-14', notAfter: '2036-12-14', ...curve }),
  certificate(5, 'three', 2, { notBefore: '2021-09-14', notAfter: '2027-01-20', validity: 'expiring', ...curve }),
  certificate(6, 'four', null, {
    notBefore: '2019-03-01',
    notAfter: '2029-06-01',
    subject: 'CN=Svensk länk vars utfärdare saknas i listan,O=Utrikesdepartementet,C=SE',
  }),
];

const sverige = countryOf('SWE');
const sweden: TrustCountryRow = {
  code: 'SE',
  names: sverige === null ? null : namesOfCountry(sverige),
  certificates: 6,
  selfSigned: 3,
  links: 3,
  orphans: 1,
  expiring: 2,
  expired: 2,
  lastDay: '2036-12-14',
  revocationLists: 1,
};

const others: readonly TrustCountryRow[] = allCountries
  .filter(({ alpha3, alpha2 }) => alpha2.length === 1 && !/^(?:GB[^R]|UN|DEU)/.test(alpha3))
  .filter((_, index) => index % 2 === 0)
  .map((country, index) => {
    const [selfSigned, links] = [1 + ((index * 7) % 9), (index * 5) % 4];
    return {
      code: country.alpha2[0] ?? '',
      names: namesOfCountry(country),
      certificates: selfSigned + links,
      selfSigned,
      links,
      orphans: index % 11 === 0 ? Math.min(1, links) : 0,
      expiring: index % 4 === 1 ? 1 : 0,
      expired: index % 3 === 0 ? 1 : 0,
      lastDay: `20${27 + (index % 14)}-0${1 + (index % 9)}-17`,
      revocationLists: index % 2,
    };
  });
const countries = [...others.filter(({ code }) => code !== 'SE'), sweden];

const list = (changes: Partial<TrustListView>): TrustListView => ({
  kind: 'master-list',
  name: 'C=DE,O=bund,OU=bsi,CN=German Master List Signer',
  date: '2026-05-28',
  ageDays: 179,
  until: '2027-05-28',
  daysLeft: 186,
  freshness: 'fresh',
  due: false,
  ...changes,
});

const revocation: TrustListView = list({
  kind: 'revocation-list',
  name: 'CN=Swedish Country Signing CA,C=SE',
  date: '2026-10-01',
  ageDays: 53,
  until: '2026-12-30',
  daysLeft: 37,
  freshness: 'soon-stale',
});
const stale = list({
  kind: 'revocation-list',
  name: 'CN=CSCA-FINLAND,O=VRK,C=FI',
  date: '2026-08-01',
  ageDays: 114,
  until: '2026-10-30',
  daysLeft: -24,
  freshness: 'stale',
  due: true,
});
const lists: readonly TrustListView[] = [
  stale,
  revocation,
  list({}),
  list({
    kind: 'defect-list',
    name: 'C=DE,O=bund,CN=Defect List Signer',
    date: '2026-11-20',
    ageDays: 3,
    daysLeft: 362,
    until: '2027-11-20',
  }),
];

const remark = (country: string, code: TrustRemarkView['code'], number: number): TrustRemarkView => ({
  country,
  names: allCountries.find(({ alpha2 }) => alpha2.includes(country)) ?? null,
  subject: `CN=Country Signer ${number},O=Ministry,C=${country}`,
  fingerprint: `remark-${number}`,
  code,
});

const changed = (country: string, change: 'added' | 'removed', number: number) => ({
  change,
  country,
  names: allCountries.find(({ alpha2 }) => alpha2.includes(country)) ?? null,
  subject: `CN=Country Signer ${number},O=Ministry,C=${country}`,
  fingerprint: `changed-${number}`,
});

const updates: readonly TrustUpdateView[] = [
  {
    at: '2026-11-20T08:14:00Z',
    kind: 'master-list',
    signer: 'CN=German Master List Signer,OU=bsi,O=bund,C=DE',
    date: '2026-05-28',
    newCertificates: 2,
    removedCertificates: 1,
    knownCertificates: 571,
    newRevocationLists: 0,
    newDefectLists: 0,
    newDocumentSigners: 0,
    changed: [changed('SE', 'added', 1), changed('NO', 'added', 2), changed('CI', 'removed', 3)],
    undone: false,
    remarkCount: 6,
    remarks: [
      ...['UZ', 'BD', 'SE'].map((country, index) => remark(country, 'certificate.issuer-unknown', index)),
      ...['MD', 'CI'].map((country, index) => remark(country, 'certificate.signature-wrong', index + 5)),
      remark('KE', 'certificate.parameters-unknown', 9),
    ],
  },
  {
    at: '2026-08-02T07:02:00Z',
    kind: 'ldif',
    signer: null,
    date: null,
    newCertificates: 0,
    removedCertificates: 0,
    knownCertificates: 12,
    newRevocationLists: 31,
    newDefectLists: 0,
    newDocumentSigners: 4120,
    changed: [],
    undone: false,
    remarkCount: 0,
    remarks: [],
  },
];

const germany = countryOf('D');
const germanAuthority: SignerCertificateView = {
  fingerprint: '2084aed7a991b3158e63ad750d3dc38bc6c9dcf5958f28d1162f49884e91ada8',
  subject: 'CN=csca-germany,OU=bsi,O=bund,C=DE',
  issuer: 'CN=csca-germany,OU=bsi,O=bund,C=DE',
  country: 'DE',
  names: germany === null ? null : namesOfCountry(germany),
  serialNumber: '0127',
  notBefore: '2022-01-12',
  notAfter: '2035-07-12',
  validity: 'valid',
};
const germanSigner: SignerCertificateView = {
  ...germanAuthority,
  fingerprint: '3305905a014daeb0eabd8449875508f4611a992db331c08117f35654a6e4fc81',
  subject: 'CN=CSCA Master List Signer,serialNumber=0039,OU=bsi,O=bund,C=DE',
  serialNumber: '01b4',
  notAfter: '2027-04-12',
  validity: 'expiring',
};

const vouched: SignersView = {
  pins: [
    {
      fingerprint: germanAuthority.fingerprint,
      kind: 'list-signer',
      subject: germanAuthority.subject,
      state: 'stands',
      at: '2026-05-29T08:12:00Z',
      certificate: germanAuthority,
    },
  ],
  pinCount: 1,
  refused: null,
  looked: null,
};

const limits = {
  masterListDays: 365,
  revocationListDays: 90,
  defectListDays: 365,
  certificateDays: 180,
  noticeDays: 45,
} as const;
const iceland = countryOf('ISL');
const embassy: SignerCertificateView = {
  ...germanAuthority,
  fingerprint: 'a1c7e0442b9f68d35e17c0a94fd2b8836e5511d09c7a3f2486be0d91c4572fe8',
  subject: 'CN=CSCA Iceland,OU=Registers Iceland,O=Government of Iceland,C=IS',
  issuer: 'CN=CSCA Iceland,OU=Registers Iceland,O=Government of Iceland,C=IS',
  country: 'IS',
  names: iceland === null ? null : namesOfCountry(iceland),
};
const basis: TrustBasisView = {
  station: {
    name: 'Kassa 3',
    fingerprint: '7f0c3ad1e95b2748b6d4419ac8e0f3526d7b18fa03c5e9472a6bd085f1947ce3',
    hex: '1d8a4f6b90c2e7355a0fb1937d2c48e6f5097ab3c18d64e20b7f93a5d6c1e802',
    pem: '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAHYpPa5DC5zVaD7GTfSxI5vUJerPBjWTiC3+TpdbB6AI=\n-----END PUBLIC KEY-----\n',
    logKeys: ['station-7f0c3ad1+1b2c3d4e+ARwlb3sK0pWbJ8bq3p0m9dQ1c8xq3l8s7z0Qw2m5nKcU'],
  },
  authorities: [
    {
      certificate: embassy,
      since: '2026-10-12',
      until: '2027-04-10',
      daysLeft: 138,
      freshness: 'fresh',
      own: true,
      alsoHeld: false,
    },
    {
      certificate: {
        ...embassy,
        fingerprint: `${embassy.fingerprint.slice(0, 60)}0000`,
        subject: 'CN=CSCA Samoa,C=WS',
        country: 'WS',
        names: null,
      },
      ...{ since: '2026-04-02', until: '2026-09-29', daysLeft: -55, freshness: 'stale', own: true, alsoHeld: true },
    },
    {
      certificate: {
        ...embassy,
        fingerprint: `${embassy.fingerprint.slice(0, 60)}1111`,
        subject: 'CN=CSCA Nauru,C=NR',
        country: 'NR',
        names: null,
      },
      ...{ since: '2026-09-02', until: '2027-03-01', daysLeft: 98, freshness: 'fresh', own: false, alsoHeld: false },
    },
  ],
  authorityCount: 3,
  origins: [
    {
      ...{ kind: 'pinned', name: null, date: '2026-10-12', takenAt: '2026-10-12T09:30:00Z', takenAs: 'pin' },
      ...{ voucher: { kind: 'own', name: null }, count: 1 },
    },
    {
      ...{ kind: 'master-list', name: germanAuthority.subject, date: '2026-05-28', takenAt: '2026-05-29T08:20:00Z' },
      ...{ takenAs: 'master-list', voucher: { kind: 'list-signer', name: germanAuthority.subject }, count: 588 },
    },
    {
      ...{ kind: 'revocation-list', name: null, date: null, takenAt: '2026-08-02T07:02:00Z', takenAs: 'ldif' },
      ...{ voucher: null, count: 31 },
    },
  ],
  originCount: 3,
  limits,
  standardLimits: { ...limits, certificateDays: 365 },
  places: ['https://lists.bank.example/de.ml', 'https://lists.bank.example/se.crl'],
  states: ['SWE', 'NOR'],
  ownAuthority: true,
  placesManaged: false,
};
/** A station that holds nothing yet. */
const basisOfNothing: TrustBasisView = {
  ...basis,
  ...{ authorities: [], authorityCount: 0, origins: [], originCount: 0, places: [], states: [], ownAuthority: false },
  limits: basis.standardLimits,
};

export interface TrustScene {
  readonly countries: Answer<'trust.countries'>;
  readonly country: Answer<'trust.country'>;
  readonly sources: Answer<'trust.sources'>;
  readonly state: TrustStateView;
  /** Whose lists are taken; nobody's where it is left out. */
  readonly signers?: SignersView;
  readonly basis: TrustBasisView;
}

const calm: TrustStateView = { certificates: 588, due: [], dueCount: 0, clockBehind: null, updatesFailingSince: null };

const last: TrustLastUpdateView = {
  at: '2026-11-23T06:04:11Z',
  outcome: 'nothing-new',
  code: null,
  newCertificates: 0,
  removedCertificates: 0,
  failingSince: null,
  files: [{ name: 'DE_ML_2026-05-28.ml', outcome: 'known', code: null }],
};
const failing: TrustLastUpdateView = {
  ...last,
  outcome: 'failed',
  code: 'update.refused',
  failingSince: '2026-11-18T07:12:00Z',
  files: [
    { name: 'DE_ML_2026-11-20.ml', outcome: 'refused', code: 'trust.signer-not-pinned' },
    { name: 'se.crl', outcome: 'known', code: null },
  ],
};
const fetching = { places: ['https://lists.bank.example/de.ml', 'https://lists.bank.example/se.crl'], last };

export const filled: TrustScene = {
  countries: { today, certificates: 588, documentSigners: 4120, countries: [...countries] },
  country: { today, country: sweden, certificates: [...certificates], revocationLists: [revocation] },
  sources: { today, lists: [...lists], updates: [...updates], ...fetching },
  state: calm,
  signers: vouched,
  basis,
};

export const soon: TrustScene = {
  ...filled,
  state: {
    ...calm,
    due: [list({ daysLeft: 21, until: '2026-12-14', freshness: 'soon-stale', due: true })],
    dueCount: 1,
  },
};

export const late: TrustScene = { ...filled, state: { ...calm, due: [stale], dueCount: 3 } };

export const fails: TrustScene = {
  ...filled,
  sources: { ...filled.sources, last: failing },
  state: { ...calm, updatesFailingSince: failing.failingSince },
};

export const empty: TrustScene = {
  countries: { today, certificates: 0, documentSigners: 0, countries: [] },
  country: null,
  sources: { today, lists: [], updates: [], places: null, last: null },
  state: { ...calm, certificates: 0 },
  basis: basisOfNothing,
};

const nobodyVouches: SignersView = { pins: [], pinCount: 0, refused: 'DE_ML_2026-05-28.ml', looked: null };

/** A first list that was not taken, and by whom it is signed. */
export const refused: TrustScene = { ...empty, signers: nobodyVouches };
export const looked: TrustScene = {
  ...empty,
  signers: {
    ...nobodyVouches,
    looked: {
      file: 'DE_ML_2026-05-28.ml',
      kind: 'master-list',
      date: '2026-05-28',
      certificates: [
        { part: 'signer', state: null, certificate: germanSigner },
        { part: 'issuer', state: null, certificate: germanAuthority },
      ],
      asIssuer: null,
    },
  },
};

/** The same with few countries, where what stands beside them is looked at. */
export const fewCountries: TrustScene = {
  ...filled,
  countries: { ...filled.countries, certificates: 31, countries: countries.slice(0, 8) },
};

/** One certificate that somebody brought, to be vouched for as a state's own. */
export const certificateLooked: TrustScene = {
  ...fewCountries,
  signers: {
    ...vouched,
    looked: {
      ...{ file: 'csca-island.cer', kind: 'certificate', date: null },
      certificates: [{ part: 'certificate', state: null, certificate: embassy }],
      asIssuer: { refusal: null, stands: false },
    },
  },
};
