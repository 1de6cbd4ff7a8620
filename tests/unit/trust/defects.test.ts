import { describe, expect, it } from 'vitest';
import { digest } from '../../../main/crypto/hash.ts';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat, fromHex } from '../../../main/result/bytes.ts';
import { type Check, type CheckId, checkResults, successful, unsuccessful } from '../../../main/result/check.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { applyDefects } from '../../../main/trust/defects/apply-defects.ts';
import { openDefectList, readDefectList } from '../../../main/trust/defects/defect-list.ts';
import type { Defect, DefectEntry } from '../../../main/trust/defects/defect-types.ts';
import { applies, type DefectSubject, findDefects } from '../../../main/trust/defects/match-defects.ts';
import { standardLimits } from '../../../main/trust/path/freshness.ts';
import { verifySecurityObject } from '../../../main/trust/path/passive-authentication.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { parseCertificate } from '../../../main/trust/x509/certificate.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { today } from '../../support/german-list.ts';
import {
  attribute,
  byIssuerAndSerial,
  byKeyIdentifier,
  ecTestKey,
  extensions,
  issueTestCertificate,
  keyIdentifierOf,
  nameOf,
  testAuthority,
  testDigestAlgorithm,
  testDocumentSigner,
  testLdsSecurityObject,
  testSignedData,
} from '../../support/test-pki.ts';
import { trainingIssuers } from '../../support/training-issuers.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const authorityKey = ecTestKey('P-256', 'named', 1);
const listKey = ecTestKey('P-256', 'named', 2);
const documentKey = ecTestKey('P-256', 'named', 3);
const authority = testAuthority(authorityKey, scheme);
const issuerName = nameOf('UT', 'Test CSCA');
const documentSigner = testDocumentSigner(documentKey, authorityKey, scheme);
const sequence = (...parts: Uint8Array[]) => encodeTlv(0x30, ...parts);
const set = (...parts: Uint8Array[]) => encodeTlv(0x31, ...parts);
const ascii = (text: string) => new TextEncoder().encode(text);

function listSigner(purpose: string | null): Uint8Array {
  return issueTestCertificate({
    subject: nameOf('UT', 'Defect List Signer'),
    issuer: issuerName,
    key: listKey,
    issuerKey: authorityKey,
    scheme,
    serialNumber: 99,
    extensions: [
      extensions.digitalSignature(),
      extensions.subjectKeyIdentifier(keyIdentifierOf(listKey)),
      ...(purpose === null ? [] : [extensions.extendedKeyUsage(purpose)]),
    ],
  });
}

const signedOn = (day: string): Uint8Array =>
  attribute('1.2.840.113549.1.9.5', encodeTlv(0x17, ascii(`${day}120000Z`)));
function signed(contentType: string, content: Uint8Array, purpose: string | null, day = '261001'): Uint8Array {
  return testSignedData({
    contentType,
    content,
    certificates: [listSigner(purpose)],
    key: listKey,
    scheme,
    identifier: byKeyIdentifier(keyIdentifierOf(listKey)),
    moreAttributes: [signedOn(day)],
  });
}

const bsi = '0.4.0.127.0.7.3.1.5';
const icao = '2.23.136.1.1.7';
const identified = byIssuerAndSerial(issuerName, 17);
function defectList(type: string, parameters: Uint8Array = new Uint8Array(), identifier = identified): Uint8Array {
  const known = sequence(encodeOid(type), parameters);
  const content = sequence(
    encodeInteger(0),
    encodeOid('2.16.840.1.101.3.4.2.1'),
    set(sequence(identifier, set(known))),
  );
  return signed(bsi, content, null);
}
function deviationList(documents: Uint8Array, type: string, parameters: Uint8Array = new Uint8Array()): Uint8Array {
  const described = sequence(encodeTlv(0x13, ascii('as found')), encodeOid(type), parameters);
  const content = sequence(encodeInteger(0), testDigestAlgorithm('SHA-256'), set(sequence(documents, set(described))));
  return signed(icao, content, '2.23.136.1.1.8');
}
const readBsi = (bytes: Uint8Array) => readDefectList(bytes, { pinnedSigner: listSigner(null), at: today });
const readIcao = (bytes: Uint8Array) => readDefectList(bytes, { pinnedSigner: authority, at: today });

