import { describe, expect, it } from 'vitest';
import { encodePoint, multiplyPoint, publicPoint } from '../../../main/crypto/points.ts';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { concat } from '../../../main/result/bytes.ts';
import { isSignedBy, parseCertificate, publicKeyOf } from '../../../main/trust/x509/certificate.ts';
import { summarise } from '../../../main/trust/x509/summarise.ts';
import { failureCodeOf, failureOf } from '../../support/failure-code.ts';
import {
  ecParameters,
  ecTestKey,
  extension,
  extensions,
  issueTestCertificate,
  nameOf,
  rsaTestKey,
  type TestCertificate,
  type TestScheme,
  testAuthority,
  testName,
} from '../../support/test-pki.ts';

const key = ecTestKey('P-256');
const scheme: TestScheme = { scheme: 'ECDSA', hash: 'SHA-256' };
const sequence = (...parts: Uint8Array[]) => encodeTlv(0x30, ...parts);
const bitString = (bytes: Uint8Array) => encodeTlv(0x03, Uint8Array.of(0), bytes);

function made(change: Partial<TestCertificate> = {}) {
  return parseCertificate(testAuthority(key, scheme, change));
}

function ecKeyInfo(parameters: Uint8Array, point: Uint8Array): Uint8Array {
  return sequence(sequence(encodeOid('1.2.840.10045.2.1'), parameters), bitString(point));
}

function rsaKeyInfo(modulus: bigint, exponent: bigint): Uint8Array {
  const encoded = sequence(encodeInteger(modulus), encodeInteger(exponent));
  return sequence(sequence(encodeOid('1.2.840.113549.1.1.1'), encodeTlv(0x05)), bitString(encoded));
}

const keyCode = (publicKeyInfo: Uint8Array) => failureCodeOf(() => publicKeyOf(made({ publicKeyInfo })));

describe('explicit parameters', () => {
  const { curve } = key;
  const point = publicPoint(curve, key.privateKey);
  const encoded = encodePoint(curve, point);

  it('are taken for the known curve that they describe, with or without a cofactor', () => {
    expect(keyCode(ecKeyInfo(ecParameters(curve), encoded))).toBe('none');
    expect(keyCode(ecKeyInfo(ecParameters(curve, { cofactor: null }), encoded))).toBe('none');
    expect(summarise(made({ publicKeyInfo: ecKeyInfo(ecParameters(curve), encoded) }), 'link').keyKind).toBe(
      'EC P-256 (explicit)',
    );
  });

  it('with a generator of the attacker’s choice are refused (CVE-2020-0601)', () => {
    // With the victim’s public key as generator the private key is 1; with its double it is one half.
    const double = multiplyPoint(curve, point, 2n);
    for (const generator of [encoded, encodePoint(curve, double ?? point)])
      expect(keyCode(ecKeyInfo(ecParameters(curve, { generator }), encoded))).toBe('certificate.parameters-altered');
  });

  it('with another cofactor, order or coefficient are refused', () => {
    expect(keyCode(ecKeyInfo(ecParameters(curve, { cofactor: 2n }), encoded))).toBe('certificate.parameters-altered');
    const { parameters } = curve;
    for (const change of [{ n: parameters.n - 2n }, { b: parameters.b + 1n }, { a: parameters.a - 1n }]) {
      const other = { ...curve, parameters: { ...parameters, ...change } };
      expect(keyCode(ecKeyInfo(ecParameters(other), encoded))).toBe('certificate.parameters-altered');
    }
  });

  it('of a curve that nobody knows are unknown, not altered', () => {
    const { p, n } = curve.parameters;
    // brainpoolP256t1 shares field and order with brainpoolP256r1 (RFC 5639 §2.2), and nothing else.
    const twisted = { ...curve, parameters: { ...curve.parameters, a: p - 3n, b: 5n, generator: { x: 3n, y: 4n }, n } };
    expect(keyCode(ecKeyInfo(ecParameters(twisted), encoded))).toBe('certificate.parameters-unknown');
  });

  it('with a compressed generator, or a key in compressed form, are refused', () => {
    const half = encoded.subarray(1, 1 + curve.fieldLength);
    const compressed = concat(Uint8Array.of(2 + Number(point.y & 1n)), half);
    const { x, y } = curve.parameters.generator;
    const generator = encodePoint(curve, { x, y })
      .slice(0, 1 + curve.fieldLength)
      .fill(2 + Number(y & 1n), 0, 1);
    expect(keyCode(ecKeyInfo(ecParameters(curve, { generator }), encoded))).toBe('certificate.parameters-unknown');
    expect(keyCode(ecKeyInfo(encodeOid(curve.oid), compressed))).toBe('certificate.parameters-unknown');
    // The forger's own generator stays one, however it is written.
    expect(keyCode(ecKeyInfo(ecParameters(curve, { generator: compressed }), encoded))).toBe(
      'certificate.parameters-altered',
    );
  });

  it('over a binary field, implicit parameters and unknown names are refused', () => {
    expect(keyCode(ecKeyInfo(encodeOid('1.3.132.0.16'), encoded))).toBe('certificate.parameters-unknown');
    expect(keyCode(ecKeyInfo(encodeTlv(0x05), encoded))).toBe('certificate.malformed');
    const field = sequence(encodeOid('1.2.840.10045.1.2'), encodeInteger(163));
    expect(keyCode(ecKeyInfo(sequence(encodeInteger(1), field), encoded))).toBe('certificate.parameters-unknown');
  });
});

