import { describe, expect, it } from 'vitest';
import { curveNames } from '../../../main/crypto/curves.ts';
import { type HashName, hashNames } from '../../../main/crypto/hash.ts';
import { unsignedToBytes } from '../../../main/crypto/points.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat } from '../../../main/result/bytes.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import type { PassiveAuthentication } from '../../../main/trust/types.ts';
import { today } from '../../support/german-list.ts';
import {
  allSuccessful,
  dataGroups,
  ldsSecurityObject,
  type Made,
  results,
  securityObject,
  verifyMade as verify,
} from '../../support/made-security-object.ts';
import {
  attribute,
  byIssuerAndSerial,
  byKeyIdentifier,
  ecTestKey,
  extensions,
  keyIdentifierOf,
  nameOf,
  rsaTestKey,
  type TestKey,
  type TestScheme,
  testAuthority,
  testDigestAlgorithm,
  testDocumentSigner,
  testLdsSecurityObject,
  testName,
  testSignatureAlgorithm,
} from '../../support/test-pki.ts';
import { trainingIssuers } from '../../support/training-issuers.ts';

const rsa = rsaTestKey();
const p256 = ecTestKey('P-256');
const ecdsa: TestScheme = { scheme: 'ECDSA', hash: 'SHA-256' };

describe('every algorithm of Doc 9303', () => {
  it.each(curveNames.flatMap((curve) => (['named', 'explicit'] as const).map((form) => [curve, form] as const)))(
    'ECDSA over %s, %s',
    async (curve, form) => {
      const [key, issuerKey] = [ecTestKey(curve, form), ecTestKey(curve, form, 8)];
      // Curves of 192 bits are verified as all others, and then told to be too short (9303-12 §4.1.6).
      const short = 'undetermined signature.key-short';
      const expected = curve.includes('192') ? { ...allSuccessful, signature: short, path: short } : allSuccessful;
      expect(results(await verify({ key, issuerKey, scheme: ecdsa }))).toEqual(expected);
      // The key of another certificate under the same names does not pass.
      const forged = await verify({ key, issuerKey, scheme: ecdsa, data: { key: ecTestKey(curve, form, 9) } });
      expect(results(forged).signature).toBe('failed security-object.signature-wrong');
    },
  );

  it.each(hashNames)('%s with ECDSA, plain ECDSA, PKCS#1 and PSS', async (hash) => {
    const schemes: readonly (readonly [TestKey, TestScheme])[] = [
      [p256, { scheme: 'ECDSA', hash }],
      [p256, { scheme: 'ECDSA', hash, plain: true }],
      [rsa, { scheme: 'RSASSA-PKCS1-v1_5', hash }],
      [rsa, { scheme: 'RSASSA-PSS', hash, saltLength: 32 }],
    ];
    // SHA-1 is verified as all others, and then told to be broken (9303-12 §4.1.6.4): this document is of 2020.
    const broken = 'undetermined signature.hash-broken';
    const expected =
      hash === 'SHA-1' ? { ...allSuccessful, hashes: broken, signature: broken, path: broken } : allSuccessful;
    for (const [key, scheme] of schemes) expect(results(await verify({ key, scheme }))).toEqual(expected);
  });

  it.each([0, 20, 32, 48, 64, 100])('PSS with a salt of %i bytes', async (saltLength) => {
    const scheme: TestScheme = { scheme: 'RSASSA-PSS', hash: 'SHA-256', saltLength };
    expect(results(await verify({ key: rsa, scheme }))).toEqual(allSuccessful);
  });

  it('PSS with another hash in the mask', async () => {
    const scheme: TestScheme = { scheme: 'RSASSA-PSS', hash: 'SHA-256', maskHash: 'SHA-1', saltLength: 20 };
    expect(results(await verify({ key: rsa, scheme }))).toEqual(allSuccessful);
  });

  it('an RSA document under an EC issuer, and the other way round', async () => {
    const pss: TestScheme = { scheme: 'RSASSA-PSS', hash: 'SHA-256', saltLength: 32 };
    expect(results(await verify({ key: rsa, scheme: pss, issuerKey: p256, issuerScheme: ecdsa }))).toEqual(
      allSuccessful,
    );
    expect(results(await verify({ key: p256, scheme: ecdsa, issuerKey: rsa, issuerScheme: pss }))).toEqual(
      allSuccessful,
    );
  });

  it('a digest algorithm that differs from the one in the signature algorithm', async () => {
    const digestAlgorithm: HashName = 'SHA-384';
    expect(results(await verify({ key: p256, scheme: ecdsa, data: { digestAlgorithm } }))).toEqual(allSuccessful);
  });

  it('an algorithm that nobody knows is undetermined, not wrong', async () => {
    const bytes = securityObject({ key: p256, scheme: ecdsa });
    // ecdsa-with-SHA256 (1.2.840.10045.4.3.2) becomes 1.2.840.10045.4.3.9, in the signer info only.
    const at = Buffer.from(bytes).lastIndexOf(Buffer.from('06082a8648ce3d040302', 'hex')) + 9;
    bytes[at] = 9;
    const answer = await verify({ key: p256, scheme: ecdsa }, { securityObject: bytes });
    expect(results(answer)).toMatchObject({
      signature: 'undetermined security-object.algorithm-unknown',
      path: 'successful',
    });
  });

  it('a certificate with unknown parameters is undetermined, not wrong', async () => {
    // prime256v1 (1.2.840.10045.3.1.7) becomes 1.2.840.10045.3.1.99.
    const bytes = securityObject({ key: p256, scheme: ecdsa });
    const at = Buffer.from(bytes).indexOf(Buffer.from('06082a8648ce3d030107', 'hex')) + 9;
    bytes[at] = 99;
    const answer = await verify({ key: p256, scheme: ecdsa }, { securityObject: bytes });
    expect(results(answer).signature).toBe('undetermined certificate.parameters-unknown');
  });
});

