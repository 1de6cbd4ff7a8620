import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { specimenIds } from '../../../main/simulator/documents/specimen.ts';
import { countryOf, namesOfCountry } from '../../../main/trust/country-codes.ts';
import type {
  TrustCertificateView,
  TrustCountryRow,
  TrustListView,
  TrustStateView,
  TrustUpdateView,
} from '../../../preload/contract.ts';
import { deskCommand } from '../../../renderer/desk/keyboard.ts';
import { specimenTitle } from '../../../renderer/desk/specimen-title.ts';
import { chainOf, yearAxis } from '../../../renderer/office/chain-view.ts';
import {
  ageInWords,
  countryName,
  listName,
  nameInShort,
  noticeOf,
  shownCountries,
  sortedBy,
  timeLeftInWords,
  trustNotice,
} from '../../../renderer/office/trust-view.ts';
import {
  importWords,
  reasonWords,
  remarkGroups,
  restorable,
  updateCounts,
  updateKind,
  workWords,
} from '../../../renderer/office/update-view.ts';
import { loadWords } from '../../../renderer/parts/language.ts';
import english from '../../../resources/texts/en.json' with { type: 'json' };
import { textsIn } from '../../../resources/texts/texts.ts';

const t = textsIn('en');
const sv = textsIn('sv');
await loadWords('sv');

const country = (code: string, names: TrustCountryRow['names'], changes: Partial<TrustCountryRow> = {}) => ({
  code,
  names,
  certificates: 1,
  selfSigned: 1,
  links: 0,
  orphans: 0,
  expiring: 0,
  expired: 0,
  lastDay: '2030-01-01',
  revocationLists: 0,
  ...changes,
});
const namesOf = (code: string) => {
  const found = countryOf(code);
  return found === null ? null : namesOfCountry(found);
};
const rows: readonly TrustCountryRow[] = [
  country('SE', namesOf('SWE'), { certificates: 5 }),
  country('AX', namesOf('ALA'), { certificates: 2 }),
  country('AT', namesOf('AUT'), { certificates: 5 }),
  country('ZZ', null),
];
const codes = (query: string, sorting = { column: 'name', descending: false } as Parameters<typeof sortedBy>[0]) =>
  shownCountries(rows, query, sorting, 'sv', sv).map(({ code }) => code);

describe('the countries', () => {
  it('stand in the order of the language', () => {
    expect(codes('')).toEqual(['SE', 'ZZ', 'AX', 'AT']);
    expect(shownCountries(rows, '', { column: 'name', descending: false }, 'en', t).map(({ code }) => code)).toEqual([
      'AX',
      'AT',
      'SE',
      'ZZ',
    ]);
  });

  it('are found by code, by name in either language, with and without accents', () => {
    expect(codes('se')).toEqual(['SE']);
    expect(codes('austria')).toEqual(['AT']);
    expect(codes('oster')).toEqual(['AT']);
    expect(codes('ÅLAND')).toEqual(['AX']);
    expect(codes('s')).toEqual(['SE']);
    expect(codes('nowhere')).toEqual([]);
  });

  it('are sorted by a column, the most first, and turned by a second press', () => {
    const most = sortedBy({ column: 'name', descending: false }, 'certificates');
    expect(codes('', most)).toEqual(['SE', 'AT', 'AX', 'ZZ']);
    expect(codes('', sortedBy(most, 'certificates'))).toEqual(['ZZ', 'AX', 'SE', 'AT']);
  });

  it('are called by their code where nobody knows a name', () => {
    expect(countryName({ code: 'ZZ', names: null }, 'en', t)).toBe('ZZ');
    expect(countryName({ code: '', names: null }, 'en', t)).toBe('Unknown country');
  });

  it('never lose or invent one by sorting', () => {
    fc.assert(
      fc.property(fc.constantFrom('name', 'certificates', 'expired', 'lastDay'), fc.boolean(), (column, descending) => {
        expect([...codes('', { column, descending } as Parameters<typeof sortedBy>[0])].sort()).toEqual([
          'AT',
          'AX',
          'SE',
          'ZZ',
        ]);
      }),
    );
  });
});

