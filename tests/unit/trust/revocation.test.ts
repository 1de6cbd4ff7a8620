import { describe, expect, it } from 'vitest';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { fromHex } from '../../../main/result/bytes.ts';
import type { Check } from '../../../main/result/check.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { importCertificates } from '../../../main/trust/lists/certificate-import.ts';
import { standardLimits } from '../../../main/trust/path/freshness.ts';
import { findIssuer } from '../../../main/trust/path/path.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { checkRevocation } from '../../../main/trust/revocation/revocation.ts';
import { storedRevocationList } from '../../../main/trust/revocation/revocation-import.ts';
import { parseRevocationList } from '../../../main/trust/revocation/revocation-list.ts';
import { serialKey } from '../../../main/trust/revocation/revoked-certificates.ts';
import { parseCertificate } from '../../../main/trust/x509/certificate.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { emptyContext, today } from '../../support/german-list.ts';
import {
  ecTestKey,
  extension,
  extensions,
  keyIdentifierOf,
  nameOf,
  testAuthority,
  testDocumentSigner,
} from '../../support/test-pki.ts';
import { type TestRevocationList, testRevocationList } from '../../support/test-revocation-list.ts';
import { trainingIssuers } from '../../support/training-issuers.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const authorityKey = ecTestKey('P-256', 'named', 1);
const newKey = ecTestKey('P-256', 'named', 2);
const signerKey = ecTestKey('P-256', 'named', 3);
const strangerKey = ecTestKey('P-256', 'named', 4);
const authority = testAuthority(authorityKey, scheme, { serialNumber: 3 });
const signer = parseCertificate(testDocumentSigner(signerKey, authorityKey, scheme));

const source = { kind: 'master-list', digest: 'list', date: '2026-10-01' as PlainDate } as const;

async function check(
  lists: readonly Partial<TestRevocationList>[],
  { at = today, anchors = [authority] }: { at?: PlainDate; anchors?: readonly Uint8Array[] } = {},
): Promise<Check> {
  const { certificates } = await importCertificates(anchors, source, emptyContext);
  const trust = new TrustStore(certificates);
  for (const list of lists)
    trust.addRevocationList(
      storedRevocationList(parseRevocationList(testRevocationList({ key: authorityKey, scheme, ...list }))),
    );
  const path = await findIssuer(signer, trust, at);
  return checkRevocation(signer, path, { trust, at, limits: standardLimits });
}
const word = async (...given: Parameters<typeof check>) => {
  const { result, code } = await check(...given);
  return code === null ? result : `${result} ${code}`;
};

