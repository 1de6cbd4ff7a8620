import { describe, expect, it } from 'vitest';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { importCertificates } from '../../../main/trust/certificate-import.ts';
import { readTrustFile, type TrustFileContext } from '../../../main/trust/read-trust-file.ts';
import { TrustStore } from '../../../main/trust/trust-store.ts';
import { emptyContext, germanList, listFile, listSignerFile } from '../../support/german-list.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';
import { rejection } from '../../support/rejection.ts';
import { ecTestKey, testAuthority, testDocumentSigner } from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const rootKey = ecTestKey('P-256', 'named', 1);
const nextKey = ecTestKey('P-256', 'named', 2);
const strangerKey = ecTestKey('P-256', 'named', 3);
const root = testAuthority(rootKey, scheme);
const link = testAuthority(nextKey, scheme, { issuerKey: rootKey, serialNumber: 2 });
const stranger = testAuthority(strangerKey, scheme, { serialNumber: 3 });
const forgedLink = testAuthority(strangerKey, scheme, {
  issuerKey: nextKey,
  serialNumber: 4,
  signature: new Uint8Array(70),
});
const signer = testDocumentSigner(nextKey, nextKey, scheme);
const list = testRevocationList({ key: nextKey, scheme });

async function read(bytes: Uint8Array, change: Partial<TrustFileContext> = {}) {
  const source = { kind: 'master-list', digest: 'list', date: '2026-10-01' as PlainDate } as const;
  const { certificates } = await importCertificates([root], source, emptyContext);
  const trust = new TrustStore(certificates);
  return readTrustFile(bytes, {
    ...emptyContext,
    known: certificates,
    trust,
    pinnedSigners: [],
    editions: [],
    ...change,
  });
}

const sequence = (...parts: Uint8Array[]) => encodeTlv(0x30, ...parts);
/** PKCS#7 that signs nothing. */
const bundle = (certificates: readonly Uint8Array[], lists: readonly Uint8Array[]) =>
  sequence(
    encodeOid('1.2.840.113549.1.7.2'),
    encodeTlv(
      0xa0,
      sequence(
        encodeInteger(1),
        encodeTlv(0x31),
        sequence(encodeOid('1.2.840.113549.1.7.1')),
        encodeTlv(0xa0, ...certificates),
        encodeTlv(0xa1, ...lists),
        encodeTlv(0x31),
      ),
    ),
  );
const pem = (label: string, der: Uint8Array) =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;
const text = (value: string) => new TextEncoder().encode(value);
const codeOf = async (bytes: Uint8Array, change: Partial<TrustFileContext> = {}) =>
  (await rejection(read(bytes, change)))?.code;

describe('a file for the trust store', () => {
  it.each([
    ['DER', link],
    ['PEM', text(pem('CERTIFICATE', link))],
  ])('is a link certificate that a believed key signed, in %s', async (_form, bytes) => {
    const imported = await read(bytes);
    expect(imported).toMatchObject({ kind: 'certificate', remarks: [], signer: null });
    expect(imported.certificates).toMatchObject([{ summary: { kind: 'link' }, sources: [{ kind: 'directory' }] }]);
  });

  it('is refused with its one reason where it is one certificate', async () => {
    expect(await codeOf(stranger)).toBe('trust.not-vouched');
    expect(await codeOf(forgedLink)).toBe('trust.not-vouched');
    expect(await codeOf(list)).toBe('revocation.signature-wrong');
    expect(await codeOf(text('something'))).toBe('trust.file-unknown');
    expect(await codeOf(text('dn: c=UT\n'))).toBe('trust.file-unknown');
  });

  it('is a revocation list of a believed key', async () => {
    const imported = await read(testRevocationList({ key: rootKey, scheme }));
    expect(imported).toMatchObject({
      kind: 'revocation-list',
      date: '2026-11-01',
      revocationLists: [{ country: 'UT' }],
    });
  });

  it.each([
    ['PKCS#7', bundle([stranger, link, signer], [list])],
    ['PEM', text([stranger, link, signer].map((der) => pem('CERTIFICATE', der)).join('') + pem('X509 CRL', list))],
  ])('is a bundle of many things that prove themselves, in %s', async (_form, bytes) => {
    const imported = await read(bytes);
    expect(imported.kind).toBe('certificate-bundle');
    expect(imported.certificates.map(({ summary }) => summary.serialNumber)).toEqual(['02']);
    expect(imported.documentSigners).toMatchObject([{ country: 'UT', serialNumber: '11' }]);
    expect(imported.revocationLists).toHaveLength(1);
    expect(imported.remarks.map(({ code }) => code)).toEqual(['trust.not-vouched']);
  });

  it('is refused where it is cut', async () => {
    const whole = bundle([stranger, link], [list]);
    expect(await codeOf(whole.slice(0, -5))).toBe('trust.list-malformed');
  });
});

describeWithRealData('the German list', () => {
  it('is taken from its pinned signer, and not after a newer edition', async () => {
    const { certificates: known } = await germanList();
    const pinnedSigners = [root, realData(listSignerFile)];
    const imported = await read(realData(listFile), { pinnedSigners, known });
    expect(imported).toMatchObject({
      kind: 'master-list',
      date: '2026-05-28',
      signer: 'CN=csca-germany,OU=bsi,O=bund,C=DE',
    });
    expect(await codeOf(realData(listFile))).toBe('trust.signer-not-pinned');
    const edition = (date: string, signer = imported.signer) => ({ signer, date: date as PlainDate });
    expect(await codeOf(realData(listFile), { pinnedSigners, known, editions: [edition('2026-06-30')] })).toBe(
      'trust.list-older',
    );
    const others = [
      edition('2026-05-28'),
      edition('2026-06-30', 'CN=Another'),
      { signer: imported.signer, date: null },
    ];
    expect(await codeOf(realData(listFile), { pinnedSigners, known, editions: others })).toBeUndefined();
  });
});