describe('ages in words', () => {
  it.each([
    [-3, 'after today'],
    [0, 'today'],
    [1, 'yesterday'],
    [2, '2 days ago'],
    [60, '60 days ago'],
    [61, '2 months ago'],
    [365, '11 months ago'],
    [731, '2 years ago'],
  ])('%i days are %s', (days, words) => {
    expect(ageInWords(days, t)).toBe(words);
  });

  it('say what is left and what has passed', () => {
    expect(timeLeftInWords(1, sv)).toBe('1 dag kvar');
    expect(timeLeftInWords(0, t)).toBe('last day is today');
    expect(timeLeftInWords(-1, t)).toBe('passed yesterday');
    expect(timeLeftInWords(186, t)).toBe('6 months left');
  });
});

describe('names', () => {
  it('are shortened to the common name and the country', () => {
    expect(nameInShort('CN=Master List Signer,OU=bsi,O=bund,C=de')).toBe('Master List Signer (DE)');
    expect(nameInShort('C=SE,O=Police\\, Sweden')).toBe('Police, Sweden (SE)');
    expect(nameInShort('unnamed')).toBe('unnamed');
  });

  it('of a list without a signer are its kind alone', () => {
    expect(listName({ kind: 'master-list', name: '' }, t)).toBe('Master list');
    expect(listName({ kind: 'revocation-list', name: 'CN=One,C=SE' }, t)).toBe('Revocation list · One (SE)');
  });
});

const list = (changes: Partial<TrustListView> = {}): TrustListView => ({
  kind: 'master-list',
  name: 'CN=Signer,C=DE',
  date: '2026-01-01',
  ageDays: 326,
  until: '2026-12-14',
  daysLeft: 21,
  freshness: 'soon-stale',
  due: true,
  ...changes,
});
const state = (changes: Partial<TrustStateView> = {}): TrustStateView => ({
  certificates: 588,
  due: [],
  dueCount: 0,
  clockBehind: null,
  updatesFailingSince: null,
  ...changes,
});

describe('the notice at the desk', () => {
  it('is not there where all is well', () => {
    expect(trustNotice(state(), 'en', t)).toBeNull();
  });

  it('is quiet while there is time', () => {
    const notice = trustNotice(state({ due: [list()], dueCount: 1 }), 'en', t);
    expect(notice?.tone).toBe('quiet');
    expect(notice?.words).toBe(
      'Master list · Signer (DE): 21 days left (relied on until 14 Dec 2026). Tell IT in good time.',
    );
  });

  it('is clear past the limit and counts the others', () => {
    const stale = list({ freshness: 'stale', daysLeft: -4, until: '2026-11-19' });
    const notice = trustNotice(state({ due: [stale], dueCount: 3 }), 'sv', sv);
    expect(notice?.tone).toBe('clear');
    expect(notice?.words).toContain('för gammal sedan 19 nov. 2026');
    expect(notice?.words).toMatch(/\+ 2 listor till$/);
  });

  it('is clear about an empty store, a list without or with a future date, and before all about a wrong clock', () => {
    const words = (given: TrustStateView) => trustNotice(given, 'en', t);
    expect(words(state({ certificates: 0 }))).toEqual({ tone: 'clear', words: english.trust.empty });
    expect(words(state({ due: [list({ freshness: 'ahead' })], dueCount: 1 }))?.words).toContain('dated after today');
    const undated = list({ freshness: 'unknown', date: null, ageDays: null, until: null, daysLeft: null });
    expect(words(state({ due: [undated], dueCount: 1 }))).toMatchObject({ tone: 'clear' });
    expect(words(state({ certificates: 0, clockBehind: '2027-02-01' }))?.words).toContain('1 Feb 2027');
    expect(words(state({ clockBehind: '2027-02-01T12:34:00Z' }))?.words).toMatch(/2027.*:34/);
  });
});

describe('the notice where the lists do not answer', () => {
  // docs/decisions/0012: what others touched is told wherever the lists are asked for, never passed over.
  it.each([
    ['en', t, /changed from outside Styrk.*Refer the case and tell your security officer/],
    ['sv', sv, /ändrats.*säkerhetsansvarig/],
  ] as const)('says in words what happened and what to do (%s)', (language, texts, words) => {
    const notice = noticeOf({ ok: false, code: 'trust.tampered', fields: {} }, language, texts);
    expect(notice?.tone).toBe('clear');
    expect(notice?.words).toMatch(words);
  });

  it('is that of the lists where they do', () => {
    expect(noticeOf({ ok: true, value: state() }, 'en', t)).toBeNull();
    expect(noticeOf({ ok: true, value: state({ certificates: 0 }) }, 'en', t)?.words).toBe(english.trust.empty);
  });
});

