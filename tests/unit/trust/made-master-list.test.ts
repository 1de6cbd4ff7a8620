import { describe, expect, it } from 'vitest';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat } from '../../../main/result/bytes.ts';
import { type MasterListContext, readMasterList } from '../../../main/trust/lists/master-list.ts';
import { pinCertificate } from '../../../main/trust/lists/pin-certificate.ts';
import { parseCertificate, publicKeyFingerprint } from '../../../main/trust/x509/certificate.ts';
import { emptyContext } from '../../support/german-list.ts';
import { rejection } from '../../support/rejection.ts';
import {
  attribute,
  byKeyIdentifier,
  ecTestKey,
  extensions,
  issueTestCertificate,
  keyIdentifierOf,
  nameOf,
  type TestCertificate,
  type TestKey,
  type TestScheme,
  type TestSignedData,
  testAuthority,
  testMasterListContent,
  testSignedData,
} from '../../support/test-pki.ts';

const scheme: TestScheme = { scheme: 'ECDSA', hash: 'SHA-256' };
const anchorKey = ecTestKey('P-256', 'named', 1);
const signerKey = ecTestKey('P-256', 'named', 2);
const anchor = testAuthority(anchorKey, scheme);
const identifier = keyIdentifierOf(signerKey);

function listSigner(change: Partial<TestCertificate> = {}): Uint8Array {
  return issueTestCertificate({
    subject: nameOf('UT', 'Test List Signer'),
    issuer: nameOf('UT', 'Test CSCA'),
    key: signerKey,
    issuerKey: anchorKey,
    scheme,
    extensions: [
      extensions.digitalSignature(),
      extensions.extendedKeyUsage('2.23.136.1.1.3'),
      extensions.subjectKeyIdentifier(identifier),
    ],
    ...change,
  });
}

const signedOn = (day: string): Uint8Array =>
  attribute('1.2.840.113549.1.9.5', encodeTlv(0x17, new TextEncoder().encode(`${day}120000Z`)));
const signingTime = signedOn('260101');

function list(
  certificates: readonly Uint8Array[],
  change: Partial<TestSignedData> = {},
  signer: Uint8Array = listSigner(),
): Uint8Array {
  return testSignedData({
    contentType: '2.23.136.1.1.2',
    content: testMasterListContent(certificates),
    certificates: [signer],
    key: signerKey,
    scheme,
    identifier: byKeyIdentifier(identifier),
    moreAttributes: [signingTime],
    ...change,
  });
}

const read = (bytes: Uint8Array, change: Partial<MasterListContext> = {}) =>
  readMasterList(bytes, { ...emptyContext, pinnedSigner: anchor, ...change });
const codeOf = async (bytes: Uint8Array, change: Partial<MasterListContext> = {}) =>
  (await rejection(read(bytes, change)))?.code ?? 'none';

const named = (name: string, key: TestKey, change: Partial<TestCertificate> = {}): Uint8Array =>
  testAuthority(key, scheme, { subject: nameOf('UT', name), issuer: nameOf('UT', name), ...change });