describe('revocation of a document signer', () => {
  it('is successful with a fresh list that names neither signer nor issuer, and says which list', async () => {
    const answer = await check([{ revoked: [1, 2, 4], number: 12 }]);
    expect(answer).toMatchObject({
      result: 'successful',
      detail: {
        list: {
          number: '12',
          thisUpdate: '2026-11-01',
          nextUpdate: '2027-01-01',
          entries: 3,
          issuer: 'CN=Test CSCA,C=UT',
        },
        until: '2027-01-01',
      },
    });
  });

  it.each([
    ['without a list, from an authority that names no place for it', [], 'undetermined revocation.not-published'],
    ['the signer is listed', [{ revoked: [5, 17] }], 'failed certificate.revoked'],
    ['the issuer is listed', [{ revoked: [3] }], 'failed certificate.revoked'],
    ['the list is past its next update', [{ nextUpdate: '261122' }], 'undetermined revocation.stale'],
    [
      'a stale list still knows who was revoked',
      [{ nextUpdate: '261122', revoked: [17] }],
      'failed certificate.revoked',
    ],
    ['no next update, 90 days old', [{ nextUpdate: null, thisUpdate: '260825' }], 'successful'],
    ['no next update, 91 days old', [{ nextUpdate: null, thisUpdate: '260824' }], 'undetermined revocation.stale'],
    ['the list is of a day to come', [{ thisUpdate: '261130' }], 'undetermined clock.went-back'],
    ['the signature is false', [{ signature: new Uint8Array(70) }], 'undetermined revocation.signature-wrong'],
    ['the list is a stranger’s', [{ key: strangerKey }], 'undetermined revocation.signature-wrong'],
    ['of another authority', [{ issuer: nameOf('UT', 'Another CSCA') }], 'undetermined revocation.issuer-unknown'],
    [
      'a newer list leaves out who was revoked',
      [{ revoked: [17], thisUpdate: '261001' }, {}],
      'failed certificate.revoked',
    ],
    ['the newest list counts: revoked', [{ thisUpdate: '261001' }, { revoked: [17] }], 'failed certificate.revoked'],
    ['a forged newer list does not hide a good one', [{}, { thisUpdate: '261110', key: strangerKey }], 'successful'],
  ] as const)('%s', async (_what, lists, expected) => {
    expect(await word(lists)).toBe(expected);
  });

  it('is told by the newest key of the authority for signers of the older one', async () => {
    const rolledOver = testAuthority(newKey, scheme, { serialNumber: 4 });
    expect(await word([{ key: newKey }], { anchors: [authority, rolledOver] })).toBe('successful');
    expect(await word([{ key: newKey, revoked: [17] }], { anchors: [authority, rolledOver] })).toBe(
      'failed certificate.revoked',
    );
  });

  it('follows a change of name through its link certificate', async () => {
    const name = nameOf('UT', 'New Name');
    const root = testAuthority(newKey, scheme, { subject: name, issuer: name, serialNumber: 4 });
    const link = testAuthority(newKey, scheme, { subject: name, issuerKey: authorityKey, serialNumber: 5 });
    const lists = [{ key: newKey, issuer: name, revoked: [17] }];
    expect(await word(lists, { anchors: [authority, root] })).toBe('undetermined revocation.issuer-unknown');
    expect(await word(lists, { anchors: [authority, root, link] })).toBe('failed certificate.revoked');
  });

  // RFC 5280 §5.3: an entry names a certificate of the list's issuer.
  it('does not take an issuer that another authority has linked for a certificate of this one', async () => {
    const name = nameOf('UT', 'Old CSCA');
    const root = testAuthority(newKey, scheme, { subject: name, issuer: name, serialNumber: 4 });
    const link = testAuthority(authorityKey, scheme, { issuer: name, issuerKey: newKey, serialNumber: 9 });
    expect(await word([{ revoked: [9] }], { anchors: [root, link] })).toBe('successful');
    expect(await word([{ revoked: [17] }], { anchors: [root, link] })).toBe('failed certificate.revoked');
  });

  it('is not told by a key that may not sign lists', async () => {
    const weak = testAuthority(authorityKey, scheme, {
      serialNumber: 3,
      extensions: [
        extensions.keyUsage(0x04),
        extensions.authority(),
        extensions.subjectKeyIdentifier(keyIdentifierOf(authorityKey)),
      ],
    });
    expect(await word([{}], { anchors: [weak] })).toBe('undetermined revocation.signer-invalid');
  });

  // The specimens' authorities publish lists as states do: training passes nothing over.
  it('cannot be told without a list in training either', async () => {
    const trust = new TrustStore(await trainingIssuers([authority], today));
    const path = await findIssuer(signer, trust, today);
    expect(await checkRevocation(signer, path, { trust, at: today, limits: standardLimits })).toMatchObject({
      result: 'undetermined',
      code: 'revocation.not-published',
    });
  });

  it('cannot be told where the path cannot', async () => {
    expect(await word([{}], { anchors: [testAuthority(strangerKey, scheme)] })).toBe(
      'undetermined certificate.issuer-unknown',
    );
  });
});

describe('a revocation list', () => {
  const made = testRevocationList({ key: authorityKey, scheme, revoked: [1, 200, 0x1234567] });

  it('is read as it stands', () => {
    const list = parseRevocationList(made);
    expect(list).toMatchObject({ thisUpdate: '2026-11-01', nextUpdate: '2027-01-01', number: '1' });
    expect([...list.revoked.keys()]).toEqual(['1', 'c8', '1234567']);
    expect(list.revoked.get('c8')).toEqual({ date: '2026-10-01', reason: null });
  });

  it.each([
    ['01', '0001'],
    ['00ff', '0000ff'],
    ['ff', 'ffff'],
  ])('knows serial number %s however long it is written', (short, long) => {
    expect(serialKey(short)).toBe(serialKey(long));
  });

  it('does not take a negative serial number for a positive one', () => {
    expect(serialKey('ff')).not.toBe(serialKey('00ff'));
  });

  const octets = (hex: string) => fromHex(hex);
  it.each([
    ['a delta', [extension('2.5.29.27', octets('020101'), true)]],
    ['a part', [extension('2.5.29.28', octets('3000'), true)]],
    ['a part that does not say that it matters', [extension('2.5.29.28', octets('3000'))]],
    ['something critical that nobody knows', [extension('1.2.3.4', octets('0500'), true)]],
  ])('is refused if it is %s', (_what, moreExtensions) => {
    const bytes = testRevocationList({ key: authorityKey, scheme, moreExtensions });
    expect(failureCodeOf(() => parseRevocationList(bytes))).toBe('revocation.not-complete');
  });

  it('is refused if it is cut, longer, empty, twice numbered or another thing', () => {
    for (const bytes of [
      made.slice(0, -1),
      new Uint8Array([...made, 0]),
      new Uint8Array(),
      encodeTlv(0x30),
      authority,
      testRevocationList({ key: authorityKey, scheme, moreExtensions: [extension('2.5.29.20', octets('020101'))] }),
      testRevocationList({ key: authorityKey, scheme, revoked: [encodeTlv(0x02, new Uint8Array(65))] }),
    ])
      expect(failureCodeOf(() => parseRevocationList(bytes))).toBe('revocation.malformed');
  });
});