describe('the notice of failing updates', () => {
  const updatesFailingSince = '2026-11-18T07:12:00Z';
  const words = (changes: Partial<TrustStateView>) => trustNotice(state({ updatesFailingSince, ...changes }), 'en', t);

  it('says since when none has ended well, quietly', () => {
    expect(words({})).toEqual({
      tone: 'quiet',
      words: 'No successful update of the lists since 18 Nov 2026. Tell IT.',
    });
    expect(words({ due: [list()], dueCount: 1 })?.words).toContain('18 Nov 2026');
  });

  it('gives way to a list that is too old already', () => {
    expect(words({ due: [list({ freshness: 'stale', daysLeft: -4 })], dueCount: 1 })?.words).toContain('too old since');
  });
});

const certificate = (fingerprint: string, key: string, verifiedBy: string | null): TrustCertificateView => ({
  fingerprint,
  publicKeyFingerprint: key,
  subject: 'CN=Signer,C=SE',
  issuer: 'CN=Signer,C=SE',
  serialNumber: '01',
  keyKind: 'RSA 4096',
  signatureAlgorithm: 'RSASSA-PSS SHA-256',
  notBefore: '2016-02-01',
  notAfter: '2026-05-01',
  kind: 'link',
  verifiedBy,
  validity: 'valid',
  readingsDiffer: false,
  sources: [],
});

describe('the chain', () => {
  it('names keys by letters, roots, links and orphans, and who verified whom', () => {
    const chain = chainOf([
      certificate('a', 'one', 'a'),
      certificate('b', 'two', 'b'),
      certificate('c', 'two', 'a'),
      certificate('d', 'three', null),
      certificate('e', 'three', 'elsewhere'),
    ]);
    expect(chain.rows.map(({ standing }) => standing)).toEqual(['root', 'root', 'link', 'orphan', 'link']);
    expect(chain.rows.map(({ keyLetter }) => keyLetter).join('')).toBe('ABBCC');
    expect(chain.rows.map(({ verifiedBy }) => verifiedBy)).toEqual([null, null, 1, null, null]);
    expect(chain.branches).toEqual([{ issuer: 1, verified: [3], lane: 0 }]);
    expect(chain.keys).toBe(3);
  });

  it('draws no two branches that pass the same row in one lane, and every verification once', () => {
    const parents = fc.array(fc.nat(29), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(parents, (verifiers) => {
        const chain = chainOf(verifiers.map((by, index) => certificate(`${index}`, `key ${index}`, `${by}`)));
        const covered = new Set<string>();
        for (const { issuer, verified, lane } of chain.branches) {
          for (let row = Math.min(issuer, ...verified); row <= Math.max(issuer, ...verified); row++) {
            expect(covered.has(`${lane} ${row}`)).toBe(false);
            covered.add(`${lane} ${row}`);
          }
          expect(lane).toBeLessThan(chain.lanes);
        }
        const links = verifiers.filter((by, index) => by !== index).length;
        expect(chain.branches.flatMap(({ verified }) => verified)).toHaveLength(links);
      }),
    );
  });

  it('goes on with two letters after the twenty-sixth key', () => {
    const chain = chainOf(Array.from({ length: 28 }, (_, index) => certificate(`${index}`, `${index}`, null)));
    expect(chain.rows.at(-1)?.keyLetter).toBe('AB');
  });

  it('has a time axis with few words, also for a certificate that holds for thousands of years', () => {
    const long = { ...certificate('a', 'one', 'a'), notAfter: '9999-12-31' };
    const axis = yearAxis([long], '2026-11-23');
    expect(axis.from).toBe(2016);
    expect(axis.to).toBe(2067);
    expect(axis.ticks.length).toBeLessThanOrEqual(12);
    expect(yearAxis([], '2026-11-23')).toMatchObject({ from: 2026, to: 2027 });
  });
});

