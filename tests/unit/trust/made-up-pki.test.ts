import { describe, expect, it } from 'vitest';
import { curveByName } from '../../../main/crypto/curves.ts';
import { digest } from '../../../main/crypto/hash.ts';
import { encodePoint, publicPoint, unsignedToBytes } from '../../../main/crypto/points.ts';
import { recoverRsa } from '../../../main/crypto/rsa.ts';
import { encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat, fromHex } from '../../../main/result/bytes.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { importCertificates } from '../../../main/trust/lists/certificate-import.ts';
import { verifySecurityObject } from '../../../main/trust/path/passive-authentication.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { storedRevocationList } from '../../../main/trust/revocation/revocation-import.ts';
import { parseRevocationList } from '../../../main/trust/revocation/revocation-list.ts';
import { emptyContext, today } from '../../support/german-list.ts';
import {
  attribute,
  byIssuerAndSerial,
  byKeyIdentifier,
  ecParameters,
  ecTestKey,
  extension,
  extensions,
  keyIdentifierOf,
  nameOf,
  rsaTestKey,
  type TestCertificate,
  type TestKey,
  type TestScheme,
  type TestSignedData,
  testAuthority,
  testDocumentSigner,
  testLdsSecurityObject,
  testName,
  testSign,
  testSignedData,
} from '../../support/test-pki.ts';
import { type TestRevocationList, testRevocationList } from '../../support/test-revocation-list.ts';

