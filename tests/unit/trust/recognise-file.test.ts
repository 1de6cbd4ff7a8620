import { describe, expect, it } from 'vitest';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { recognisableHead, recogniseTrustFile } from '../../../main/trust/lists/recognise-file.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { listFile, listSignerFile } from '../../support/german-list.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';
import { byKeyIdentifier, ecTestKey, testAuthority, testSignedData } from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';

const key = ecTestKey('P-256');
const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const certificate = testAuthority(key, scheme);
const list = testRevocationList({ key, scheme });
const signed = (contentType: string): Uint8Array =>
  testSignedData({
    contentType,
    content: encodeTlv(0x30),
    certificates: [],
    key,
    scheme,
    identifier: byKeyIdentifier(Uint8Array.of(1)),
  });
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const pem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;

describe('what a file is', () => {
  it.each([
    ['certificate', certificate],
    ['revocation-list', list],
    ['master-list', signed('2.23.136.1.1.2')],
    ['deviation-list', signed('2.23.136.1.1.7')],
    ['defect-list', signed('0.4.0.127.0.7.3.1.5')],
    ['certificate-bundle', signed('1.2.840.113549.1.7.1')],
    ['certificate', text(`subject=CN\n${pem('CERTIFICATE', certificate)}`)],
    ['certificate', text(pem('ANYTHING', certificate))],
    ['certificate-bundle', text(pem('CERTIFICATE', certificate).repeat(2))],
    ['revocation-list', text(pem('X509 CRL', list))],
    ['ldif', text('version: 1\n\ndn: c=UT,dc=data\nobjectClass: top\n')],
    ['ldif', text('# a comment\r\nversion: 1\r\ndn:: Yz1VVA==\r\n')],
    ['ldif', text('dn: c=UT\n')],
    ['station-bundle', text('styrk-station-bundle 1\n{}')],
    ['station-bundle', text('styrk-station-bundle 2\n{}')],
  ])('is told by its contents: %s', (kind, bytes) => {
    expect(recogniseTrustFile(bytes)).toBe(kind);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['one byte', Uint8Array.of(0x30)],
    ['a name that promises much', text('master-list.ml')],
    ['a private key', text('-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n')],
    ['signed data of another kind', signed('2.23.136.1.1.1')],
    ['an empty SEQUENCE', encodeTlv(0x30)],
    ['lengths that lie', Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x30, 0x84, 0xff, 0xff, 0xff, 0xff)],
    ['zeros', new Uint8Array(5000)],
  ])('is unknown: %s', (_what, bytes) => {
    expect(failureCodeOf(() => recogniseTrustFile(bytes))).toBe('trust.file-unknown');
  });

  // Text that a careless pattern reads in very many ways before it gives up: the whole test would not end.
  it.each([
    ['a line of number signs', '#'.repeat(4_000)],
    ['versions in one line', 'version: 1'.repeat(400)],
    ['number signs in many lines', '##\n##'.repeat(700)],
    ['blank lines and a mark', `${' \n'.repeat(1_900)}x`],
  ])('is told at once of %s', (_what, characters) => {
    expect(failureCodeOf(() => recogniseTrustFile(text(characters)))).toBe('trust.file-unknown');
  });

  it('is never more than a word for bytes of any kind', () => {
    for (const whole of [certificate, list, signed('2.23.136.1.1.2')])
      for (let length = 0; length < whole.length; length += 3)
        expect(['trust.file-unknown', 'certificate', 'revocation-list', 'master-list', null]).toContain(
          kindOrCode(whole.subarray(0, length)),
        );
  });
});

function kindOrCode(bytes: Uint8Array): string | null {
  try {
    return recogniseTrustFile(bytes);
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : null;
  }
}

describeWithRealData('real files', () => {
  it('are told by their heads', () => {
    expect(recogniseTrustFile(realData(listFile).subarray(0, recognisableHead))).toBe('master-list');
    expect(recogniseTrustFile(realData(listSignerFile))).toBe('certificate');
  });
});