describe('RSA keys', () => {
  const { modulus } = rsaTestKey(1024);

  it.each([
    ['of 8192 bits', 2n ** 8192n - 1n, 65537n, 'none'],
    ['of 8193 bits', 2n ** 8193n - 1n, 65537n, 'certificate.parameters-unknown'],
    ['of 1023 bits', 2n ** 1023n - 1n, 65537n, 'certificate.parameters-unknown'],
    ['that are even', 2n ** 2048n - 2n, 65537n, 'certificate.parameters-unknown'],
    ['that are negative', -(2n ** 2048n) + 1n, 65537n, 'certificate.parameters-unknown'],
    ['with an exponent of 64 bits', modulus, 2n ** 64n - 1n, 'none'],
    ['with an exponent of 65 bits', modulus, 2n ** 64n + 1n, 'certificate.parameters-unknown'],
    ['with exponent 1', modulus, 1n, 'certificate.parameters-unknown'],
    ['with an even exponent', modulus, 65536n, 'certificate.parameters-unknown'],
    ['with exponent 3', modulus, 3n, 'none'],
  ])('%s', (_what, n, exponent, expected) => {
    expect(keyCode(rsaKeyInfo(n, exponent))).toBe(expected);
  });

  it('of another kind altogether are unknown', () => {
    const ed25519 = sequence(sequence(encodeOid('1.3.101.112')), bitString(new Uint8Array(32)));
    expect(keyCode(ed25519)).toBe('certificate.algorithm-unknown');
    expect(summarise(made({ publicKeyInfo: ed25519 }), 'link').keyKind).toBe('unknown');
  });
});

