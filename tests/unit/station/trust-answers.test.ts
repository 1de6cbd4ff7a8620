import { beforeEach, describe, expect, test } from 'vitest';
import type { CountryReport, ListAge } from '../../../main/keeping/report/trust-report.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { answerCall } from '../../../main/station/call-gate.ts';
import { createDesk } from '../../../main/station/desk.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
import type { TrustHistoryEntry } from '../../../main/store/trust-changes.ts';
import type { ImportRemark, StoredCertificate } from '../../../main/trust/types.ts';
import { type MethodName, trustBounds } from '../../../preload/contract.ts';
import { FakeHouse, FakeTimers } from '../../support/fake-house.ts';

const day = '2026-11-23' as PlainDate;
const long = 'x'.repeat(100_000);
let fake: FakeHouse;

beforeEach(() => {
  fake = new FakeHouse();
});

function call<M extends MethodName>(method: M, ...args: readonly unknown[]) {
  const desk = createDesk({
    ...fake.beside,
    house: fake.house,
    standIn: false,
    newCaseId: () => 'case-1',
    timers: new FakeTimers(),
  });
  const around = { answers: desk.answers, pageOrigin: appOrigin, log: () => undefined };
  return answerCall(around, method, { url: 'styrk://app/index.html', mainFrame: true }, args);
}

const country = (code: string): CountryReport => ({
  code,
  names: null,
  certificates: 1,
  selfSigned: 1,
  links: 0,
  orphans: 0,
  expiring: 0,
  expired: 0,
  lastDay: day,
  revocationLists: 0,
});

const list = (name: string): ListAge => ({
  kind: 'master-list',
  name,
  date: day,
  nextUpdate: null,
  ageDays: 0,
  until: day,
  daysLeft: 0,
  freshness: 'soon stale',
  due: true,
});

const certificate: StoredCertificate = {
  summary: {
    fingerprint: 'f',
    publicKeyFingerprint: 'k',
    country: 'SE',
    subject: long,
    issuer: long,
    subjectKey: '',
    issuerKey: '',
    serialNumber: long,
    subjectKeyIdentifier: null,
    authorityKeyIdentifier: null,
    keyKind: long,
    signatureAlgorithm: long,
    notBefore: day,
    notAfter: day,
    kind: 'self-signed',
  },
  der: new Uint8Array(),
  verifiedBy: 'f',
  sources: Array.from({ length: 1000 }, (_, index) => ({ kind: 'master-list', digest: `${index}`, date: null })),
};

test('an empty store is answered as such by every method', async () => {
  expect(await call('trust.countries')).toEqual({
    ok: true,
    value: { today: day, certificates: 0, documentSigners: 0, countries: [] },
  });
  expect(await call('trust.country', 'SE')).toEqual({ ok: true, value: null });
  expect(await call('trust.sources')).toEqual({
    ok: true,
    value: { today: day, lists: [], updates: [], places: null, last: null },
  });
  expect(await call('trust.state')).toEqual({
    ok: true,
    value: { certificates: 0, due: [], dueCount: 0, clockBehind: null, updatesFailingSince: null },
  });
});

test('what others touched is told by its code, whatever of the lists is asked for', async () => {
  const touched = () => {
    throw new Failure('trust.tampered', { table: 'certificates' });
  };
  fake.trustReport = {
    ...{ countries: touched, country: touched, sources: touched, state: touched, signers: touched },
    ...{ offered: touched, authorities: touched, origins: touched, stationOf: touched },
    namesOf: () => null,
  };
  for (const answer of [
    await call('trust.state'),
    await call('trust.countries'),
    await call('trust.sources'),
    await call('trust.country', 'SE'),
    await call('trust.signers'),
  ])
    expect(answer).toMatchObject({ ok: false, code: 'trust.tampered' });
});

test('a country is asked for by a short text and nothing else', async () => {
  for (const args of [[], [null], [7], ['x'.repeat(2000)], ['SE', 'more']]) {
    expect(await call('trust.country', ...args)).toMatchObject({ ok: false, code: 'call.malformed' });
  }
});