describe('what a security object may leave out or say in its own way', () => {
  const made: Made = { key: p256, issuerKey: ecTestKey('P-256', 'named', 8), scheme: ecdsa };

  it('names its signer by key identifier', async () => {
    const identifier = Uint8Array.of(1, 2, 3);
    const signer = {
      extensions: [extensions.digitalSignature(), extensions.subjectKeyIdentifier(identifier)],
    };
    const answer = await verify({ ...made, signer, data: { identifier: byKeyIdentifier(identifier) } });
    expect(results(answer)).toEqual(allSuccessful);
  });

  it('has the old object identifier of LDS security objects', async () => {
    expect(results(await verify({ ...made, data: { contentType: '1.3.27.1.1.1' } }))).toEqual(allSuccessful);
  });

  it('has further signed attributes', async () => {
    const moreAttributes = [attribute('1.2.3.4', encodeTlv(0x30))];
    expect(results(await verify({ ...made, data: { moreAttributes } }))).toEqual(allSuccessful);
  });

  it.each([
    ['the same', ecdsa, ecdsa.hash, 'successful'],
    ['another signature algorithm', { ...ecdsa, hash: 'SHA-512' } as const, ecdsa.hash, 'failed'],
    ['another digest algorithm', ecdsa, 'SHA-384' as const, 'failed'],
  ])('repeats its algorithms under the signature: %s', async (_what, scheme, hash, expected) => {
    // CMSAlgorithmProtection (RFC 6211 §2): [1] is an implicit tag.
    const signature = testSignatureAlgorithm(scheme).slice();
    signature[0] = 0xa1;
    const protection = encodeTlv(0x30, testDigestAlgorithm(hash), signature);
    const moreAttributes = [attribute('1.2.840.113549.1.9.52', protection)];
    const answer = results(await verify({ ...made, data: { moreAttributes } }));
    expect(answer.signature).toBe(expected === 'failed' ? 'failed security-object.algorithm-differs' : expected);
  });

  it('has no signed attributes', async () => {
    expect(results(await verify({ ...made, data: { signedAttributes: false } }))).toEqual({
      ...allSuccessful,
      signature: 'undetermined security-object.attributes-missing',
    });
    const forged = { signedAttributes: false, key: ecTestKey('P-256', 'named', 9) };
    expect(results(await verify({ ...made, data: forged })).signature).toBe('failed security-object.signature-wrong');
  });

  it('lacks its signer’s certificate: undetermined', async () => {
    expect(results(await verify({ ...made, data: { certificates: [] } }))).toMatchObject({
      hashes: 'successful',
      signature: 'undetermined security-object.signer-missing',
      path: 'undetermined security-object.signer-missing',
    });
  });

  it('lacks its signer’s certificate and has the wrong digest: failed', async () => {
    const data = { certificates: [], messageDigest: new Uint8Array(32) };
    expect(results(await verify({ ...made, data })).signature).toBe('failed security-object.digest-wrong');
  });

  it('holds other certificates beside its signer’s', async () => {
    const other = testDocumentSigner(ecTestKey('P-384'), p256, ecdsa, { serialNumber: 18 });
    const own = testDocumentSigner(p256, ecTestKey('P-256', 'named', 8), ecdsa);
    expect(results(await verify({ ...made, data: { certificates: [other, own] } }))).toEqual(allSuccessful);
    const others = await verify({ ...made, data: { certificates: [other, other] } });
    expect(results(others).signature).toBe('undetermined security-object.signer-missing');
  });

  it('writes its issuer’s name with other string types, case and order', async () => {
    const pairs = [
      ['2.5.4.3', 'TEST  csca'],
      ['2.5.4.6', 'ut'],
    ] as const;
    const issuer = testName(pairs, true);
    const signer = {
      issuer,
      extensions: [extensions.digitalSignature()],
    };
    expect(results(await verify({ ...made, signer }))).toEqual(allSuccessful);
  });
});