const ecdsa: TestScheme = { scheme: 'ECDSA', hash: 'SHA-256' };
const pss = (saltLength: number): TestScheme => ({ scheme: 'RSASSA-PSS', hash: 'SHA-256', saltLength });
const pkcs1: TestScheme = { scheme: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const authorityKey = ecTestKey('P-256', 'named', 1);
const signerKey = ecTestKey('P-256', 'named', 2);
const otherKey = ecTestKey('P-256', 'named', 3);
const explicitKey = ecTestKey('brainpoolP384r1', 'explicit', 4);
const rsa = rsaTestKey();
const rsa3 = rsaTestKey(2048, 3);
const issuerName = nameOf('UT', 'Test CSCA');
const groups = new Map([1, 2].map((number) => [number, Uint8Array.of(0x60 + number, 0)]));
const ds = extensions.digitalSignature();
const aki = (key: TestKey) => extensions.authorityKeyIdentifier(keyIdentifierOf(key));

interface Variation {
  readonly issuerKey?: TestKey;
  readonly issuerScheme?: TestScheme;
  readonly signerKey?: TestKey;
  readonly scheme?: TestScheme;
  readonly signer?: Partial<TestCertificate>;
  readonly authority?: Partial<TestCertificate>;
  /** In place of the one authority. */
  readonly authorities?: readonly Uint8Array[];
  readonly certificates?: readonly Uint8Array[];
  readonly data?: Partial<TestSignedData>;
  readonly lists?: readonly Partial<TestRevocationList>[];
  readonly at?: string;
}

/** Signature, path, revocation, validity and country, each by its first letter, failures with their code. */
async function judge(variation: Variation): Promise<string> {
  const { issuerKey = authorityKey, signerKey: key = signerKey, scheme = ecdsa, at = today } = variation;
  const issuerScheme = variation.issuerScheme ?? (issuerKey.kind === 'RSA' ? pkcs1 : ecdsa);
  const anchors = variation.authorities ?? [testAuthority(issuerKey, issuerScheme, variation.authority)];
  const source = { kind: 'master-list', digest: 'list', date: '2026-10-01' as PlainDate } as const;
  const { certificates } = await importCertificates(anchors, source, emptyContext);
  const trust = new TrustStore(certificates);
  for (const list of variation.lists ?? [{}]) {
    const made = testRevocationList({ key: issuerKey, scheme: issuerScheme, ...list });
    trust.addRevocationList(storedRevocationList(parseRevocationList(made)));
  }
  const object = testSignedData({
    contentType: '2.23.136.1.1.1',
    content: testLdsSecurityObject('SHA-256', groups),
    certificates: variation.certificates ?? [testDocumentSigner(key, issuerKey, issuerScheme, variation.signer)],
    key,
    scheme,
    identifier: byIssuerAndSerial(issuerName, 17),
    ...variation.data,
  });
  const answer = await verifySecurityObject({
    kind: 'EF.SOD',
    securityObject: encodeTlv(0x77, object),
    dataGroups: groups,
    issuer: 'UTO',
    documentCode: 'P',
    at: at as PlainDate,
    trust,
  });
  const words = answer.checks
    .filter(({ id }) => !id.endsWith('.hashes'))
    .map(({ result, code }) => (code === null ? result : `${result} ${code}`));
  return words.every((word) => word === 'successful')
    ? 'all successful'
    : words.filter((word) => word !== 'successful').join(', ');
}

const spaced = testName(
  [
    ['2.5.4.3', '  TEST   csca '],
    ['2.5.4.6', 'ut'],
  ],
  true,
);
const lowerCase = nameOf('ut', 'Test CSCA');
const sameName = testAuthority(otherKey, ecdsa, { serialNumber: 8 });
const root = testAuthority(authorityKey, ecdsa);
const link = testAuthority(otherKey, ecdsa, { issuerKey: authorityKey, serialNumber: 9 });
const renamed = nameOf('UT', 'Renamed CSCA');
const renaming = testAuthority(otherKey, ecdsa, { issuerKey: authorityKey, serialNumber: 9, subject: renamed });
// As Spain's: the link names its issuer by a number that the issuer's own certificate does not bear.
const renumbered = testAuthority(otherKey, ecdsa, {
  issuerKey: authorityKey,
  serialNumber: 9,
  issuer: renamed,
  extensions: [extensions.certificateSigning(), extensions.authority(), aki(authorityKey)],
});
const underNewName: Variation = {
  signer: { issuer: renamed },
  data: { identifier: byIssuerAndSerial(renamed, 17) },
  lists: [{ issuer: renamed }],
};
const orphan = testAuthority(otherKey, ecdsa, {
  issuerKey: explicitKey,
  issuer: nameOf('UT', 'Gone CSCA'),
  extensions: [extensions.certificateSigning(), extensions.authority(), aki(explicitKey)],
});
const signing = extensions.certificateSigning();
const noAuthority = extension('2.5.29.19', encodeTlv(0x30), true);
const issuerWith = (...list: Uint8Array[]): Variation => ({
  authority: { extensions: [...list, extensions.subjectKeyIdentifier(keyIdentifierOf(authorityKey))] },
});
const twoCountries = testName([
  ['2.5.4.6', 'UT'],
  ['2.5.4.6', 'SE'],
  ['2.5.4.3', 'Test CSCA'],
]);
const issuedByOther: Variation = { issuerKey: otherKey };
const noIdentifiers = { extensions: [extensions.certificateSigning(), extensions.authority()] };

const genuine: readonly (readonly [string, Variation])[] = [
  ['ECDSA', {}],
  ['explicit brainpool parameters', { issuerKey: explicitKey, signerKey: ecTestKey('brainpoolP256r1', 'explicit') }],
  ['the curve named at the issuer, spelt out at the signer', { signerKey: ecTestKey('P-256', 'explicit') }],
  ['RSA PKCS#1 issuer', { issuerKey: rsa }],
  ['RSA with e = 3', { issuerKey: rsa3 }],
  ...[0, 20, 32, 64].map(
    (salt) => [`PSS with ${salt} bytes of salt`, { issuerKey: rsa, issuerScheme: pss(salt) }] as const,
  ),
  ['EC signer of an RSA issuer, RSA signer of an EC one', { signerKey: rsa, scheme: pss(32) }],
  ['ECDSA as plain numbers', { scheme: { ...ecdsa, plain: true } as TestScheme }],
  [
    'SHA-1 of old days at the issuer',
    { issuerScheme: { scheme: 'ECDSA', hash: 'SHA-1' }, signer: { notBefore: '170101' } },
  ],
  ['another digest beside the signature', { data: { digestAlgorithm: 'SHA-384' } }],
  [
    'the issuer’s name in another order, case and string type',
    { authority: { subject: spaced, issuer: spaced }, lists: [{ issuer: issuerName }] },
  ],
  ['a country in lower case', { signer: { issuer: lowerCase } }],
  ['no key identifiers', { authority: noIdentifiers, signer: { extensions: [ds] } }],
  ['one name, two keys', { authorities: [sameName, root] }],
  [
    'one name, two keys, no identifiers',
    { authorities: [sameName, testAuthority(authorityKey, ecdsa, noIdentifiers)], signer: { extensions: [ds] } },
  ],
  [
    'one identifier on two keys',
    {
      authorities: [
        testAuthority(otherKey, ecdsa, {
          extensions: [
            extensions.certificateSigning(),
            extensions.authority(),
            extensions.subjectKeyIdentifier(keyIdentifierOf(authorityKey)),
          ],
        }),
        root,
      ],
    },
  ],
  ['a roll-over: the link’s key signs', { ...issuedByOther, authorities: [root, link] }],
  [
    'a roll-over: the new key signs the list for the old one',
    { authorities: [root, link], lists: [{ key: otherKey }] },
  ],
  ['a change of name: a link bears both', { ...underNewName, authorities: [root, renaming] }],
  [
    'a name under which the key signed another of its certificates',
    { ...underNewName, authorities: [root, renumbered] },
  ],
  ['a serial number of 0', { signer: { serialNumber: 0 }, data: { identifier: byIssuerAndSerial(issuerName, 0) } }],
  [
    'a serial number below 0',
    { signer: { serialNumber: -5 }, data: { identifier: byIssuerAndSerial(issuerName, -5) } },
  ],
  ['a document type of one letter', { signer: { extensions: [ds, aki(authorityKey), extensions.documentTypes('P')] } }],
  [
    'the signer named by its key',
    {
      signer: { extensions: [ds, aki(authorityKey), extensions.subjectKeyIdentifier(keyIdentifierOf(signerKey))] },
      data: { identifier: byKeyIdentifier(keyIdentifierOf(signerKey)) },
    },
  ],
  ['several certificates', { certificates: [sameName, testDocumentSigner(signerKey, authorityKey, ecdsa)] }],
  [
    'a three-letter locality that fits',
    { signer: { extensions: [ds, aki(authorityKey), extensions.locality('UTO')] } },
  ],
  // RFC 5280 §4.2: what is not critical and cannot be read may be ignored.
  ...['2.5.29.17', '2.5.29.18', '2.5.29.16', '2.23.136.1.1.6.2', '2.5.29.31'].map(
    (name): readonly [string, Variation] => [
      `an unreadable ${name} at the signer`,
      { signer: { extensions: [ds, aki(authorityKey), extension(name, Uint8Array.of(0x30, 0x7f))] } },
    ],
  ),
  [
    'key identifiers written bare at both ends, as Lithuania’s',
    {
      authority: {
        extensions: [signing, extensions.authority(), extension('2.5.29.14', keyIdentifierOf(authorityKey))],
      },
      signer: { extensions: [ds, extension('2.5.29.35', keyIdentifierOf(authorityKey))] },
    },
  ],
  [
    'a link that is no authority beside the self-signed certificate of its key, as CM, IT, LU, PT and TR list them',
    {
      authorities: [
        testAuthority(authorityKey, ecdsa, {
          issuerKey: otherKey,
          issuer: nameOf('UT', 'Gone CSCA'),
          serialNumber: 5,
          notAfter: '450101',
          extensions: [signing, noAuthority, aki(otherKey)],
        }),
        testAuthority(otherKey, ecdsa, { subject: nameOf('UT', 'Gone CSCA'), issuer: nameOf('UT', 'Gone CSCA') }),
        root,
      ],
    },
  ],
  ['the old object identifier', { data: { contentType: '1.3.27.1.1.1' } }],
];

const spoilt: readonly (readonly [string, Variation, string])[] = [
  [
    'no certificate',
    { certificates: [] },
    'undetermined security-object.signer-missing, undetermined security-object.signer-missing, undetermined security-object.signer-missing, undetermined security-object.signer-missing, undetermined security-object.signer-missing',
  ],
  ['revoked', { lists: [{ revoked: [17] }] }, 'failed certificate.revoked'],
  ['no list, and no place named for one', { lists: [] }, 'undetermined revocation.not-published'],
  ['an old list', { lists: [{ nextUpdate: '261110' }] }, 'undetermined revocation.stale'],
  ['a stranger’s list', { lists: [{ key: explicitKey }] }, 'undetermined revocation.signature-wrong'],
  ['an expired signer', { signer: { notAfter: '260101' } }, 'failed certificate.expired'],
  [
    'an expired issuer',
    { authority: { notAfter: '260101' } },
    'undetermined revocation.signer-invalid, failed certificate.expired',
  ],
  ['a signer of tomorrow', { signer: { notBefore: '270101' } }, 'failed certificate.not-yet-valid'],
  [
    'a signer that may sign certificates only',
    { signer: { extensions: [extensions.certificateSigning(), aki(authorityKey)] } },
    'failed certificate.usage-wrong',
  ],
  [
    'a signer for other documents',
    { signer: { extensions: [ds, aki(authorityKey), extensions.documentTypes('I')] } },
    'failed certificate.usage-wrong',
  ],
  [
    'a master list signer',
    { signer: { extensions: [ds, aki(authorityKey), extensions.extendedKeyUsage('2.23.136.1.1.3')] } },
    'failed certificate.usage-wrong',
  ],
  [
    'another country’s locality',
    { signer: { extensions: [ds, aki(authorityKey), extensions.locality('SWE')] } },
    'failed certificate.country-differs',
  ],
  [
    'something critical',
    { signer: { extensions: [ds, aki(authorityKey), extension('1.2.3.4', encodeTlv(0x05), true)] } },
    'undetermined certificate.usage-wrong',
  ],
  // RFC 5280 §6.1.4(k), (n), (o) and 9303-12 §7.1: who vouches for a signer is an authority.
  [
    'an issuer without basic constraints',
    issuerWith(signing),
    'failed certificate.not-authority, undetermined revocation.signer-invalid',
  ],
  [
    'an issuer that is no authority',
    issuerWith(signing, noAuthority),
    'failed certificate.not-authority, undetermined revocation.signer-invalid',
  ],
  [
    'an issuer that signs lists only',
    issuerWith(extensions.keyUsage(0x02), extensions.authority()),
    'failed certificate.not-authority',
  ],
  [
    'an issuer with something critical',
    issuerWith(signing, extensions.authority(), extension('1.2.3.4', encodeTlv(0x05), true)),
    'undetermined certificate.not-authority, undetermined revocation.signer-invalid',
  ],
  [
    'two countries in the issuer’s name',
    {
      authority: { subject: twoCountries, issuer: twoCountries },
      signer: { issuer: twoCountries },
      data: { identifier: byIssuerAndSerial(twoCountries, 17) },
      lists: [{ issuer: twoCountries }],
    },
    'undetermined certificate.country-unknown',
  ],
  [
    'an issuer’s name that nothing connects with the key that signed',
    underNewName,
    'undetermined certificate.issuer-differs, undetermined revocation.issuer-unknown',
  ],
  [
    'an orphan’s key',
    { ...issuedByOther, authorities: [orphan] },
    'undetermined certificate.issuer-orphan, undetermined certificate.issuer-orphan, undetermined certificate.issuer-orphan',
  ],
  [
    'the list of certificates too old',
    { at: '2027-10-02', lists: [{ thisUpdate: '270901', nextUpdate: '271201' }] },
    'undetermined trust.list-stale',
  ],
];

describe('a made-up PKI', () => {
  it.each(genuine)('%s: genuine', async (_what, variation) => {
    expect(await judge(variation)).toBe('all successful');
  });

  it.each(spoilt)('%s', async (_what, variation, expected) => {
    expect(await judge(variation)).toBe(expected);
  });

  it('has forty variations at least', () => {
    expect(genuine.length + spoilt.length).toBeGreaterThanOrEqual(40);
  });
});

const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
};

