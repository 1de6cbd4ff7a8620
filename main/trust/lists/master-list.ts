import { decodeInteger } from '../../document/der.ts';
import { decodeTlv } from '../../document/tlv.ts';
import { Failure } from '../../result/failure.ts';
import { parseSignedData, type SignedData } from '../cms/cms.ts';
import type { ImportContext, MasterListImport } from '../types.ts';
import { expectTag, tag } from '../x509/asn1-values.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { oid } from '../x509/object-identifiers.ts';
import { importCertificates } from './certificate-import.ts';
import { asList, refuseTrailingBytes, verifySignedList } from './signed-list.ts';

export interface MasterListContext extends ImportContext {
  /** DER or PEM of the certificate that vouches for the list: its signer's own or its signer's issuer's. */
  readonly pinnedSigner: Uint8Array;
}

// No norm bounds a list; a file that never ends is an attack. The largest list in use has 0.9 MB and some 600 certificates.
const maximumListLength = 16 * 1024 * 1024;
const maximumListCertificates = 2_000;
const maximumListNodes = 400_000;

/**
 * Reads and verifies a CSCA master list (9303-12 §9): its content type, the path from its signer to the pinned
 * certificate, its signature; then every certificate in it by itself. Nothing of a list that fails is taken.
 *
 * Fails with `trust.list-malformed`, `trust.list-too-large`, `trust.trailing-bytes`, `trust.content-type-wrong`,
 * `trust.pin-not-certificate`, `trust.signer-not-pinned`, `trust.signer-invalid`, `trust.signature-wrong`.
 */
export async function readMasterList(bytes: Uint8Array, context: MasterListContext): Promise<MasterListImport> {
  const data = openMasterList(bytes);
  const { signer, listDate } = verifyMasterList(data, context);
  const encoded = listedCertificates(data);
  const digest = fingerprintOf(bytes);
  const imported = await importCertificates(encoded, { kind: 'master-list', digest, date: listDate }, context);
  return { ...imported, signer, listDate, digest };
}

/**
 * A master list that nobody vouches for yet: nothing of it is verified. Fails with `trust.list-malformed`, `trust.list-too-large`,
 * `trust.trailing-bytes`, `trust.content-type-wrong`.
 */
export function openMasterList(bytes: Uint8Array): SignedData {
  if (bytes.length > maximumListLength) throw new Failure('trust.list-too-large', { bytes: bytes.length });
  refuseTrailingBytes(bytes);
  const data = asList(() => parseSignedData(bytes));
  if (data.contentType !== oid.masterList)
    throw new Failure('trust.content-type-wrong', { contentType: data.contentType });
  return data;
}

/** Whose list it is; fails as `verifySignedList`. */
export function verifyMasterList(
  data: SignedData,
  voucher: Pick<MasterListContext, 'pinnedSigner' | 'at'>,
): ReturnType<typeof verifySignedList> {
  return verifySignedList(data, { ...voucher, purpose: oid.masterListSigner });
}

/** The certificates of a list as they stand, not yet read. Fails with `trust.list-malformed`, `trust.list-too-large`. */
export function listedCertificates(data: SignedData): readonly Uint8Array[] {
  return asList(() => certificatesOf(data.content));
}

// CscaMasterList (9303-12 §9.2): SEQUENCE { version 0, SET OF Certificate }.
function certificatesOf(content: Uint8Array): Uint8Array[] {
  const list = decodeTlv(content, { maximumNodes: maximumListNodes });
  const [version, certificates, ...rest] = expectTag(list, tag.sequence, 'CscaMasterList').children;
  const { children } = expectTag(certificates, tag.set, 'CscaMasterList');
  if (decodeInteger(expectTag(version, tag.integer, 'CscaMasterList').value) !== 0n || rest.length > 0)
    throw new Failure('trust.list-malformed', { reason: 'CscaMasterList' });
  if (children.length > maximumListCertificates)
    throw new Failure('trust.list-too-large', { certificates: children.length });
  return children.map((node) => node.raw);
}
