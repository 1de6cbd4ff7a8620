import { beforeAll, describe, expect, it } from 'vitest';
import { type TrustReport, trustReport } from '../../../main/keeping/report/trust-report.ts';
import { stationTime } from '../../../main/keeping/station-time.ts';
import { addDays, type PlainDate } from '../../../main/result/plain-date.ts';
import type { TrustHistoryEntry } from '../../../main/store/trust-changes.ts';
import type {
  StoredCertificate,
  StoredDefectList,
  StoredRevocationList,
  TrustSource,
} from '../../../main/trust/types.ts';
import { germanList, today } from '../../support/german-list.ts';
import { describeWithRealData } from '../../support/real-data.ts';

interface Content {
  readonly certificates: readonly StoredCertificate[];
  readonly sources: readonly TrustSource[];
  readonly history: readonly TrustHistoryEntry[];
  readonly revocationLists: readonly StoredRevocationList[];
  readonly defectLists: readonly StoredDefectList[];
}

function report(
  given: Partial<Content>,
  lastWritten: string | null = null,
  at: PlainDate = today,
  now = '9999-12-31T00:00:00Z',
): TrustReport {
  const { certificates = [], sources = [], history = [], revocationLists = [], defectLists = [] } = given;
  const trust = {
    list: (country?: string) =>
      certificates.filter(({ summary }) => country === undefined || summary.country === country),
    count: () => certificates.length,
    countDocumentSigners: () => 3,
    sources: () => sources,
    history: () => history,
    allRevocationLists: () => revocationLists,
    revocationLists: async (country: string) => revocationLists.filter((list) => list.country === country),
    defectLists: async () => defectLists,
    pins: { list: () => [] },
    origins: () => [],
    listOrigins: () => [],
    bundleOf: () => null,
  };
  const settings = { get: () => undefined, set: () => undefined };
  return trustReport(trust, {
    today: () => at,
    refusedPublicKeys: () => new Set(),
    time: () =>
      stationTime(
        {
          trust,
          settings,
          newestDay: () => (lastWritten === null ? null : { day: day(lastWritten.slice(0, 10)), accepted: false }),
          recordedTime: () => ({ newestAt: lastWritten, acceptedBy: null }),
        },
        now,
      ),
  });
}

const day = (text: string) => text as PlainDate;

function certificate(
  country: string,
  notBefore: string,
  notAfter: string,
  verifiedBy: string | null = 'itself',
): StoredCertificate {
  const fingerprint = `${country} ${notBefore}`;
  return {
    summary: {
      fingerprint,
      publicKeyFingerprint: fingerprint,
      country,
      subject: `C=${country}`,
      issuer: `C=${country}`,
      subjectKey: country,
      issuerKey: country,
      serialNumber: '01',
      subjectKeyIdentifier: null,
      authorityKeyIdentifier: null,
      keyKind: 'RSA 4096',
      signatureAlgorithm: 'RSASSA-PSS SHA-256',
      notBefore: day(notBefore),
      notAfter: day(notAfter),
      kind: verifiedBy === 'itself' ? 'self-signed' : 'link',
    },
    der: new Uint8Array(),
    verifiedBy: verifiedBy === 'itself' ? fingerprint : verifiedBy,
    sources: [],
  };
}

function update(date: string | null, signer: string, digest: string): TrustHistoryEntry {
  const counts = {
    newCertificates: 1,
    removedCertificates: 0,
    knownCertificates: 0,
    newRevocationLists: 0,
    newDefectLists: 0,
    newDocumentSigners: 0,
  };
  return {
    id: 1,
    at: '2026-11-01T08:00:00Z',
    kind: 'master-list',
    digest,
    signer,
    date: date === null ? null : day(date),
    counts,
    remarks: [],
    files: [],
    changed: [],
    undoneBy: null,
  };
}

function revocationList(thisUpdate: string, nextUpdate: string | null): StoredRevocationList {
  return {
    fingerprint: thisUpdate,
    country: 'SE',
    issuer: 'C=SE',
    issuerKey: 'SE',
    thisUpdate: day(thisUpdate),
    nextUpdate: nextUpdate === null ? null : day(nextUpdate),
    number: null,
    entries: 0,
    der: new Uint8Array(),
  };
}

describe('the countries', () => {
  const held = [
    certificate('SE', '2021-09-14', '2036-12-14'),
    certificate('SE', '2016-10-20', '2027-11-23'),
    certificate('SE', '2011-11-03', '2026-11-22', 'another'),
    certificate('SE', '2027-01-01', '2037-01-01', null),
    certificate('KS', '2020-01-01', '2026-11-23'),
  ];

  it('are counted: roots, links, orphans, what ends within a year and what has ended', () => {
    const { certificates, documentSigners, countries } = report({ certificates: held }).countries();
    expect([certificates, documentSigners]).toEqual([5, 3]);
    expect(countries).toEqual([
      {
        code: 'SE',
        names: expect.objectContaining({ sv: 'Sverige', en: 'Sweden' }),
        certificates: 4,
        selfSigned: 2,
        links: 2,
        orphans: 1,
        expiring: 1,
        expired: 1,
        lastDay: '2037-01-01',
        revocationLists: 0,
      },
      expect.objectContaining({
        code: 'KS',
        names: expect.objectContaining({ sv: 'Kosovo', en: 'Kosovo' }),
        expiring: 1,
        expired: 0,
      }),
    ]);
  });

  it('are shown one by one, oldest first, with the validity of each certificate; none under an unknown code', async () => {
    const found = await report({ certificates: held }).country('SE');
    expect(found?.certificates.map(({ validity }) => validity)).toEqual(['expired', 'expiring', 'valid', 'not-yet']);
    expect(await report({ certificates: held }).country('NO')).toBeNull();
  });

  it.each([
    ['DE', 'Germany'],
    ['GB', 'United Kingdom'],
    ['CN', 'China'],
    ['HK', 'Hong Kong'],
    ['SWE', 'Sweden'],
  ])('%s is called %s', (code, name) => {
    expect(report({}).namesOf(code)?.en).toContain(name);
  });

  it('without an entry in the table have no name', () => {
    expect(report({}).namesOf('ZZ')).toBeNull();
    expect(report({}).namesOf('')).toBeNull();
  });
});