test('more countries than the page takes are counted, not named', async () => {
  const countries = Array.from({ length: 1500 }, (_, index) => country(`${index}`));
  fake.trustReport = { ...fake.trustReport, countries: () => ({ certificates: 1500, documentSigners: 0, countries }) };
  const answer = await call('trust.countries');
  expect(answer.ok && answer.value.countries.length).toBe(trustBounds.countries);
  expect(answer.ok && answer.value.certificates).toBe(1500);
});

test('a certificate that two readers read otherwise says so on the page', async () => {
  const held = [{}, { readingsDiffer: ['subject'] }].map((told) => ({
    ...certificate,
    ...told,
    validity: 'valid' as const,
  }));
  fake.trustReport = {
    ...fake.trustReport,
    country: async () => ({ country: country('SE'), certificates: held, revocationLists: [] }),
  };
  const answer = await call('trust.country', 'SE');
  expect(answer.ok && answer.value?.certificates.map(({ readingsDiffer }) => readingsDiffer)).toEqual([false, true]);
});

test('names and lists of any length fit the contract', async () => {
  const held = Array.from({ length: 1200 }, () => ({ ...certificate, validity: 'valid' as const }));
  const remark: ImportRemark = { country: long, subject: long, fingerprint: 'f', code: 'certificate.malformed' };
  const counts = {
    newCertificates: 0,
    removedCertificates: 0,
    knownCertificates: 0,
    newRevocationLists: 0,
    newDefectLists: 0,
    newDocumentSigners: 0,
  };
  const update = {
    id: 1,
    at: '2026-11-23T10:00:00Z',
    kind: 'master-list',
    digest: 'd',
    signer: long,
    date: null,
    counts,
    remarks: Array.from({ length: 500 }, () => remark),
    files: [],
    changed: Array.from(
      { length: 500 },
      () => ({ change: 'removed', country: long, subject: long, fingerprint: 'f' }) as const,
    ),
    undoneBy: null,
  };
  fake.trustReport = {
    ...fake.trustReport,
    country: async () => ({ country: country('SE'), certificates: held, revocationLists: [list(long)] }),
    sources: async () => ({
      lists: Array.from({ length: 2000 }, () => list(long)),
      updates: Array.from({ length: 60 }, () => update),
    }),
    state: async () => ({ certificates: 1, due: Array.from({ length: 9 }, () => list(long)), clockBehind: day }),
  };
  const [shown, sources, state] = [
    await call('trust.country', 'SE'),
    await call('trust.sources'),
    await call('trust.state'),
  ];
  expect(shown.ok && shown.value?.certificates.length).toBe(trustBounds.certificates);
  expect(sources.ok && sources.value.updates.length).toBe(trustBounds.updates);
  expect(sources.ok && sources.value.updates[0]).toMatchObject({ remarkCount: 500 });
  expect(state).toMatchObject({ ok: true, value: { dueCount: 9, clockBehind: day } });
  expect(state.ok && state.value.due.map(({ freshness }) => freshness)).toEqual(Array(5).fill('soon-stale'));
});

