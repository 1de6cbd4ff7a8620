import { describe, expect, it } from 'vitest';
import { decodeTlv, encodeTlv } from '../../../main/document/tlv.ts';
import { concat, toHex } from '../../../main/result/bytes.ts';
import { importCertificates } from '../../../main/trust/lists/certificate-import.ts';
import { findIssuer } from '../../../main/trust/path/path.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { parseCertificate } from '../../../main/trust/x509/certificate.ts';
import { readableNames } from '../../../main/trust/x509/refused-certificate.ts';
import { authorityFault } from '../../../main/trust/x509/signer-usage.ts';
import { failureOf } from '../../support/failure-code.ts';
import { emptyContext, germanList, today } from '../../support/german-list.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';
import { ecTestKey, extension, extensions, keyIdentifierOf, nameOf, testAuthority } from '../../support/test-pki.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const key = ecTestKey('P-256', 'named', 1);
const source = { kind: 'master-list', digest: 'list', date: today } as const;

const optional: Readonly<Record<string, string>> = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  privateKeyUsagePeriod: '2.5.29.16',
  subjectLocality: '2.5.29.17',
  issuerLocality: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  documentTypes: '2.23.136.1.1.6.2',
};
const whole = [
  extensions.certificateSigning(),
  extensions.authority(),
  extensions.subjectKeyIdentifier(keyIdentifierOf(key)),
  extensions.authorityKeyIdentifier(keyIdentifierOf(key)),
  extensions.locality('UTO'),
  extensions.documentTypes('P'),
];
// Too long for a bare key identifier, and cut in the middle.
const unreadable = concat(Uint8Array.of(0x30, 0x82, 0x02, 0x00), new Uint8Array(80));

function nameOfExtension(encoded: Uint8Array): string {
  return toHex(decodeTlv(encoded).children[0]?.raw ?? new Uint8Array());
}

function withPart(name: string, value: Uint8Array, critical: boolean): Uint8Array {
  const part = extension(name, value, critical);
  const others = whole.filter((each) => nameOfExtension(each) !== nameOfExtension(part));
  return testAuthority(key, scheme, { extensions: [...others, part] });
}

// RFC 5280 §4.2: an extension that is not critical may be ignored where it cannot be processed; a critical one may not.
describe.each(Object.entries(optional))('a certificate whose %s cannot be read', (part, name) => {
  it('is taken without it, and remarked, where that is not critical', async () => {
    const der = withPart(name, unreadable, false);
    const read = parseCertificate(der);
    expect(read.extensions).toEqual({
      ...parseCertificate(testAuthority(key, scheme, { extensions: whole })).extensions,
      [part]: null,
      unreadable: [name],
    });
    const imported = await importCertificates([der], source, emptyContext);
    expect(imported).toMatchObject({ new: 1, verified: 1, refused: [], orphans: [] });
    expect(imported.remarked).toEqual([
      {
        country: 'UT',
        subject: 'CN=Test CSCA,C=UT',
        fingerprint: read.fingerprint,
        code: 'certificate.part-unreadable',
      },
    ]);
  });

  it('is refused, by its name, where that is critical', async () => {
    const der = withPart(name, unreadable, true);
    expect(failureOf(() => parseCertificate(der))?.code).toBe('certificate.malformed');
    const { refused, certificates } = await importCertificates([der], source, emptyContext);
    expect(certificates).toEqual([]);
    expect(refused).toMatchObject([{ country: 'UT', subject: 'CN=Test CSCA,C=UT', code: 'certificate.malformed' }]);
  });
});

describe('what is refused', () => {
  const der = testAuthority(key, scheme, { subject: nameOf('UT', 'Subject'), issuer: nameOf('UT', 'Issuer') });

  it('is named as far as it can be read, whatever is broken in it', () => {
    for (let length = 0; length < der.length; length++) {
      const { country, subject } = readableNames(der.subarray(0, length));
      expect(['', 'CN=Issuer,C=UT', 'CN=Subject,C=UT']).toContain(subject);
      expect(country).toBe(subject === '' ? '' : 'UT');
    }
    expect(readableNames(der)).toEqual({ country: 'UT', subject: 'CN=Subject,C=UT' });
    for (let at = 0; at < der.length; at++) {
      const broken = der.slice();
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      expect(readableNames(broken).subject.length).toBeLessThanOrEqual(300);
    }
  });

  it('has no country that is none', () => {
    const long = testAuthority(key, scheme, { subject: nameOf('SWEDEN', 'x'), issuer: nameOf('SWEDEN', 'x') });
    expect(readableNames(long).country).toBe('');
  });
});

it('a key identifier longer than any is no key identifier', () => {
  const { subjectKeyIdentifier, unreadable: told } = parseCertificate(
    withPart('2.5.29.14', encodeTlv(0x30, new Uint8Array(0)), false),
  ).extensions;
  // What is no OCTET STRING is taken as it stands (as Lithuania's), never by what some other type holds.
  expect([subjectKeyIdentifier, told]).toEqual(['3000', ['2.5.29.14']]);
});

describeWithRealData('Lithuania’s link certificates', () => {
  const files = ['LT-CSCA-002', 'LT-link-002-to-003', 'LT-link-002-to-004'].map((name) => `pki/${name}.cer`);

  it('are read with the key identifiers that they hold bare', () => {
    const identifiers = files.map((file) => parseCertificate(realData(file)).extensions.subjectKeyIdentifier);
    expect(identifiers.map((identifier) => identifier?.length)).toEqual([40, 40, 40]);
    expect(new Set(identifiers).size).toBe(3);
  });

  it('are verified by their issuer in whatever order they stand', async () => {
    for (const order of [files, files.toReversed()]) {
      const imported = await importCertificates(order.map(realData), source, emptyContext);
      expect(imported).toMatchObject({ read: 3, verified: 3, orphans: [], refused: [] });
      expect(imported.remarked.map(({ country, code }) => `${country} ${code}`)).toEqual([
        'LT certificate.part-unreadable',
        'LT certificate.part-unreadable',
      ]);
    }
  });
});

describeWithRealData('the German list', () => {
  it('loses no key by the demand that an issuer be an authority (9303-12 §7.1, RFC 5280 §6.1.4)', async () => {
    const { certificates, remarked } = await germanList();
    expect(remarked).toEqual([]);
    const trust = new TrustStore(certificates);
    const unfit = certificates.filter(({ der }) => authorityFault(parseCertificate(der)) !== null);
    expect(unfit.map(({ summary }) => summary.country).toSorted()).toEqual([
      ...['BE', 'CM', 'IT', 'LU', 'LU', 'PT', 'TR', 'TR'],
    ]);
    for (const { summary } of unfit) {
      const { subjectKeyIdentifier: keyIdentifier, subjectKey, publicKeyFingerprint } = summary;
      const ofKey = (await trust.candidates({ keyIdentifier, subjectKey })).filter(
        (each) => each.summary.publicKeyFingerprint === publicKeyFingerprint,
      );
      expect(ofKey.some(({ der }) => authorityFault(parseCertificate(der)) === null)).toBe(true);
    }
    // Each link that a key of the list has signed stands for what that key signs: its issuer may vouch for it.
    const links = certificates.filter(({ summary, verifiedBy }) => summary.kind === 'link' && verifiedBy !== null);
    for (const { der } of links) {
      const found = await findIssuer(parseCertificate(der), trust, today);
      expect(found.result).toBe('successful');
      if (found.result === 'successful') expect(authorityFault(found.issuer.certificate)).toBeNull();
    }
  }, 120_000);
});