describe('the lists', () => {
  it('are the newest edition of each signer; those without a history stand as one', async () => {
    const { lists } = await report({
      history: [update('2026-05-28', 'A', 'a2'), update('2025-05-28', 'A', 'a1'), update('2026-02-01', 'B', 'b')],
      sources: [
        { kind: 'master-list', digest: 'a2', date: day('2026-05-28') },
        { kind: 'master-list', digest: 'x', date: day('2024-01-01') },
        { kind: 'master-list', digest: 'y', date: day('2026-01-01') },
        { kind: 'pinned', digest: 'z', date: null },
      ],
    }).sources();
    expect(lists.map(({ name, date }) => [name, date])).toEqual([
      ['', '2026-01-01'],
      ['B', '2026-02-01'],
      ['A', '2026-05-28'],
    ]);
  });

  it('are told to the desk long before the limit, and past it', async () => {
    const due = async (ageDays: number) =>
      (await report({ history: [update(addDays(today, -ageDays), 'A', 'a')] }).state()).due.map(
        ({ freshness }) => freshness,
      );
    expect(await due(300)).toEqual([]);
    expect(await due(330)).toEqual(['soon stale']);
    expect(await due(365)).toEqual(['soon stale']);
    expect(await due(366)).toEqual(['stale']);
  });

  it('of withdrawn certificates are told in the last third of their life only', async () => {
    const due = async (thisUpdate: string, nextUpdate: string) =>
      (await report({ revocationLists: [revocationList(thisUpdate, nextUpdate)] }).state()).due.length;
    expect(await due('2026-11-01', '2026-12-01')).toBe(1);
    expect(await due('2026-11-20', '2026-12-20')).toBe(0);
    expect(await due('2026-09-01', '2026-11-22')).toBe(1);
  });

  it('without a date are told, as nobody can say how old they are', async () => {
    const { due } = await report({ history: [update(null, 'A', 'a')] }).state();
    expect(due.map(({ freshness }) => freshness)).toEqual(['unknown']);
  });
});

describe('the clock', () => {
  it('is said to be behind where a list or a record is newer', async () => {
    const at = day('2026-01-01');
    expect((await report({}, null, at).state()).clockBehind).toBeNull();
    expect((await report({}, '2026-01-02T23:00:00Z', at).state()).clockBehind).toBeNull();
    expect((await report({}, '2026-01-03T01:00:00Z', at).state()).clockBehind).toBe('2026-01-03');
    const lists = { history: [update('2026-05-28', 'A', 'a')] };
    expect((await report(lists, '2026-01-03T01:00:00Z', at).state()).clockBehind).toBe('2026-05-28');
    // By less than days its own records tell (a tester's walk of a clock).
    const recorded = '2026-01-01T15:00:00Z';
    expect((await report({}, recorded, at, '2026-01-01T12:00:00Z').state()).clockBehind).toBe(recorded);
    expect((await report({}, recorded, at, '2026-01-01T14:56:00Z').state()).clockBehind).toBeNull();
  });
});

describeWithRealData('the German list of May 2026', () => {
  let whole: TrustReport;
  beforeAll(async () => {
    whole = report({ certificates: (await germanList()).certificates });
  }, 60_000);

  it('is 588 certificates of 112 countries, each with a name', () => {
    const { certificates, countries } = whole.countries();
    expect(certificates).toBe(588);
    expect(countries).toHaveLength(112);
    expect(countries.reduce((sum, country) => sum + country.selfSigned + country.links, 0)).toBe(588);
    expect(countries.filter(({ names }) => names === null).map(({ code }) => code)).toEqual([]);
  });

  it('holds five certificates of Sweden on three keys, all verified', async () => {
    const sweden = await whole.country('SE');
    expect(sweden?.country).toMatchObject({ certificates: 5, orphans: 0 });
    expect(new Set(sweden?.certificates.map(({ summary }) => summary.publicKeyFingerprint)).size).toBe(3);
  });
});

describe('a certificate that somebody vouched for', () => {
  const vouchedFor = (sources: readonly TrustSource[]) =>
    report({ certificates: [{ ...certificate('SE', '2020-01-01', '2040-01-01'), sources }], sources }).sources();
  const pinned: TrustSource = { kind: 'pinned', digest: 'p', date: day('2025-12-01') };

  it('grows old as a list does, and is shown long before', async () => {
    const { lists } = await vouchedFor([pinned]);
    expect(lists).toMatchObject([
      { kind: 'certificate', name: 'C=SE', until: '2026-12-01', freshness: 'soon stale', due: true },
    ]);
  });

  it('grows old with the list that holds it too', async () => {
    const { lists } = await vouchedFor([pinned, { kind: 'master-list', digest: 'l', date: day('2026-11-01') }]);
    expect(lists.map(({ kind }) => kind)).toEqual(['master-list']);
  });
});