describe('a certificate', () => {
  it('is verified by its issuer’s key and by no other', () => {
    const certificate = made();
    expect(isSignedBy(certificate, publicKeyOf(certificate))).toBe(true);
    const other = parseCertificate(testAuthority(ecTestKey('P-256', 'named', 9), scheme));
    expect(isSignedBy(certificate, publicKeyOf(other))).toBe(false);
    expect(isSignedBy(certificate, publicKeyOf(parseCertificate(testAuthority(ecTestKey('P-384'), scheme))))).toBe(
      false,
    );
  });

  it('has names for people, and names to compare', () => {
    const subject = testName([
      ['2.5.4.6', 'se'],
      ['2.5.4.10', ' Polis,  myndigheten'],
      ['2.5.4.3', 'CSCA "1" + <2>'],
      ['2.5.4.5', '#7'],
      ['1.2.3', 'x'],
    ]);
    const certificate = made({ subject });
    expect(certificate.subject.text).toBe(
      '1.2.3=x,serialNumber=\\#7,CN=CSCA \\"1\\" \\+ \\<2\\>,O=\\ Polis\\,  myndigheten,C=se',
    );
    expect(certificate.subject.country).toBe('SE');
    const same = testName(
      [
        ['2.5.4.5', '#7'],
        ['2.5.4.3', 'csca "1" + <2>'],
        ['2.5.4.10', 'POLIS, Myndigheten '],
        ['2.5.4.6', 'SE'],
        ['1.2.3', 'X'],
      ],
      true,
    );
    expect(made({ subject: same }).subject.key).toBe(certificate.subject.key);
    const parts = (...pairs: [string, string][]) => made({ subject: testName(pairs) }).subject.key;
    // A separator inside a value does not make two names equal.
    expect(parts(['2.5.4.3', 'a","2.5.4.6=b'])).not.toBe(parts(['2.5.4.3', 'a'], ['2.5.4.6', 'b']));
  });

  it.each([
    [0x17, '491231235959Z', '2049-12-31'],
    [0x17, '500101000000Z', '1950-01-01'],
    [0x17, '2611230000Z', '2026-11-23'],
    [0x17, '261123003000+0100', '2026-11-22'],
    [0x17, '261123233000-0100', '2026-11-24'],
    [0x18, '20500228120000Z', '2050-02-28'],
    [0x18, '20261123120000.5Z', '2026-11-23'],
  ])('with time %i %s begins on %s', (tag, text, expected) => {
    const bytes = Buffer.from(testAuthority(key, scheme, { notBefore: '991122' }));
    const old = Buffer.concat([Buffer.of(0x17, 13), Buffer.from('991122000000Z')]);
    const at = bytes.indexOf(old);
    // The lengths around it change: the certificate is put together again.
    const replaced = encodeTlv(tag, new TextEncoder().encode(text));
    const grown = replaced.length - old.length;
    const whole = Buffer.concat([bytes.subarray(0, at), replaced, bytes.subarray(at + old.length)]);
    const validity = at - 2;
    whole[validity + 1] = (whole[validity + 1] ?? 0) + grown;
    for (const header of [2, 6]) whole.writeUInt16BE(whole.readUInt16BE(header) + grown, header);
    expect(parseCertificate(new Uint8Array(whole)).notBefore).toBe(expected);
  });

  it.each(['991322', '990230', '99112x', '9911220'])('with the impossible time %s is malformed', (notBefore) => {
    expect(failureCodeOf(() => made({ notBefore }))).toBe('certificate.malformed');
  });

  it('with a name that is a novel is malformed, with a long serial number not', () => {
    expect(failureCodeOf(() => made({ subject: nameOf('UT', 'x'.repeat(1_024)) }))).toBe('none');
    expect(failureCodeOf(() => made({ subject: nameOf('UT', 'x'.repeat(1_025)) }))).toBe('certificate.malformed');
    const bytes = Buffer.from(testAuthority(key, scheme, { serialNumber: 2 ** 40 }));
    expect(parseCertificate(new Uint8Array(bytes)).serialNumber).toBe('010000000000');
  });

  it('shows nothing of a name that hides or turns text around', () => {
    const { subject } = made({ subject: nameOf('UT', 'a\u202eb\u0000c\nd') });
    expect(subject.text).toBe('CN=a\ufffdb\ufffdc\ufffdd,C=UT');
  });

  it('with an extension twice is malformed', () => {
    const list = [extensions.digitalSignature(), extensions.certificateSigning()];
    const failure = failureOf(() => made({ extensions: list }));
    expect(failure?.code).toBe('certificate.malformed');
    expect(failure?.fields).toEqual({ reason: 'extension twice' });
  });

  it('with different algorithms inside and outside is malformed', () => {
    const bytes = Buffer.from(testAuthority(key, scheme));
    const identifier = Buffer.from('06082a8648ce3d040302', 'hex');
    bytes[bytes.lastIndexOf(identifier) + 9] = 3;
    expect(failureCodeOf(() => parseCertificate(new Uint8Array(bytes)))).toBe('certificate.malformed');
  });

  it('with bytes after it, cut short, or too long is malformed', () => {
    const bytes = testAuthority(key, scheme);
    expect(failureCodeOf(() => parseCertificate(concat(bytes, Uint8Array.of(0))))).toBe('certificate.malformed');
    for (let length = 0; length < bytes.length; length += 7)
      expect(failureCodeOf(() => parseCertificate(bytes.subarray(0, length)))).toBe('certificate.malformed');
    const large = extension('1.2.3', new Uint8Array(70_000));
    expect(failureCodeOf(() => made({ extensions: [large] }))).toBe('certificate.malformed');
  });

  it('tells its critical extensions that are not understood', () => {
    const list = [extension('1.2.3', encodeTlv(0x05), true), extension('1.2.4', encodeTlv(0x05))];
    expect(made({ extensions: list }).extensions.unknownCritical).toEqual(['1.2.3']);
  });

  it('tells the document types that it may sign, in both forms that are met', () => {
    const printable = (text: string) => encodeTlv(0x13, new TextEncoder().encode(text));
    const typesOf = (...list: Uint8Array[]) => made({ extensions: list }).extensions.documentTypes;
    expect(typesOf(extensions.documentTypes('P', 'AR'))).toEqual(['P', 'AR']);
    // As the Philippines write it: the strings alone.
    expect(typesOf(extension('2.23.136.1.1.6.2', sequence(printable('P<'), printable('PO'))))).toEqual(['P', 'PO']);
    expect(typesOf()).toBeNull();
  });

  it('without extensions is read too', () => {
    const bytes = issueTestCertificate({
      subject: nameOf('UT', 'one'),
      issuer: nameOf('UT', 'one'),
      key,
      issuerKey: key,
      scheme,
      extensions: [],
    });
    expect(parseCertificate(bytes).extensions).toMatchObject({ keyUsage: null, basicConstraints: null });
  });
});
