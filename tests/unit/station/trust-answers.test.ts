import { beforeEach, expect, test } from 'vitest';
import type { CountryReport, ListAge } from '../../../main/house/trust-report.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { answerCall } from '../../../main/station/call-gate.ts';
import { createDesk } from '../../../main/station/desk.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
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

test('names and lists of any length fit the contract', async () => {
  const held = Array.from({ length: 1200 }, () => ({ ...certificate, validity: 'valid' as const }));
  const remark: ImportRemark = { country: 'SE', subject: long, fingerprint: 'f', code: 'certificate.malformed' };
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
      () => ({ change: 'removed', country: 'SE', subject: long, fingerprint: 'f' }) as const,
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