describe('forged documents', () => {
  const content = testLdsSecurityObject('SHA-256', groups);
  const curve = curveByName('P-256');
  // What the signer signs of this content (RFC 5652 §5.4).
  const signedAttributes = encodeTlv(
    0x31,
    attribute('1.2.840.113549.1.9.3', encodeOid('2.23.136.1.1.1')),
    attribute('1.2.840.113549.1.9.4', encodeTlv(0x04, digest('SHA-256', content))),
  );
  const forgedSigner = testDocumentSigner(signerKey, otherKey, ecdsa, {
    extensions: [ds, aki(authorityKey)],
  });
  const strangers: readonly (readonly [string, Variation])[] = [
    ['signed by another key', { data: { key: otherKey } }],
    ['a certificate of another key under the right name', { certificates: [forgedSigner] }],
    ['a certificate of its own', { certificates: [testDocumentSigner(signerKey, signerKey, ecdsa)] }],
    [
      'content that was not signed',
      {
        data: {
          content: testLdsSecurityObject('SHA-256', new Map([[1, Uint8Array.of(1)]])),
          messageDigest: new Uint8Array(32),
        },
      },
    ],
    ['another content type in the attributes', { data: { attributeContentType: '2.23.136.1.1.2' } }],
    ['another content type', { data: { contentType: '2.23.136.1.1.2' } }],
    ['an empty signature', { data: { signature: new Uint8Array() } }],
    [
      'r = s = 0',
      { data: { signature: encodeTlv(0x30, encodeTlv(0x02, Uint8Array.of(0)), encodeTlv(0x02, Uint8Array.of(0))) } },
    ],
    [
      'a state that is not the document’s',
      {
        authority: { subject: nameOf('SE', 'Test CSCA'), issuer: nameOf('SE', 'Test CSCA') },
        signer: { issuer: nameOf('SE', 'Test CSCA') },
        data: { identifier: byIssuerAndSerial(nameOf('SE', 'Test CSCA'), 17) },
      },
    ],
    ['a certificate whose signature is another’s', { signer: { signature: new Uint8Array(71).fill(0x30) } }],
  ];
  const attacks: readonly (readonly [string, Variation])[] = [
    ...strangers,
    // One byte of each of fifty places in the signer's certificate, spread over all of it.
    ...Array.from({ length: 50 }, (_, index): readonly [string, Variation] => {
      const certificate = testDocumentSigner(signerKey, authorityKey, ecdsa);
      const at = 4 + Math.floor(((certificate.length - 5) * index) / 50);
      return [`byte ${at} of the signer’s certificate changed`, { certificates: [flipped(certificate, at)] }];
    }),
  ];

  it.each(attacks)('%s: never all successful', async (_what, variation) => {
    const found = await judge({ data: { content }, ...variation, ...(variation.data ? { data: variation.data } : {}) });
    expect(found).not.toBe('all successful');
    expect(found).toMatch(/signature|path|certificate|security-object|tlv/);
  });

  it('are sixty at least', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(60);
  });

  it('with a generator of the forger’s choice are refused (CVE-2020-0601)', async () => {
    // The forger knows 1 for a private key where the generator is the issuer's public key.
    const publicKey = encodePoint(curve, publicPoint(curve, authorityKey.privateKey));
    const publicKeyInfo = encodeTlv(
      0x30,
      encodeTlv(0x30, encodeOid('1.2.840.10045.2.1'), ecParameters(curve, { generator: publicKey })),
      encodeTlv(0x03, Uint8Array.of(0), publicKey),
    );
    const forged = testAuthority(authorityKey, ecdsa, { publicKeyInfo, serialNumber: 66 });
    const source = { kind: 'master-list', digest: 'list', date: today } as const;
    const imported = await importCertificates([forged], source, emptyContext);
    expect(imported.refused.map(({ code }) => code)).toEqual(['certificate.parameters-altered']);
    // At a signer's: rightly issued or not, nothing that its key signed counts.
    const bytesOf = (issuedBy: TestKey, altered: Uint8Array) =>
      testDocumentSigner(signerKey, issuedBy, ecdsa, { publicKeyInfo: altered, extensions: [ds, aki(authorityKey)] });
    expect(await judge({ certificates: [bytesOf(authorityKey, publicKeyInfo)] })).toBe(
      'failed certificate.parameters-altered',
    );
    expect(await judge({ certificates: [bytesOf(otherKey, publicKeyInfo)] })).toMatch(
      /^failed certificate\.parameters-altered, failed certificate\.signature-wrong/,
    );
  });

  it('with another content type than was signed fail, in the content and in the attributes', async () => {
    const wrong = 'failed security-object.content-type-wrong';
    expect(await judge({ data: { contentType: '2.23.136.1.1.2' } })).toBe(wrong);
    expect(await judge({ data: { attributeContentType: '2.23.136.1.1.2' } })).toBe(wrong);
    expect(await judge({ data: { contentType: '1.3.27.1.1.1', attributeContentType: '2.23.136.1.1.1' } })).toBe(wrong);
  });

  it('with a PSS signature and garbage after it fail', async () => {
    const good: Variation = { signerKey: rsa, scheme: pss(32) };
    expect(await judge(good)).toBe('all successful');
    const genuineSignature = testSign(rsa, pss(32), signedAttributes);
    expect(await judge({ ...good, data: { signature: genuineSignature } })).toBe('all successful');
    for (const garbage of [concat(genuineSignature, Uint8Array.of(0xbc)), concat(Uint8Array.of(0), genuineSignature)])
      expect(await judge({ ...good, data: { signature: garbage } })).toBe('failed security-object.signature-wrong');
  });

  it('with a cube root for a signature fail (Bleichenbacher 2006, e = 3)', async () => {
    // 00 01 FF .. 00, the right DigestInfo, then whatever makes the number a cube.
    const info = fromHex('3031300d060960864801650304020105000420');
    const filler = new Uint8Array(8).fill(0xff);
    const hashed = digest('SHA-256', signedAttributes);
    const prefix = concat(Uint8Array.of(0, 1), filler, Uint8Array.of(0), info, hashed);
    const target = BigInt(`0x${Buffer.from(prefix).toString('hex')}`) << BigInt(8 * (256 - prefix.length));
    let [low, high] = [0n, 1n << 700n];
    while (low < high) {
      const middle = (low + high) >> 1n;
      if (middle ** 3n < target) low = middle + 1n;
      else high = middle;
    }
    const signature = unsignedToBytes(low, 256);
    const recovered = recoverRsa({ modulus: rsa3.modulus, exponent: 3n }, signature) ?? 0n;
    // What a reader that does not look at the end of the block would take for right.
    const shift = BigInt(8 * (256 - prefix.length));
    expect(recovered >> shift).toBe(target >> shift);
    const variation: Variation = { signerKey: rsa3, scheme: pkcs1 };
    // Right, and still told: who forged one such signature knew that the exponent is small.
    expect(await judge(variation)).toBe('undetermined signature.exponent-small');
    expect(await judge({ ...variation, data: { signature } })).toBe('failed security-object.signature-wrong');
  });
});