describe('a defect list', () => {
  it('of the BSI is read by its pinned signer', () => {
    const { list, stored } = readBsi(defectList(`${bsi}.1.1`, encodeTlv(0x0a, Uint8Array.of(4))));
    expect(list).toMatchObject({ kind: 'defect-list', date: '2026-10-01', signer: 'CN=Defect List Signer,C=UT' });
    expect(list.entries).toMatchObject([
      { signer: { serialNumber: '11' }, defects: [{ kind: 'signer-revoked', status: 4 }] },
    ]);
    expect(openDefectList(stored)).toEqual(list);
  });

  it('of the ICAO is read by its pinned signer’s issuer', () => {
    const documents = sequence(
      encodeTlv(0x80, ascii('P<')),
      encodeTlv(0xa1, issuerName, encodeInteger(17)),
      encodeTlv(0xa4, encodeTlv(0x18, ascii('20200101000000Z')), encodeTlv(0x18, ascii('20201231000000Z'))),
      encodeTlv(0xa5, encodeTlv(0x13, ascii('AB123<')), encodeTlv(0x13, ascii('AB124'))),
    );
    const { list } = readIcao(deviationList(documents, `${icao}.2.1`, encodeTlv(0xa0, encodeInteger(3))));
    expect(list.entries).toEqual([
      {
        signer: { issuerKey: parseCertificate(authority).subject.key, serialNumber: '11' },
        certificateHash: null,
        documentType: 'P',
        issued: { first: '2020-01-01', last: '2020-12-31' },
        documentNumbers: new Set(['AB123', 'AB124']),
        defects: [
          {
            kind: 'data-group-malformed',
            type: `${icao}.2.1`,
            description: 'as found',
            status: null,
            replacement: null,
            dataGroups: [3],
          },
        ],
      },
    ]);
  });

  const good = defectList(`${bsi}.2.2`);
  it.each([
    [
      'of another signer',
      () => readDefectList(good, { pinnedSigner: documentSigner, at: today }),
      'trust.signer-not-pinned',
    ],
    [
      'whose signer’s issuer alone is pinned',
      () => readDefectList(good, { pinnedSigner: authority, at: today }),
      'trust.signer-not-pinned',
    ],
    ['with bytes after it', () => readBsi(concat(good, Uint8Array.of(0))), 'trust.trailing-bytes'],
    ['with a byte changed', () => readBsi(changed(good, good.length - 4)), 'trust.signature-wrong'],
    [
      'that is a master list',
      () => readBsi(signed('2.23.136.1.1.2', encodeTlv(0x30), null)),
      'trust.content-type-wrong',
    ],
    // Today is 2026-11-23.
    [
      'signed after today (RFC 5280 §5.1.2.4 for revocation lists)',
      () => readBsi(signed(bsi, sequence(encodeInteger(0)), null, '261125')),
      'trust.list-ahead',
    ],
    ['of a later version', () => readBsi(signed(bsi, sequence(encodeInteger(1)), null)), 'defects.malformed'],
    [
      'with a replacement that is no certificate',
      () => readBsi(defectList(`${bsi}.1.2`, sequence())),
      'defects.malformed',
    ],
    ['that is nothing', () => readBsi(new Uint8Array()), 'defects.malformed'],
    [
      'of deviations, by a signer for master lists',
      () => readIcao(signed(icao, encodeTlv(0x30), '2.23.136.1.1.3')),
      'trust.signer-invalid',
    ],
  ])('%s is refused', (_what, act, code) => {
    expect(failureCodeOf(act)).toBe(code);
  });
});

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

const signer = parseCertificate(documentSigner);
const subject: DefectSubject = {
  signer,
  states: ['UTO', 'UT'],
  documentType: 'P',
  documentNumber: 'AB123',
  issued: '2020-06-01' as PlainDate,
};
const noCondition: DefectEntry = {
  signer: null,
  certificateHash: null,
  documentType: null,
  issued: null,
  documentNumbers: null,
  defects: [],
};
const named = { issuerKey: signer.issuer.key, serialNumber: signer.serialNumber };
const year = (first: string, last: string) => ({ first: first as PlainDate, last: last as PlainDate });

const day = { at: today, limits: standardLimits };

