import { describe, expect, it } from 'vitest';
import { type Check, checkIds, successful, unsuccessful } from '../../../main/result/check.ts';
import { importCertificates } from '../../../main/trust/lists/certificate-import.ts';
import { standardLimits } from '../../../main/trust/path/freshness.ts';
import { findIssuer } from '../../../main/trust/path/path.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { checkRevocation } from '../../../main/trust/revocation/revocation.ts';
import { storedRevocationList } from '../../../main/trust/revocation/revocation-import.ts';
import { parseRevocationList } from '../../../main/trust/revocation/revocation-list.ts';
import { parseCertificate } from '../../../main/trust/x509/certificate.ts';
import { judge } from '../../../main/verification/verdict.ts';
import { emptyContext, today } from '../../support/german-list.ts';
import { policy } from '../../support/own-resources.ts';
import {
  ecTestKey,
  extension,
  extensions,
  issueTestCertificate,
  keyIdentifierOf,
  nameOf,
  testAuthority,
} from '../../support/test-pki.ts';
import { type TestRevocationList, testRevocationList } from '../../support/test-revocation-list.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const authorityKey = ecTestKey('P-256', 'named', 1);
const nextKey = ecTestKey('P-256', 'named', 2);
const signerKey = ecTestKey('P-256', 'named', 3);
const address = extensions.distributionPoints('http://crl.example/CSCA/UTO.crl');
const authorityExtensions = (key = authorityKey) => [
  extensions.authority(),
  extensions.certificateSigning(),
  extensions.subjectKeyIdentifier(keyIdentifierOf(key)),
];
const plain = testAuthority(authorityKey, scheme, { extensions: authorityExtensions() });
const naming = testAuthority(authorityKey, scheme, { extensions: [...authorityExtensions(), address] });
const nextNaming = testAuthority(nextKey, scheme, {
  issuerKey: nextKey,
  serialNumber: 4,
  extensions: [...authorityExtensions(nextKey), address],
});
const signer = (...more: Uint8Array[]) =>
  issueTestCertificate({
    subject: nameOf('UT', 'Document Signer'),
    issuer: nameOf('UT', 'Test CSCA'),
    key: signerKey,
    issuerKey: authorityKey,
    scheme,
    serialNumber: 17,
    extensions: [
      extensions.digitalSignature(),
      extensions.authorityKeyIdentifier(keyIdentifierOf(authorityKey)),
      ...more,
    ],
  });

async function revocation(
  anchors: readonly Uint8Array[],
  { der = signer(), lists = [] as readonly Partial<TestRevocationList>[], at = today } = {},
): Promise<Check> {
  // A master list of this month brought them in: no training, so that the check is made.
  const source = { kind: 'master-list', digest: 'aa', date: today } as const;
  const { certificates } = await importCertificates(anchors, source, emptyContext);
  const trust = new TrustStore(certificates);
  for (const list of lists)
    trust.addRevocationList(
      storedRevocationList(parseRevocationList(testRevocationList({ key: authorityKey, scheme, ...list }))),
    );
  const certificate = parseCertificate(der);
  const path = await findIssuer(certificate, trust, at);
  return checkRevocation(certificate, path, { trust, at, limits: standardLimits });
}

describe('where an authority publishes its revocation list (RFC 5280 §4.2.1.13)', () => {
  const addressesIn = (...points: Uint8Array[]) => parseCertificate(signer(...points)).extensions.revocationAddresses;

  it('is read from the certificate: http and https, each once, eight at most', () => {
    expect(addressesIn()).toBeNull();
    expect(addressesIn(address)).toEqual(['http://crl.example/CSCA/UTO.crl']);
    const many = Array.from({ length: 12 }, (_, index) => `https://crl.example/${index}`);
    expect(addressesIn(extensions.distributionPoints(many[0] ?? '', ...many))).toEqual(many.slice(0, 8));
  });

  it('a directory’s, one with control characters, one that is too long and what cannot be read name a place, and no address', () => {
    for (const points of [
      extensions.distributionPoints('ldap://ldap.example/cn=CSCA'),
      extensions.distributionPoints('http://crl.example/\u0007'),
      extensions.distributionPoints(`http://crl.example/${'a'.repeat(600)}`),
      extensions.distributionPoints('file:///etc/passwd'),
      extension('2.5.29.31', Uint8Array.of(0x30)),
    ])
      expect(addressesIn(points)).toEqual([]);
  });
});

describe('a revocation list that is not there', () => {
  it.each([
    ['nobody names a place for it', [plain], {}, 'revocation.not-published'],
    ['the issuer names one', [naming], {}, 'revocation.no-list'],
    ['another key of the authority names one', [plain, nextNaming], {}, 'revocation.no-list'],
    ['the document signer names one', [plain], { der: signer(address) }, 'revocation.no-list'],
    ['it is there and stale', [plain], { lists: [{ nextUpdate: '261110' }] }, 'revocation.stale'],
  ] as const)('%s: told as such, never successful', async (_what, anchors, given, code) => {
    expect(await revocation(anchors, given)).toMatchObject({ result: 'undetermined', code });
  });
});

// What a bank can really get: one national master list, the revocation list of the issuing state where it names a place for
// one, and no list of defects.
describe('the policies of the app', () => {
  const noDefectList = unsuccessful('document.defects', 'undetermined', 'defects.no-list');
  const verdictWith = (check: Check, defects: Check = noDefectList) => {
    const others = checkIds
      .filter((id) => id !== check.id && id !== defects.id)
      .map((id) => successful(id, id === 'document.type' ? { code: 'P', issuer: 'SWE', nationality: 'SWE' } : {}));
    return (['document', 'renew-bankid', 'large-transfer', 'new-customer', 'replace-device'] as const).map((id) =>
      judge(policy(id), [...others, check, defects], { training: false, specimen: false }),
    );
  };
  const fresh = [{ nextUpdate: '270101' }];

  it('accept with a fresh revocation list and no defect list, and say that the defect list was passed over', async () => {
    for (const verdict of verdictWith(await revocation([naming], { lists: fresh })))
      expect(verdict).toEqual({
        verdict: 'accept',
        reasons: [],
        decidedBy: null,
        passedOver: ['document.defects'],
        conditions: [],
      });
  });

  it('pass over, visibly, a revocation list that nobody publishes', async () => {
    for (const verdict of verdictWith(await revocation([plain])))
      expect(verdict).toMatchObject({
        verdict: 'accept',
        passedOver: ['passive-authentication.revocation', 'document.defects'],
        conditions: [],
      });
  });

  it('refer where the list is published and was not fetched, and where it is stale', async () => {
    for (const verdict of verdictWith(await revocation([naming])))
      expect(verdict).toMatchObject({ verdict: 'refer', reasons: ['revocation.no-list'] });
    for (const verdict of verdictWith(await revocation([plain], { lists: [{ nextUpdate: '261110' }] })))
      expect(verdict).toMatchObject({ verdict: 'refer', reasons: ['revocation.stale'] });
  });

  it('refer where a defect list is stale or knows of the document', async () => {
    const good = await revocation([naming], { lists: fresh });
    for (const code of ['trust.list-stale', 'defects.known'] as const)
      for (const verdict of verdictWith(good, unsuccessful('document.defects', 'undetermined', code)))
        expect(verdict).toMatchObject({ verdict: 'refer', reasons: [code] });
  });

  it('reject a signer that is revoked', async () => {
    const revoked = await revocation([naming], { lists: [{ ...fresh[0], revoked: [17] }] });
    for (const verdict of verdictWith(revoked)) expect(verdict.verdict).toBe('reject');
  });
});
