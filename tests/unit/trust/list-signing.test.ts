import { describe, expect, it } from 'vitest';
import { encodeTlv } from '../../../main/document/tlv.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { type ListSigning, listSigning, mostSignerCertificates } from '../../../main/trust/lists/list-signing.ts';
import { readMasterList } from '../../../main/trust/lists/master-list.ts';
import type { TrustFileKind } from '../../../main/trust/lists/recognise-file.ts';
import { parseCertificate, publicKeyFingerprint } from '../../../main/trust/x509/certificate.ts';
import { fingerprintOf } from '../../../main/trust/x509/fingerprint.ts';
import { oid } from '../../../main/trust/x509/object-identifiers.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { emptyContext, listFile, listSignerFile, today } from '../../support/german-list.ts';
import { madeAuthorities, madeDocumentSigner, madeListSigner, madeMasterList } from '../../support/made-trust-files.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';
import {
  attribute,
  byIssuerAndSerial,
  ecTestKey,
  extensions,
  issueTestCertificate,
  nameOf,
  testAuthority,
  testSignedData,
} from '../../support/test-pki.ts';

/* By whom a list is signed, before anybody vouches: proved, bounded, and nothing that the list would not be taken with. */

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const day = '2026-11-23' as PlainDate;
const rootName = nameOf('DE', 'Root');
const rootOf = (seed: number) =>
  testAuthority(ecTestKey('P-256', 'named', seed), scheme, { subject: rootName, issuer: rootName });
const nobody: ReadonlySet<string> = new Set();

const look = (kind: TrustFileKind, bytes: Uint8Array, refusedPublicKeys = nobody) =>
  listSigning(kind, bytes, { at: day, refusedPublicKeys });
const parts = ({ certificates }: ListSigning) => certificates.map(({ part, der }) => [part, fingerprintOf(der)]);

function pemOf(der: Uint8Array): Uint8Array {
  const lines = Buffer.from(der).toString('base64');
  return new TextEncoder().encode(`-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`);
}

describe('a master list', () => {
  it('names its signer, and of what lies beside it the issuer alone; each of them, pinned, takes the list', async () => {
    const list = madeMasterList('260101', [...madeAuthorities(3), rootOf(7), madeListSigner]);
    const found = look('master-list', list);
    expect(found).toMatchObject({ kind: 'master-list', date: '2026-01-01' });
    expect(parts(found)).toEqual([
      ['signer', expect.any(String)],
      // Another root of the same name, whose key signed nothing here, vouches for nothing.
      ['issuer', fingerprintOf(madeListSigner)],
    ]);
    for (const { der } of found.certificates)
      expect(await readMasterList(list, { ...emptyContext, at: day, pinnedSigner: der })).toMatchObject({ read: 5 });
  });

  it('that brings no issuer names its signer alone', () => {
    expect(parts(look('master-list', madeMasterList('260101', madeAuthorities(1)))).map(([part]) => part)).toEqual([
      'signer',
    ]);
  });

  it('that brings a link of its issuer beside the root names the root, whose fingerprint publishers tell', () => {
    const link = issueTestCertificate({
      subject: rootName,
      issuer: rootName,
      key: ecTestKey('P-256', 'named', 1),
      issuerKey: ecTestKey('P-256', 'named', 7),
      scheme,
      serialNumber: 70,
      extensions: [extensions.authority(), extensions.certificateSigning()],
    });
    const named = (...brought: readonly Uint8Array[]) =>
      parts(look('master-list', madeMasterList('260101', brought))).slice(1);
    expect(named(link, madeListSigner)).toEqual([['issuer', fingerprintOf(madeListSigner)]]);
    // Alone it would do, and is shown.
    expect(named(link)).toEqual([['issuer', fingerprintOf(link)]]);
  });

  it('of editions of its issuer without end names the first few', () => {
    const editions = Array.from({ length: 30 }, (_, index) =>
      issueTestCertificate({
        subject: rootName,
        issuer: rootName,
        key: ecTestKey('P-256', 'named', 1),
        issuerKey: ecTestKey('P-256', 'named', 1),
        scheme,
        serialNumber: 100 + index,
        extensions: [extensions.authority(), extensions.certificateSigning()],
      }),
    );
    expect(look('master-list', madeMasterList('260101', editions)).certificates).toHaveLength(mostSignerCertificates);
  });

  const good = madeMasterList('260101', madeAuthorities(1));
  const altered = good.slice();
  altered[good.length - 3] = (altered[good.length - 3] ?? 0) ^ 1;

  it.each<[string, TrustFileKind, Uint8Array, string]>([
    ['whose signature is wrong', 'master-list', altered, 'trust.signature-wrong'],
    ['that was signed after today', 'master-list', madeMasterList('270101', []), 'trust.list-ahead'],
    ['that is none', 'master-list', new Uint8Array([0x30, 0]), 'trust.list-malformed'],
    ['with something after it', 'master-list', Uint8Array.from([...good, 0]), 'trust.trailing-bytes'],
  ])('%s names nobody', (_name, kind, bytes, code) => {
    expect(failureCodeOf(() => look(kind, bytes))).toBe(code);
  });
});