describe('whom an entry means', () => {
  it.each([
    ['no condition', {}, false],
    ['the signer', { signer: named }, true],
    ['another signer', { signer: { ...named, serialNumber: '12' } }, false],
    ['the certificate', { certificateHash: { hash: 'SHA-256', value: digest('SHA-256', signer.der) } }, true],
    ['another certificate', { certificateHash: { hash: 'SHA-256', value: fromHex('00') } }, false],
    ['a document type', { documentType: 'P' }, true],
    ['another document type', { documentType: 'ID' }, false],
    ['a time', { issued: year('2020-01-01', '2020-06-01') }, true],
    ['another time', { issued: year('2020-01-01', '2020-05-31') }, false],
    ['a number', { documentNumbers: new Set(['AB123']) }, true],
    ['another number', { documentNumbers: new Set(['AB12']) }, false],
    ['signer and another time', { signer: named, issued: year('2019-01-01', '2019-12-31') }, false],
    ['signer and number', { signer: named, documentNumbers: new Set(['AB123']) }, true],
  ] as const)('%s', (_what, conditions, expected) => {
    expect(applies({ ...noCondition, ...conditions } as DefectEntry, subject)).toBe(expected);
  });

  it('may be somebody whose day of issue was not read, where all else fits', () => {
    const unread = { ...subject, issued: null };
    const entry = { ...noCondition, issued: year('2020-01-01', '2020-12-31') };
    expect(applies({ ...entry, signer: named }, unread)).toBe('unknown');
    expect(applies({ ...entry, signer: { ...named, serialNumber: '12' } }, unread)).toBe(false);
    expect(applies(entry, unread)).toBe(false);
  });

  it('is nobody of whom nothing was read', () => {
    const unread = { signer: null, states: [], documentType: null, documentNumber: null, issued: null };
    for (const condition of [
      { signer: named },
      { documentNumbers: new Set(['']) },
      { issued: year('0001-01-01', '9999-12-31') },
      { documentType: 'P' },
    ])
      expect(applies({ ...noCondition, ...condition }, unread)).toBe(false);
  });
});

const list = { digest: 'aa', kind: 'defect-list', signer: 'S', date: '2026-10-01' as PlainDate } as const;
const defect = (kind: Defect['kind'], status: number | null = null): Defect => ({
  kind,
  type: '1.2.3',
  description: null,
  status,
  replacement: null,
  dataGroups: [],
});
const ids: readonly CheckId[] = [
  'passive-authentication.hashes',
  'passive-authentication.signature',
  'passive-authentication.path',
  'passive-authentication.revocation',
  'chip-authentication',
  'active-authentication',
  'pace-cam',
  'document.mrz',
  'document.data-groups',
  'common-data.consistency',
];
const all = (result: Check['result']): Check[] =>
  ids.map((id) => (result === 'successful' ? successful(id) : unsuccessful(id, result, 'check.aborted')));
const finding = (...defects: Defect[]) => ({
  lists: [list],
  fresh: true,
  known: defects.map((each) => ({ defect: each, list, named: true })),
  possible: [],
  ...day,
});
const resultsOf = (checks: readonly Check[]) => Object.fromEntries(checks.map(({ id, result }) => [id, result]));