describe('what the office may do', () => {
  const entry: TrustHistoryEntry = {
    id: 4,
    at: '2026-11-23T10:00:00Z',
    kind: 'files',
    digest: 'd',
    signer: null,
    date: null,
    counts: {
      newCertificates: 1,
      removedCertificates: 0,
      knownCertificates: 0,
      newRevocationLists: 0,
      newDefectLists: 0,
      newDocumentSigners: 0,
    },
    remarks: [],
    files: [],
    changed: [],
    undoneBy: null,
  };

  test('files come from the dialog alone: the page names none', async () => {
    const asked: (readonly string[])[] = [];
    fake.workshop = {
      ...fake.workshop,
      importFiles: async (paths) => {
        asked.push(paths);
        return { files: [{ name: 'x'.repeat(400), kind: 'ldif', read: 3, new: 1 }], change: entry };
      },
    };
    expect(await call('trust.import', '/etc/passwd')).toMatchObject({ ok: false, code: 'call.malformed' });
    expect(await call('trust.import')).toEqual({ ok: true, value: null });
    expect(asked).toEqual([]);
    fake.chosen = ['/media/usb/pkd.ldif'];
    expect(await call('trust.import')).toMatchObject({ ok: true, value: { change: { newCertificates: 1 } } });
    expect(asked).toEqual([['/media/usb/pkd.ldif']]);
  });

  test('a refused file crosses with its name', async () => {
    fake.chosen = ['/media/usb/de.ml'];
    fake.workshop = {
      ...fake.workshop,
      importFiles: async () => {
        throw new Failure('trust.signature-wrong', { file: 'de.ml' });
      },
    };
    expect(await call('trust.import')).toEqual({
      ok: false,
      code: 'trust.signature-wrong',
      fields: { file: 'de.ml' },
    });
  });

  test('a failed update is told with its files and since when none ended well, at the desk only once it is long', async () => {
    const failingSince = '2026-11-18T07:12:00Z';
    const last = {
      at: '2026-11-23T06:00:00Z',
      places: ['/lists'],
      outcome: 'failed',
      code: 'update.refused',
      files: [{ name: 'de.ml', outcome: 'refused', code: 'trust.signature-wrong' }],
      newCertificates: 0,
      removedCertificates: 0,
      failingSince,
    } as const;
    fake.workshop = { ...fake.workshop, update: async () => last };
    let failingLong = false;
    fake.trustUpkeep = {
      ...fake.trustUpkeep,
      places: () => ['/lists'],
      last: () => last,
      failingLongSince: () => (failingLong ? failingSince : null),
    };
    const { places, ...shown } = last;
    expect(await call('trust.update')).toEqual({ ok: true, value: shown });
    expect(await call('trust.sources')).toMatchObject({ ok: true, value: { places, last: shown } });
    expect(await call('trust.state')).toMatchObject({ ok: true, value: { updatesFailingSince: null } });
    failingLong = true;
    expect(await call('trust.state')).toMatchObject({ ok: true, value: { updatesFailingSince: failingSince } });
  });

  test('taking back is confirmed outside the page, by two names where nobody signs in', async () => {
    const signs: (readonly string[])[] = [];
    fake.restore = (names) => {
      signs.push(names);
      return { ...entry, kind: 'restore' };
    };
    expect(await call('trust.restore')).toMatchObject({ ok: false, code: 'trust.nothing-to-restore' });
    fake.nextRestored = entry;
    // Whatever a page says besides is no name of anybody.
    expect(await call('trust.restore', 'AB', 'CD')).toMatchObject({ ok: false, code: 'call.malformed' });
    expect(await call('trust.restore')).toMatchObject({ ok: false, code: 'trust.not-confirmed' });
    const refused: unknown[] = [];
    fake.people = async (window) => {
      await window.answer({ kind: 'names', first: 'AB', second: 'ab ' }).catch((thrown) => refused.push(thrown.code));
      await window.answer({ kind: 'names', first: 'AB', second: 'CD' });
    };
    expect(await call('trust.restore')).toMatchObject({ ok: true, value: { kind: 'restore' } });
    expect(refused).toEqual(['trust.pin-same-person']);
    expect(signs).toEqual([['AB', 'CD']]);
  });

  test('what is confirmed is what is done: another change meanwhile is not taken back unseen', async () => {
    fake.nextRestored = entry;
    fake.restore = () => {
      throw new Error('not this one');
    };
    fake.people = async (window) => {
      fake.nextRestored = { ...entry, id: entry.id + 1 };
      await window.answer({ kind: 'names', first: 'AB', second: 'CD' });
    };
    expect(await call('trust.restore')).toMatchObject({ ok: false, code: 'confirm.changed' });
  });
});
