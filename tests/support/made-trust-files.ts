import { Readable } from 'node:stream';
import { encodeTlv } from '../../main/document/tlv.ts';
import { refusedPublicKeys } from '../../main/house/folder.ts';
import type { ImportSurroundings, TrustFile } from '../../main/keeping/import/file-import.ts';
import type { Voucher } from '../../main/keeping/import/voucher.ts';
import type { StationClock } from '../../main/machine/clock.ts';
import type { PlainDate } from '../../main/result/plain-date.ts';
import type { Store } from '../../main/store/types.ts';
import { oid } from '../../main/trust/x509/object-identifiers.ts';
import { ldifEntry } from './test-ldif.ts';
import {
  attribute,
  byIssuerAndSerial,
  ecTestKey,
  extensions,
  issueTestCertificate,
  nameOf,
  testAuthority,
  testDocumentSigner,
  testMasterListContent,
  testSignedData,
} from './test-pki.ts';

/** The same instant in every process, so that a history written twice is the same. */
export const importClock: StationClock = {
  now: () => '2026-11-23T09:00:00Z',
  today: () => '2026-11-23' as PlainDate,
};

/** What an import into this store needs; nobody hears how far it is. */
export function importInto(store: Store): ImportSurroundings {
  return {
    store,
    clock: importClock,
    ownPolicies: new Map(),
    refusedPublicKeys: refusedPublicKeys(store.kind),
    onProgress: () => undefined,
  };
}

/** A signer that counts for this call alone. */
export function voucherBy(signer: Uint8Array): Voucher {
  return { signer, pin: false, names: [], proposal: null };
}

/** A file that is all in memory. */
export function trustFileOf(kind: TrustFile['kind'], bytes: Uint8Array): TrustFile {
  return { kind, whole: () => bytes, chunks: () => Readable.from([bytes]) };
}

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const signerKey = ecTestKey('P-256', 'named', 1);
const rootName = nameOf('DE', 'Root');

/** The certificate that is pinned for the lists below. */
export const madeListSigner = testAuthority(signerKey, scheme, { subject: rootName, issuer: rootName });

/** So many self-signed certificates, each of a key and a name of its own. */
export function madeAuthorities(count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const name = nameOf('UT', `CSCA ${index}`);
    return testAuthority(ecTestKey('P-256', 'named', 100 + index), scheme, { subject: name, issuer: name });
  });
}

/** A master list as signed on this day (YYMMDD); with another key than that of `madeListSigner` it is forged. */
export function madeMasterList(day: string, certificates: readonly Uint8Array[], key = signerKey): Uint8Array {
  const listSigner = issueTestCertificate({
    subject: nameOf('DE', 'List Signer'),
    issuer: rootName,
    key,
    issuerKey: key,
    scheme,
    serialNumber: 9,
    extensions: [extensions.digitalSignature(), extensions.extendedKeyUsage(oid.masterListSigner)],
  });
  const signingTime = encodeTlv(0x17, new TextEncoder().encode(`${day}000000Z`));
  return testSignedData({
    contentType: oid.masterList,
    content: testMasterListContent(certificates),
    certificates: [listSigner],
    key,
    scheme,
    identifier: byIssuerAndSerial(rootName, 9),
    moreAttributes: [attribute('1.2.840.113549.1.9.5', signingTime)],
  });
}

/** A document signer of the pinned certificate, with these extensions. */
export function madeDocumentSigner(content: readonly Uint8Array[] = [extensions.digitalSignature()]): Uint8Array {
  return testDocumentSigner(signerKey, signerKey, scheme, { issuer: rootName, extensions: content });
}

/** One entry of a directory export. A number below 2^24 makes it another certificate: in its signature, which nobody verified. */
export function madeDirectoryEntry(signer: Uint8Array, index: number): string {
  const last = signer.length - 1;
  const other = signer.slice();
  for (let byte = 0; byte < 3; byte++) other[last - byte] = index >> (8 * byte);
  return ldifEntry(`cn=${index},c=UT`, [['userCertificate;binary', other]]);
}

/** A directory export of so many document signers, all different. */
export function madeDirectory(count: number): string {
  const signer = madeDocumentSigner();
  return Array.from({ length: count }, (_, index) => madeDirectoryEntry(signer, index)).join('');
}