describe('what a defect makes of the checks (TR-03135-1 §5.8.2)', () => {
  it.each([
    [
      'chip-authentication-key-compromised',
      null,
      'successful',
      { 'chip-authentication': 'failed', 'pace-cam': 'failed' },
      'failed',
    ],
    ['active-authentication-key-compromised', null, 'successful', { 'active-authentication': 'failed' }, 'failed'],
    ['active-authentication-key-compromised', null, 'not supported', {}, 'failed'],
    ['security-object-wrong', null, 'failed', { 'passive-authentication.signature': 'undetermined' }, 'undetermined'],
    ['security-object-wrong', null, 'successful', {}, 'undetermined'],
    ['data-group-hash-wrong', null, 'failed', { 'passive-authentication.hashes': 'undetermined' }, 'undetermined'],
    ['mrz-wrong', null, 'failed', { 'document.mrz': 'undetermined' }, 'undetermined'],
    ['data-group-malformed', null, 'failed', { 'document.data-groups': 'undetermined' }, 'undetermined'],
    ['files-inconsistent', null, 'failed', { 'common-data.consistency': 'undetermined' }, 'undetermined'],
    ['card-security-malformed', null, 'failed', { 'pace-cam': 'undetermined' }, 'undetermined'],
    [
      'signer-revoked',
      4,
      'successful',
      { 'passive-authentication.path': 'failed', 'passive-authentication.revocation': 'failed' },
      'failed',
    ],
    [
      'signer-revoked',
      1,
      'successful',
      { 'passive-authentication.path': 'undetermined', 'passive-authentication.revocation': 'undetermined' },
      'undetermined',
    ],
    ['signer-revoked', 32, 'failed', {}, 'undetermined'],
    ['unknown', null, 'successful', {}, 'undetermined'],
  ] as const)('%s (status %s), where all were %s', (kind, status, before, changes, own) => {
    const checks = applyDefects(all(before), finding(defect(kind, status)));
    const expected = { ...resultsOf(all(before)), ...changes, 'document.defects': own };
    expect(resultsOf(checks)).toEqual(expected);
    for (const id of Object.keys(changes))
      expect(checks.find((check) => check.id === id)?.detail.defect).toMatchObject({ kind, list: 'aa', was: before });
  });

  it('never makes a check better than it was but from failed to undetermined', () => {
    const rank = { failed: 0, undetermined: 1, successful: 2 } as Record<string, number>;
    const kinds: Defect['kind'][] = ['signer-revoked', 'security-object-wrong', 'mrz-wrong', 'data-group-hash-wrong'];
    for (const before of checkResults)
      for (const kind of kinds)
        for (const check of applyDefects(all(before), finding(defect(kind)))) {
          if (check.id === 'document.defects') continue;
          if (check.result === 'successful') expect(before).toBe('successful');
          if ((rank[check.result] ?? 0) > (rank[before] ?? 0))
            expect([before, check.result]).toEqual(['failed', 'undetermined']);
        }
  });

  it('is one check of its own', () => {
    const of = (given: Parameters<typeof applyDefects>[1], checks = all('successful')) =>
      applyDefects(checks, given).find(({ id }) => id === 'document.defects');
    expect(of(finding())?.result).toBe('successful');
    expect(of({ ...finding(), fresh: false })?.code).toBe('trust.list-stale');
    const { known: possible } = finding(defect('active-authentication-key-compromised', null));
    expect(of({ ...finding(), possible })).toMatchObject({
      result: 'undetermined',
      code: 'defects.known',
      detail: { known: [], possible: [{ kind: 'active-authentication-key-compromised', list: 'aa' }] },
    });
    expect(of({ lists: [], fresh: false, known: [], possible: [], ...day })?.code).toBe('defects.no-list');
    const specimen = [successful('passive-authentication.path', { training: true })];
    expect(of({ lists: [], fresh: false, known: [], possible: [], ...day }, specimen)?.code).toBe('check.not-made');
  });
});

// 9303-3 §7: a state tells of its own documents; what it says without naming a signer fits whatever anybody has made.
describe('for whose documents a list speaks', () => {
  const byType = encodeTlv(0x80, ascii('P'));
  const forgedPhoto = deviationList(sequence(byType), `${icao}.2.2`);
  const forgedSignature = deviationList(sequence(byType), `${icao}.2.3`);
  const stored = [readIcao(forgedPhoto).stored, readIcao(forgedSignature).stored];
  const found = (states: readonly string[], lists = stored) =>
    findDefects(lists, { ...subject, signer: null, states }, day);

  it.each([
    ['its own', ['UTO'], 2, 0],
    ['its own, as both say', ['UTO', 'UT'], 2, 0],
    ['another state’s', ['SWE'], 0, 0],
    ['its own as the page says, another’s as the signer says', ['UTO', 'SE'], 0, 0],
    ['one of a code that no table has', ['ZZX'], 0, 2],
    ['one of which nobody knows the state', [], 0, 0],
  ])('a deviation list: %s', (_what, states, known, possible) => {
    const finding = found(states);
    expect([finding.known.length, finding.possible.length]).toEqual([known, possible]);
    expect(finding.lists.length).toBe(known + possible);
    expect(finding.fresh).toBe(known + possible > 0);
  });

  it('a defect list: for every state’s, by a signer that was pinned for it', () => {
    const bsiList = readBsi(defectList(`${bsi}.2.2`)).stored;
    expect(findDefects([bsiList], { ...subject, states: ['SWE', 'SE'] }, day).known).toMatchObject([{ named: true }]);
    for (const use of ['2.23.136.1.1.3', '2.23.136.1.1.8']) {
      const content = sequence(encodeInteger(0), encodeOid('2.16.840.1.101.3.4.2.1'), set());
      const byAnother = signed(bsi, content, use);
      expect(failureCodeOf(() => readDefectList(byAnother, { pinnedSigner: listSigner(use), at: today }))).toBe(
        'trust.signer-invalid',
      );
    }
  });

  it('an entry that names no signer never excuses hashes, signature, path or a proof of the chip', () => {
    const known = ['data-group-hash-wrong', 'security-object-wrong', 'authority-encoding-wrong', 'mrz-wrong'] as const;
    const entries = known.map((kind) => ({ defect: defect(kind), list, named: false }));
    const checks = applyDefects(all('failed'), { ...finding(), known: entries });
    expect(resultsOf(checks)).toEqual({
      ...resultsOf(all('failed')),
      'document.mrz': 'undetermined',
      'document.defects': 'undetermined',
    });
  });

  it('an entry that names no signer still tells of a key that others have', () => {
    const [compromised] = finding(defect('active-authentication-key-compromised')).known;
    if (compromised === undefined) throw new Error('no defect');
    const checks = applyDefects(all('successful'), { ...finding(), known: [{ ...compromised, named: false }] });
    expect(resultsOf(checks)).toMatchObject({ 'active-authentication': 'failed', 'document.defects': 'failed' });
  });

  it('what was noted beside a list does not say what it is, whose and of which day', () => {
    const [first] = stored;
    if (first === undefined) throw new Error('no list');
    expect(failureCodeOf(() => openDefectList({ ...first, kind: 'defect-list' }))).toBe('trust.content-type-wrong');
    const redated = openDefectList({ ...first, date: '2030-01-01' as PlainDate });
    expect([redated.date, redated.state]).toEqual(['2026-10-01', 'UT']);
  });
});