describe('a master list', () => {
  it('is taken with what is right in it', async () => {
    const imported = await read(list([anchor, named('B', ecTestKey('brainpoolP384r1', 'explicit'))]));
    expect(imported).toMatchObject({ read: 2, new: 2, verified: 2, orphans: [], refused: [], listDate: '2026-01-01' });
    expect(imported.certificates.map(({ sources }) => sources)).toEqual(
      [0, 1].map(() => [{ kind: 'master-list', digest: imported.digest, date: '2026-01-01' }]),
    );
  });

  it.each([
    [
      'of another signer',
      list([anchor], {}, listSigner({ issuerKey: ecTestKey('P-256', 'named', 3) })),
      'trust.signer-not-pinned',
    ],
    // RFC 5280 §5.1.2.4 for revocation lists; today is 2026-11-23, and clocks differ by a day at most.
    ['signed after today', list([anchor], { moreAttributes: [signedOn('261125')] }), 'trust.list-ahead'],
    ['signed with another key', list([anchor], { key: anchorKey }), 'trust.signature-wrong'],
    ['with a wrong digest', list([anchor], { messageDigest: new Uint8Array(32) }), 'trust.signature-wrong'],
    ['with another content type', list([anchor], { contentType: '1.2.3' }), 'trust.content-type-wrong'],
    [
      'with another content type in the attributes',
      list([anchor], { attributeContentType: '1.2.3' }),
      'trust.content-type-wrong',
    ],
    ['without its signer’s certificate', list([anchor], { certificates: [] }), 'trust.list-malformed'],
    ['without signed attributes', list([anchor], { signedAttributes: false }), 'trust.list-malformed'],
    ['with bytes after it', concat(list([anchor]), Uint8Array.of(0)), 'trust.trailing-bytes'],
    [
      'with bytes after its content',
      list([anchor], { content: concat(testMasterListContent([anchor]), Uint8Array.of(5, 0)) }),
      'trust.list-malformed',
    ],
    ['cut short', list([anchor]).slice(0, -1), 'trust.list-malformed'],
    ['that is none', new TextEncoder().encode('not a list'), 'trust.list-malformed'],
    ['that is empty', new Uint8Array(), 'trust.list-malformed'],
    [
      'of more certificates than any state has',
      list(Array.from({ length: 2_001 }, () => encodeTlv(0x30))),
      'trust.list-too-large',
    ],
    ['of more than 16 MB', new Uint8Array(16 * 1024 * 1024 + 1), 'trust.list-too-large'],
  ])('%s is refused', async (_what, bytes, expected) => {
    expect(await codeOf(bytes)).toBe(expected);
  });

  it.each([
    ['without the purpose', [extensions.digitalSignature(), extensions.subjectKeyIdentifier(identifier)]],
    [
      'for another purpose',
      [extensions.extendedKeyUsage('2.23.136.1.1.8'), extensions.subjectKeyIdentifier(identifier)],
    ],
    [
      'that may sign certificates only',
      [
        extensions.certificateSigning(),
        extensions.extendedKeyUsage('2.23.136.1.1.3'),
        extensions.subjectKeyIdentifier(identifier),
      ],
    ],
  ])('whose signer is %s is refused', async (_what, signerExtensions) => {
    expect(await codeOf(list([anchor], {}, listSigner({ extensions: signerExtensions })))).toBe('trust.signer-invalid');
  });

  it('whose signer was not valid on the day of signing is refused', async () => {
    for (const period of [{ notAfter: '251231' }, { notBefore: '260102' }])
      expect(await codeOf(list([anchor], {}, listSigner(period)))).toBe('trust.signer-invalid');
    // It may have run out since.
    expect(await codeOf(list([anchor], {}, listSigner({ notAfter: '260102' })))).toBe('none');
    // Without a signing time the day of the import counts.
    const untimed = list([anchor], { moreAttributes: [] }, listSigner({ notAfter: '260102' }));
    expect(await codeOf(untimed)).toBe('trust.signer-invalid');
  });

  it('is refused with a pinned file that is no certificate', async () => {
    expect(await codeOf(list([anchor]), { pinnedSigner: new Uint8Array(9) })).toBe('trust.pin-not-certificate');
  });

  it('loses single certificates that cannot be believed, and keeps the others', async () => {
    const unreadable = encodeTlv(0x30, encodeTlv(0x05));
    const unknownKey = named('unknown key', ecTestKey('P-256'), { publicKeyInfo: encodeTlv(0x30) });
    const wrong = named('wrong', ecTestKey('P-256', 'named', 5), { issuerKey: ecTestKey('P-256', 'named', 6) });
    const imported = await read(list([anchor, unreadable, unknownKey, wrong]));
    expect(imported).toMatchObject({ read: 4, new: 1, verified: 1, orphans: [] });
    expect(imported.refused.map(({ subject, code }) => [subject, code])).toEqual([
      ['', 'certificate.malformed'],
      ['CN=unknown key,C=UT', 'certificate.malformed'],
      ['CN=wrong,C=UT', 'certificate.signature-wrong'],
    ]);
  });

  it('counts a certificate that stands in it twice once', async () => {
    expect(await read(list([anchor, anchor]))).toMatchObject({ read: 2, new: 1, verified: 1 });
  });

  it('verifies a link certificate by the key of another name, and an orphan as soon as its issuer comes', async () => {
    const [oldKey, newKey] = [ecTestKey('P-256', 'named', 11), ecTestKey('P-384', 'explicit', 12)];
    const old = named('old', oldKey);
    const link = issueTestCertificate({
      subject: nameOf('UT', 'new'),
      issuer: nameOf('UT', 'old'),
      key: newKey,
      issuerKey: oldKey,
      scheme,
      extensions: [extensions.certificateSigning(), extensions.authorityKeyIdentifier(keyIdentifierOf(oldKey))],
    });
    const orphaned = await read(list([link]));
    expect(orphaned).toMatchObject({ new: 1, verified: 0 });
    expect(orphaned.orphans.map(({ subject, code }) => [subject, code])).toEqual([
      ['CN=new,C=UT', 'certificate.issuer-unknown'],
    ]);
    const later = await read(list([link, old]), { known: orphaned.certificates });
    expect(later).toMatchObject({ new: 1, known: 1, verified: 2, orphans: [] });
    const verified = later.certificates.find(({ summary }) => summary.subject === 'CN=new,C=UT');
    expect(verified?.verifiedBy).toBe(parseCertificate(old).fingerprint);
    expect(verified?.summary.kind).toBe('link');
  });

  it('does not bring in keys that are published with the specimens, in whatever form they are written', async () => {
    const [one, other] = (['named', 'explicit'] as const).map((form) => ecTestKey('brainpoolP256r1', form, 20));
    if (one === undefined || other === undefined) throw new Error('no keys');
    const refusedPublicKeys = new Set([publicKeyFingerprint(parseCertificate(named('one', one)))]);
    const imported = await read(list([anchor, named('one', one), named('other', other)]), { refusedPublicKeys });
    expect(imported.certificates).toHaveLength(1);
    expect(imported.refused.map(({ subject, code }) => [subject, code])).toEqual([
      ['CN=one,C=UT', 'certificate.training-issuer'],
      ['CN=other,C=UT', 'certificate.training-issuer'],
    ]);
    for (const key of [one, other]) {
      const failure = await rejection(pinCertificate(named('any', key), { ...emptyContext, refusedPublicKeys }));
      expect(failure?.code).toBe('certificate.training-issuer');
    }
  });
});

describe('a certificate that an administrator vouches for', () => {
  const codeOfPin = async (bytes: Uint8Array) => (await rejection(pinCertificate(bytes, emptyContext)))?.code ?? 'none';

  it.each([
    ['a root', anchor, 'none'],
    ['no authority', listSigner(), 'certificate.not-authority'],
    ['a root with a wrong signature', named('wrong', signerKey, { issuerKey: anchorKey }), 'trust.not-self-signed'],
    [
      'a root that may not sign certificates',
      named('x', signerKey, { extensions: [extensions.authority(), extensions.digitalSignature()] }),
      'certificate.not-authority',
    ],
    ['no certificate', new Uint8Array(3), 'trust.pin-not-certificate'],
    ['a master list', list([anchor]), 'trust.pin-not-certificate'],
  ])('that is %s', async (_what, bytes, expected) => {
    expect(await codeOfPin(bytes)).toBe(expected);
  });
});