describe('a defect list', () => {
  it('names its signer alone: its issuer would not do', () => {
    const key = ecTestKey('P-256', 'named', 3);
    const signer = issueTestCertificate({
      subject: nameOf('DE', 'Defects'),
      issuer: rootName,
      key,
      issuerKey: ecTestKey('P-256', 'named', 1),
      scheme,
      serialNumber: 5,
      extensions: [extensions.digitalSignature()],
    });
    const sha256 = encodeTlv(0x06, Uint8Array.from([0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]));
    const list = testSignedData({
      contentType: oid.defectList,
      content: encodeTlv(0x30, encodeTlv(0x02, new Uint8Array([0])), sha256, encodeTlv(0x31)),
      certificates: [signer, madeListSigner],
      key,
      scheme,
      identifier: byIssuerAndSerial(rootName, 5),
      moreAttributes: [attribute('1.2.840.113549.1.9.5', encodeTlv(0x17, new TextEncoder().encode('260101000000Z')))],
    });
    const found = look('defect-list', list);
    expect(found).toMatchObject({ kind: 'defect-list', date: '2026-01-01' });
    expect(parts(found)).toEqual([['signer', fingerprintOf(signer)]]);
  });
});

describe('a single file', () => {
  it('that is a certificate stands for itself, armoured or not', () => {
    for (const bytes of [madeListSigner, pemOf(madeListSigner)])
      expect(look('certificate', bytes)).toEqual({
        kind: 'certificate',
        date: null,
        certificates: [{ part: 'certificate', der: Uint8Array.from(madeListSigner) }],
      });
    expect(failureCodeOf(() => look('certificate', new Uint8Array([0x30, 0])))).toBe('trust.pin-not-certificate');
  });

  it.each(['ldif', 'revocation-list', 'certificate-bundle', 'station-bundle'] as const)(
    'of the kind %s has no signer that is pinned',
    (kind) => {
      expect(failureCodeOf(() => look(kind, madeDocumentSigner()))).toBe('trust.pin-not-certificate');
    },
  );

  it('with a key that is published is refused, by itself and as the issuer of a list', () => {
    const published = new Set([publicKeyFingerprint(parseCertificate(madeListSigner))]);
    const list = madeMasterList('260101', [madeListSigner]);
    expect(failureCodeOf(() => look('certificate', madeListSigner, published))).toBe('certificate.training-issuer');
    expect(failureCodeOf(() => look('master-list', list, published))).toBe('certificate.training-issuer');
  });
});

describeWithRealData('the German master list of 28 May 2026', () => {
  it('is signed by the signer and the issuer that its publisher names', () => {
    const found = listSigning('master-list', realData(listFile), { at: today, refusedPublicKeys: nobody });
    expect(found.date).toBe('2026-05-28');
    expect(parts(found)).toEqual([
      ['signer', '3305905a014daeb0eabd8449875508f4611a992db331c08117f35654a6e4fc81'],
      ['issuer', fingerprintOf(realData(listSignerFile))],
    ]);
  });
});