const update: TrustUpdateView = {
  at: '2026-11-20T08:14:00Z',
  kind: 'master-list',
  signer: null,
  date: null,
  newCertificates: 0,
  removedCertificates: 0,
  knownCertificates: 588,
  newRevocationLists: 0,
  newDefectLists: 0,
  newDocumentSigners: 0,
  remarkCount: 0,
  changed: [],
  undone: false,
  remarks: [],
};

describe('keeping the lists fresh', () => {
  it('takes back the newest change that still stands, and nothing behind a withdrawn signer', () => {
    const [older, newer] = [update, { ...update, at: '2026-11-21T08:14:00Z' }];
    expect(restorable([])).toBeNull();
    expect(restorable([newer, older])).toBe(newer);
    expect(restorable([{ ...update, kind: 'restore' }, { ...newer, undone: true }, older])).toBe(older);
    expect(restorable([{ ...update, kind: 'unpin' }, older])).toBeNull();
  });

  it('says what is done, and what files brought', () => {
    const work = { background: false, part: null, file: null };
    expect(workWords({ ...work, kind: 'update' }, t)).toBe('Fetching and proving lists');
    expect(workWords({ ...work, kind: 'import' }, t)).toBe('Opening the files');
    expect(workWords({ ...work, kind: 'import', file: 'de.ml' }, sv)).toBe('Importerar de.ml');
    const change = { ...update, newCertificates: 2, knownCertificates: 0, remarkCount: 1 };
    const files = [
      { name: 'de.ml', kind: 'master-list', read: 5, new: 2 },
      { name: 'se.crl', kind: 'revocation-list', read: 0, new: 0 },
    ];
    expect(importWords({ files, change }, t)).toEqual([
      '2 files were imported.',
      'de.ml: Master list, 5 read, 2 new',
      'se.crl: Revocation list',
      '2 new certificates',
      '1 entry was not imported, or nobody vouches for it: the reasons are below.',
    ]);
  });
});

describe('an update', () => {
  it('says what is new first, and that there was nothing', () => {
    expect(updateCounts(update, t)).toEqual(['It brought nothing new.', '588 known before']);
    expect(updateCounts({ ...update, newCertificates: 1, newRevocationLists: 2 }, t)).toEqual([
      '1 new certificate',
      '2 new revocation lists',
      '588 known before',
    ]);
  });

  it('is named also where its kind is new to the page', () => {
    expect(updateKind('ldif', t)).toBe('Directory export');
    expect(updateKind('toString', t)).toBe('Update');
  });

  it('gives the reasons of lists in their own words, others in those of the failure', () => {
    const happened = (code: string) => `happened: ${code}`;
    expect(reasonWords('certificate.issuer-unknown', t, happened)).toContain('vouches for nothing');
    expect(reasonWords('certificate.usage-wrong', t, happened)).toBe('happened: certificate.usage-wrong');
  });

  it('groups what was refused by reason, the most frequent first', () => {
    const remark = (name: string, code: 'certificate.malformed' | 'certificate.issuer-unknown') => ({
      country: name,
      names: null,
      subject: '',
      fingerprint: name,
      code,
    });
    const groups = remarkGroups(
      [
        remark('B', 'certificate.issuer-unknown'),
        remark('C', 'certificate.malformed'),
        remark('A', 'certificate.issuer-unknown'),
      ],
      'en',
      t,
    );
    expect(groups.map(({ code, remarks }) => [code, remarks.map((each) => each.country).join('')])).toEqual([
      ['certificate.issuer-unknown', 'AB'],
      ['certificate.malformed', 'C'],
    ]);
  });
});

describe('around the trust page', () => {
  it('F8 opens it wherever the focus is', () => {
    const press = { key: 'F8', code: 'F8', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
    expect(deskCommand(press, true)).toEqual({ type: 'trust' });
  });

  it('every specimen with a title in the texts is one of the simulator, and others keep their own', () => {
    expect(specimenIds).toEqual(expect.arrayContaining(Object.keys(english.specimens)));
    expect(specimenTitle({ id: 'expired', title: 'x' }, sv)).toBe('Svenskt pass som har gått ut');
    expect(specimenTitle({ id: 'constructor', title: 'own' }, sv)).toBe('own');
  });
});