describe('a document in a defect list', () => {
  const groups = new Map([1, 2].map((number) => [number, Uint8Array.of(0x60 + number, 0)]));
  const verify = async (
    delivered: Uint8Array,
    lists: readonly Uint8Array[],
    { read = readBsi, key = documentKey, photo = groups } = {},
  ) => {
    const trust = new TrustStore(await trainingIssuers([authority], today));
    for (const bytes of lists) trust.addDefectList(read(bytes).stored);
    const object = testSignedData({
      contentType: '2.23.136.1.1.1',
      content: testLdsSecurityObject('SHA-256', groups),
      certificates: [delivered],
      key,
      scheme,
      identifier: identified,
    });
    const securityObject = encodeTlv(0x77, object);
    const around = { dataGroups: photo, issuer: 'UTO', documentCode: 'P', at: today, trust };
    return verifySecurityObject({ kind: 'EF.SOD', securityObject, ...around });
  };

  it('is found by its signer', async () => {
    const answer = await verify(documentSigner, [
      defectList(`${bsi}.1.3`),
      defectList(`${bsi}.2.2`, undefined, byIssuerAndSerial(issuerName, 18)),
    ]);
    expect(answer.defects.known.map(({ defect: { kind } }) => kind)).toEqual(['chip-authentication-key-compromised']);
    expect(answer.defects).toMatchObject({ fresh: true, lists: [{ date: '2026-10-01' }, {}] });
  });

  it('is verified by the certificate that takes a malformed one’s place', async () => {
    const wrong = testDocumentSigner(documentKey, listKey, scheme);
    const code = async (lists: readonly Uint8Array[]) =>
      (await verify(wrong, lists)).checks.find(({ id }) => id === 'passive-authentication.path')?.result;
    expect(await code([])).not.toBe('successful');
    expect(await code([defectList(`${bsi}.1.2`, documentSigner)])).toBe('successful');
  });

  it('with a forged signature or photo stays refused where a list knows its type alone', async () => {
    const byType = encodeTlv(0x80, ascii('P'));
    const lists = ['2.2', '2.3', '1.2', '1.3'].map((type) => deviationList(sequence(byType), `${icao}.${type}`));
    const photo = new Map([...groups, [2, Uint8Array.of(0x62, 1, 0)]]);
    const answer = await verify(documentSigner, lists, { read: readIcao, key: listKey, photo });
    expect(answer.defects.known).toHaveLength(4);
    expect(resultsOf(applyDefects(answer.checks, answer.defects))).toMatchObject({
      'passive-authentication.hashes': 'failed',
      'passive-authentication.signature': 'failed',
    });
  });

  it('is not found in a list that is too old to say that nothing is known', () => {
    const stored = readBsi(defectList(`${bsi}.2.2`, undefined, byIssuerAndSerial(issuerName, 18))).stored;
    const at = '2027-10-02' as PlainDate;
    expect(findDefects([stored], subject, { at, limits: standardLimits }).fresh).toBe(false);
  });
});