describe('what a security object must not do', () => {
  const made: Made = { key: p256, issuerKey: ecTestKey('P-256', 'named', 8), scheme: ecdsa };

  it.each([
    ['a wrong message digest', { messageDigest: new Uint8Array(32) }, 'failed security-object.digest-wrong'],
    [
      'another content type in its attributes',
      { attributeContentType: '1.2.3' },
      'failed security-object.content-type-wrong',
    ],
    ['another content type altogether', { contentType: '2.23.136.1.1.2' }, 'failed security-object.content-type-wrong'],
    // TR-03105-5 LDS_H_24: what ICAO, BSI or PKCS #7 name is that thing and no other.
    ['another thing of ICAO’s', { contentType: '2.23.136.1.1.9' }, 'failed security-object.content-type-wrong'],
    ['a list of BSI’s', { contentType: '0.4.0.127.0.7.3.1.5' }, 'failed security-object.content-type-wrong'],
    ['SignedData in it', { contentType: '1.2.840.113549.1.7.2' }, 'failed security-object.content-type-wrong'],
    [
      'plain data that is something else',
      { contentType: '1.2.840.113549.1.7.1', content: encodeTlv(0x31) },
      'failed security-object.content-type-wrong',
    ],
    [
      'two message digests',
      { moreAttributes: [attribute('1.2.840.113549.1.9.4', encodeTlv(0x04))] },
      'failed security-object.malformed',
    ],
    ['an empty signature', { signature: new Uint8Array() }, 'failed security-object.signature-wrong'],
    ['a signature of zeros', { signature: new Uint8Array(64) }, 'failed security-object.signature-wrong'],
  ] as const)('have %s', async (_what, data, expected) => {
    expect(results(await verify({ ...made, data })).signature).toBe(expected);
  });

  it('have anything after it', async () => {
    const longer = concat(securityObject(made), Uint8Array.of(0));
    expect(results(await verify(made, { securityObject: longer }))).toEqual({
      hashes: 'undetermined security-object.malformed',
      signature: 'failed security-object.malformed',
      path: 'undetermined security-object.malformed',
      validity: 'undetermined security-object.malformed',
      country: 'undetermined security-object.malformed',
    });
  });

  it('list a data group twice', async () => {
    const content = testLdsSecurityObject('SHA-256', dataGroups);
    const twice = content.slice();
    // The number of the second entry.
    twice[twice.length - 35] = 1;
    const answer = await verify({ ...made, data: { content: twice } });
    expect(results(answer)).toMatchObject({
      hashes: 'undetermined security-object.malformed',
      signature: 'successful',
    });
  });

  it('pass signed attributes of something else off as content', async () => {
    const content = encodeTlv(0x31, attribute('1.2.3', encodeTlv(0x05)));
    const data = { contentType: '0.4.0.127.0.7.3.2.1', content, signedAttributes: false } as const;
    const file = securityObject({ ...made, data }).subarray(4);
    const answer = await verify(made, { kind: 'EF.CardSecurity', securityObject: file });
    expect(results(answer).signature).toBe('failed security-object.malformed');
  });

  it('have an RSA signature padded with garbage (Bleichenbacher 2006)', async () => {
    const key = rsaTestKey(3072, 3);
    const scheme: TestScheme = { scheme: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    expect(results(await verify({ key, scheme }))).toEqual({
      ...allSuccessful,
      signature: 'undetermined signature.exponent-small',
    });
    // 00 01 FF 00 and then anything: a number whose cube begins like a padded block can be found without the key.
    const length = 384;
    const prefix = concat(Uint8Array.of(0, 1), new Uint8Array(8).fill(0xff), Uint8Array.of(0));
    const block = BigInt(
      `0x${Buffer.from(concat(prefix, new Uint8Array(length - prefix.length).fill(0xff))).toString('hex')}`,
    );
    let root = 1n << (BigInt(length * 8 - 1) / 3n);
    for (let step = root; step > 0n; step >>= 1n) {
      while (root ** 3n > block) root -= step;
      while ((root + step) ** 3n <= block) root += step;
    }
    const recovered = unsignedToBytes(root ** 3n, length);
    expect(recovered.subarray(0, prefix.length)).toEqual(prefix);
    const forged = await verify({ key, scheme, data: { signature: unsignedToBytes(root, length) } });
    expect(results(forged).signature).toBe('failed security-object.signature-wrong');
  });

  it.each([0, 1, 200, 255])('have a PSS signature with byte %i changed', async (at) => {
    const scheme: TestScheme = { scheme: 'RSASSA-PSS', hash: 'SHA-256', saltLength: 32 };
    const bytes = securityObject({ key: rsa, scheme });
    bytes[bytes.length - 256 + at] = (bytes[bytes.length - 256 + at] ?? 0) ^ 1;
    const answer = await verify({ key: rsa, scheme }, { securityObject: bytes });
    expect(results(answer)).toMatchObject({ signature: 'failed security-object.signature-wrong', path: 'successful' });
  });

  it('have a PSS signature with another salt length than it states', async () => {
    const stated: TestScheme = { scheme: 'RSASSA-PSS', hash: 'SHA-256', saltLength: 32 };
    const used: TestScheme = { ...stated, saltLength: 20 };
    const bytes = Buffer.from(securityObject({ key: rsa, scheme: used }));
    const salt = Buffer.from('a203020114', 'hex');
    expect(bytes.lastIndexOf(salt)).toBeGreaterThan(0);
    bytes[bytes.lastIndexOf(salt) + 4] = 32;
    const answer = await verify({ key: rsa, scheme: used }, { securityObject: new Uint8Array(bytes) });
    expect(results(answer).signature).toBe('failed security-object.signature-wrong');
  });
});

describe('the path from signer to issuer', () => {
  const issuerKey = ecTestKey('P-256', 'named', 8);
  const made: Made = { key: p256, issuerKey, scheme: ecdsa };
  const withoutIdentifier = { extensions: [extensions.digitalSignature()] };

  async function storeOf(...anchors: Uint8Array[]): Promise<TrustStore> {
    return new TrustStore(await trainingIssuers(anchors, today));
  }

  it('is found by name and trial where the signer names no key', async () => {
    expect(results(await verify({ ...made, signer: withoutIdentifier }))).toEqual(allSuccessful);
  });

  it('is found among several keys under one name', async () => {
    const others = [1, 2, 3].map((seed) => testAuthority(ecTestKey('P-256', 'named', seed), ecdsa));
    const trust = await storeOf(...others, testAuthority(issuerKey, ecdsa));
    expect(results(await verify({ ...made, signer: withoutIdentifier }, { trust }))).toEqual(allSuccessful);
  });

  it('is found among several keys under one key identifier', async () => {
    const identifier = keyIdentifierOf(issuerKey);
    const doubled = {
      extensions: [
        extensions.certificateSigning(),
        extensions.authority(),
        extensions.subjectKeyIdentifier(identifier),
        extensions.authorityKeyIdentifier(identifier),
      ],
    };
    const trust = await storeOf(
      testAuthority(ecTestKey('P-256', 'named', 1), ecdsa, doubled),
      testAuthority(ecTestKey('P-384', 'explicit'), ecdsa, doubled),
      testAuthority(issuerKey, ecdsa),
    );
    expect(results(await verify(made, { trust }))).toEqual(allSuccessful);
  });

  it('does not fail, but stays open, where a search by name finds no fitting key', async () => {
    const trust = await storeOf(testAuthority(ecTestKey('P-256', 'named', 1), ecdsa));
    const answer = await verify({ ...made, signer: withoutIdentifier }, { trust });
    expect(results(answer).path).toBe('undetermined certificate.issuer-unknown');
  });

  it('fails where the key that the signer names did not sign it', async () => {
    const forged = { issuerKey: ecTestKey('P-256', 'named', 9) };
    expect(results(await verify({ ...made, signer: forged })).path).toBe('failed certificate.signature-wrong');
  });

  it('is not begun by what the chip brings along', async () => {
    const own = testAuthority(issuerKey, ecdsa);
    const data = { certificates: [own, testDocumentSigner(p256, issuerKey, ecdsa)] };
    const trust = await storeOf(testAuthority(ecTestKey('P-384'), ecdsa));
    expect(results(await verify({ ...made, data }, { trust }))).toMatchObject({
      signature: 'successful',
      path: 'undetermined certificate.issuer-unknown',
    });
  });

  it.each([
    ['without key usage', [], 'failed certificate.usage-wrong'],
    ['that signs certificates only', [extensions.certificateSigning()], 'failed certificate.usage-wrong'],
    ['that is an authority', [extensions.digitalSignature(), extensions.authority()], 'failed certificate.usage-wrong'],
    [
      'that signs master lists',
      [extensions.digitalSignature(), extensions.extendedKeyUsage('2.23.136.1.1.3')],
      'failed certificate.usage-wrong',
    ],
    [
      'that signs master lists and names the document type (9303-12 §7.1: no extended key usage)',
      [
        extensions.digitalSignature(),
        extensions.extendedKeyUsage('2.23.136.1.1.3'),
        extensions.documentTypes('P', 'PP'),
      ],
      'failed certificate.usage-wrong',
    ],
    [
      'for identity cards',
      [extensions.digitalSignature(), extensions.documentTypes('ID', 'AR')],
      'failed certificate.usage-wrong',
    ],
    ['for every passport', [extensions.digitalSignature(), extensions.documentTypes('P')], 'successful'],
  ])('judges a signer %s', async (_what, list, expected) => {
    const answer = await verify({ ...made, signer: { extensions: list } }, { documentCode: 'PP' });
    expect(results(answer).path).toBe(expected);
  });

  it('fails where the issuer may not sign certificates', async () => {
    const identifier = keyIdentifierOf(issuerKey);
    const authority = { extensions: [extensions.digitalSignature(), extensions.subjectKeyIdentifier(identifier)] };
    expect(results(await verify({ ...made, authority })).path).toBe('failed certificate.not-authority');
  });

  it.each(['SWE', 'D'])('does not let the issuer speak for %s', async (issuer) => {
    expect(results(await verify(made, { issuer })).country).toBe('failed certificate.country-differs');
  });

  it('compares the three-letter code of the signer too', async () => {
    const signer = { extensions: [extensions.digitalSignature(), extensions.locality('SWE')] };
    expect(results(await verify({ ...made, signer })).country).toBe('failed certificate.country-differs');
  });
});

// 9303-10 §4.6.2.3 names one identifier. Published Chinese objects write id-data (gmrtd commit 0184941), Dutch ones of the
// producer Sdu have their own (gmrtd#425): the content is an LDSSecurityObject all the same.
describe('a security object whose content goes by another name', () => {
  const made: Made = { key: p256, issuerKey: ecTestKey('P-256', 'named', 8), scheme: ecdsa };
  const data = '1.2.840.113549.1.7.1';
  const sdu = '1.2.528.1.1006.1.20.1';
  const named = (country: string, contentType: string): Made => {
    const name = nameOf(country, 'Test CSCA');
    const authority = { subject: name, issuer: name };
    return {
      ...made,
      authority,
      signer: { issuer: name, subject: nameOf(country, 'Test Signer') },
      data: { contentType, identifier: byIssuerAndSerial(name, 17) },
    };
  };
  const signatureOf = (answer: PassiveAuthentication) =>
    answer.checks.find(({ id }) => id === 'passive-authentication.signature');

  it.each([
    ['CN', 'CHN', data],
    ['NL', 'NLD', sdu],
  ])('is right where it is known of %s, and says so', async (country, issuer, contentType) => {
    const answer = await verify(named(country, contentType), { issuer });
    expect(results(answer)).toEqual(allSuccessful);
    expect(signatureOf(answer)?.detail).toMatchObject({
      contentType,
      remarks: ['security-object.content-type-deviates'],
    });
  });

  it.each([
    ['SE', 'SWE', data],
    ['CN', 'CHN', sdu],
    ['NL', 'NLD', data],
    ['CN', 'CHN', '1.2.3.4'],
  ])('is left open elsewhere, never forged: %s', async (country, issuer, contentType) => {
    const answer = await verify(named(country, contentType), { issuer });
    expect(results(answer)).toEqual({
      ...allSuccessful,
      signature: 'undetermined security-object.content-type-deviates',
    });
  });

  it('is forged where the signature is', async () => {
    const china = named('CN', data);
    const forged = { ...china, data: { ...china.data, key: ecTestKey('P-256', 'named', 9) } };
    expect(results(await verify(forged, { issuer: 'CHN' })).signature).toBe('failed security-object.signature-wrong');
    const altered = { ...china, data: { ...china.data, attributeContentType: ldsSecurityObject } };
    expect(results(await verify(altered, { issuer: 'CHN' })).signature).toBe(
      'failed security-object.content-type-wrong',
    );
  });

  it('says nothing for another state than its signer’s', async () => {
    expect(results(await verify(named('CN', data), { issuer: 'SWE' })).country).toBe(
      'failed certificate.country-differs',
    );
  });
});
