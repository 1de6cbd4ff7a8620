import { decodeInteger } from '../../document/der.ts';
import { decodeTlv, find, type Tlv } from '../../document/tlv.ts';
import { toHex } from '../../result/bytes.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { parseSignedData, readSignerIdentifier, type SignedData, type SignerIdentifier } from '../cms/cms.ts';
import { isSigner } from '../cms/signed-data-signature.ts';
import { refuseTrailingBytes, verifySignedList } from '../lists/signed-list.ts';
import type { ListSigner, StoredDefectList } from '../types.ts';
import { dayOf, expectTag, oidOf, tag, textOf } from '../x509/asn1-values.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { parseName } from '../x509/distinguished-name.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { oid } from '../x509/object-identifiers.ts';
import { hashOfOid, parseDigestAlgorithm } from '../x509/signature-algorithm.ts';
import type { Defect, DefectEntry, DefectKind, DefectList } from './defect-types.ts';

const maximumListLength = 4 * 1024 * 1024;
const maximumListNodes = 400_000;

const kinds: Readonly<Record<string, DefectKind>> = {
  // TR-03129-2: id-DefectList 1 (authentication), 2 (ePassport), 4 (document).
  '0.4.0.127.0.7.3.1.5.1.1': 'signer-revoked',
  '0.4.0.127.0.7.3.1.5.1.2': 'signer-replaced',
  '0.4.0.127.0.7.3.1.5.1.3': 'chip-authentication-key-compromised',
  '0.4.0.127.0.7.3.1.5.1.4': 'active-authentication-key-compromised',
  '0.4.0.127.0.7.3.1.5.2.1': 'data-group-malformed',
  '0.4.0.127.0.7.3.1.5.2.2': 'security-object-wrong',
  '0.4.0.127.0.7.3.1.5.4.1': 'card-security-malformed',
  // 9303-3 §7: id-icao-DeviationList 1 (certificate or key), 2 (LDS), 3 (MRZ), 4 (chip).
  '2.23.136.1.1.7.1.1': 'signer-signature-wrong',
  '2.23.136.1.1.7.1.2': 'signer-encoding-wrong',
  '2.23.136.1.1.7.1.3': 'authority-encoding-wrong',
  '2.23.136.1.1.7.1.4': 'active-authentication-key-compromised',
  '2.23.136.1.1.7.2.1': 'data-group-malformed',
  '2.23.136.1.1.7.2.2': 'data-group-hash-wrong',
  '2.23.136.1.1.7.2.3': 'security-object-wrong',
  '2.23.136.1.1.7.2.4': 'files-inconsistent',
  '2.23.136.1.1.7.3.1': 'mrz-wrong',
  '2.23.136.1.1.7.3.2': 'mrz-wrong',
  '2.23.136.1.1.7.4': 'chip-unusable',
};

function malformed(reason: string): Failure {
  return new Failure('defects.malformed', { reason });
}

/**
 * Reads and verifies a defect list (TR-03129-2 §7) or a deviation list (9303-3 §7, 9303-12 §10): signed like a master list,
 * by a signer of its own. For defect lists the signer's own certificate must be pinned: its extended key usage is not ours
 * to know; one that is for lists of another kind was pinned for those. Fails with `defects.malformed`,
 * `trust.content-type-wrong`, `trust.trailing-bytes` and as `verifySignedList`.
 */
export function readDefectList(
  bytes: Uint8Array,
  { pinnedSigner, at }: { readonly pinnedSigner: Uint8Array; readonly at: PlainDate },
): { readonly stored: StoredDefectList; readonly list: DefectList; readonly signer: ListSigner } {
  const data = openSignedDefects(bytes);
  const kind = kindOf(data.contentType);
  const purpose = kind === 'deviation-list' ? oid.deviationListSigner : null;
  const { signer, listDate } = verifySignedList(data, { pinnedSigner, at, purpose });
  if (kind === 'defect-list') refuseOtherPurpose(signerOf(data));
  const stored = { digest: fingerprintOf(bytes), kind, signer: signer.subject, date: listDate, der: bytes.slice() };
  return { stored, list: listOf(data, stored), signer };
}

/** A list that nobody vouches for yet: nothing of it is verified. Fails with `defects.malformed`, `trust.trailing-bytes`. */
export function openSignedDefects(bytes: Uint8Array): SignedData {
  if (bytes.length > maximumListLength) throw malformed('length');
  refuseTrailingBytes(bytes);
  return asDefectList(() => parseSignedData(bytes, maximumListNodes));
}

/** The entries of a list that was verified when it came in. Fails with `defects.malformed`, `trust.content-type-wrong`. */
export function openDefectList(stored: StoredDefectList): DefectList {
  const data = asDefectList(() => parseSignedData(stored.der, maximumListNodes));
  return listOf(data, stored);
}

// What kind it is, whose and of which day is read where it was signed, not from what was noted beside it.
function listOf(data: SignedData, { digest, kind, signer }: StoredDefectList): DefectList {
  const contentType = kindOf(data.contentType);
  if (contentType !== kind) throw new Failure('trust.content-type-wrong', { contentType: data.contentType, kind });
  const date = data.signerInfos[0]?.signedAttributes?.signingTime ?? null;
  const state = kind === 'deviation-list' ? asDefectList(() => stateOf(signerOf(data))) : null;
  return { digest, kind, signer, date, state, entries: entriesOf(data.content, kind) };
}

function signerOf({ certificates, signerInfos }: SignedData): Certificate {
  const [signerInfo] = signerInfos;
  const signer = certificates
    .map(parseCertificate)
    .find((each) => signerInfo !== undefined && isSigner(signerInfo, each));
  if (signer === undefined) throw malformed('signer missing');
  return signer;
}

// 9303-12 §7.1: the country of issuer and subject is the same.
function stateOf({ issuer, subject }: Certificate): string {
  if (issuer.country === '' || issuer.country !== subject.country) throw malformed('state of the signer');
  return issuer.country;
}

function refuseOtherPurpose({ extensions, subject }: Certificate): void {
  const other = [oid.masterListSigner, oid.deviationListSigner].some((use) =>
    extensions.extendedKeyUsage?.includes(use),
  );
  if (other || extensions.basicConstraints?.ca === true || extensions.documentTypes !== null)
    throw new Failure('trust.signer-invalid', { reason: 'extended key usage', subject: subject.text });
}

function kindOf(contentType: string): DefectList['kind'] {
  if (contentType === oid.defectList) return 'defect-list';
  if (contentType === oid.deviationList) return 'deviation-list';
  throw new Failure('trust.content-type-wrong', { contentType });
}

function asDefectList<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    if (code.startsWith('defects.') || code === 'internal.unexpected') throw thrown;
    throw new Failure('defects.malformed', { reason: String(fields.reason ?? code) }, thrown);
  }
}

function entriesOf(content: Uint8Array, kind: DefectList['kind']): readonly DefectEntry[] {
  return asDefectList(() => {
    const list = decodeTlv(content, { maximumNodes: maximumListNodes });
    const [version, second, third] = expectTag(list, tag.sequence, 'list').children;
    if (decodeInteger(expectTag(version, tag.integer, 'version').value) !== 0n) throw malformed('version');
    return kind === 'defect-list' ? defects(second, third) : deviations(third ?? second);
  });
}

// DefectList { version, hashAlg OBJECT IDENTIFIER, SET OF { signerIdentifier, certificateHash OPTIONAL, SET OF KnownDefect } }
function defects(hashAlgorithm: Tlv | undefined, set: Tlv | undefined): DefectEntry[] {
  const hash = hashOfOid(oidOf(hashAlgorithm));
  return expectTag(set, tag.set, 'defects').children.map((node) => {
    const [identifier, ...rest] = expectTag(node, tag.sequence, 'defect').children;
    const digest = rest[0]?.tag === tag.octetString ? rest.shift() : undefined;
    if (digest !== undefined && hash === null) throw malformed('hash algorithm');
    return {
      signer: readSignerIdentifier(identifier),
      certificateHash: digest === undefined || hash === null ? null : { hash, value: digest.value },
      documentType: null,
      issued: null,
      documentNumbers: null,
      defects: expectTag(rest[0], tag.set, 'known defects').children.map(knownDefect),
    };
  });
}

function knownDefect(node: Tlv): Defect {
  const [type, parameters] = expectTag(node, tag.sequence, 'known defect').children;
  return defectOf(oidOf(type), null, parameters ?? null);
}

// DeviationList { version, digestAlgorithm OPTIONAL, SET OF { documents, SET OF DeviationDescription } }
function deviations(set: Tlv | undefined): DefectEntry[] {
  return expectTag(set, tag.set, 'deviations').children.map((node) => {
    const [documents, descriptions] = expectTag(node, tag.sequence, 'deviation').children;
    return {
      ...documentsOf(expectTag(documents, tag.sequence, 'documents')),
      defects: expectTag(descriptions, tag.set, 'descriptions').children.map(describedDefect),
    };
  });
}

function documentsOf(node: Tlv): Omit<DefectEntry, 'defects'> {
  const [type, named, keyed, hashed, period, numbers] = [0, 1, 2, 3, 4, 5].map(
    (number) => node.children.find((child) => (child.tag & 0x9f) === (0x80 | number)) ?? null,
  );
  return {
    documentType: type ? textOf(type).replace(/[<\s]/g, '').toUpperCase() : null,
    signer: named ? issuerAndSerial(named) : keyed ? { keyIdentifier: toHex(keyed.value) } : null,
    certificateHash: hashed ? certificateHash(hashed) : null,
    issued: period ? { first: dayOf(period.children[0]), last: dayOf(period.children[1]) } : null,
    documentNumbers: numbers ? new Set(numbers.children.map((child) => plainNumber(textOf(child)))) : null,
  };
}

function issuerAndSerial(node: Tlv): SignerIdentifier {
  const [issuer, serialNumber] = node.children;
  return {
    issuerKey: parseName(issuer).key,
    serialNumber: toHex(expectTag(serialNumber, tag.integer, 'serial number').value),
  };
}

// Digest is an OCTET STRING with implicit tag; the algorithm stands at the top of the list, SHA-256 in practice.
function certificateHash(node: Tlv): DefectEntry['certificateHash'] {
  const algorithm = node.constructed ? parseDigestAlgorithm(node.children[0]) : 'SHA-256';
  const value = node.constructed ? expectTag(node.children[1], tag.octetString, 'digest').value : node.value;
  if (algorithm === null) throw malformed('hash algorithm');
  return { hash: algorithm, value };
}

/** A document number as it is compared. */
export function plainNumber(number: string): string {
  return number.replace(/[<\s]/g, '').toUpperCase();
}

// DeviationDescription { description OPTIONAL, deviationType, [0] parameters OPTIONAL, [1] nationalUse OPTIONAL }
function describedDefect(node: Tlv): Defect {
  const { children } = expectTag(node, tag.sequence, 'deviation description');
  const [first] = children;
  const described = first !== undefined && first.tag !== tag.oid;
  const type = oidOf(described ? children[1] : first);
  return defectOf(type, described && first !== undefined ? textOf(first) : null, find(node, 0xa0) ?? find(node, 0x80));
}

function defectOf(type: string, description: string | null, parameters: Tlv | null): Defect {
  const kind = kinds[type] ?? 'unknown';
  const inner = parameters !== null && parameters.tag === 0xa0 ? (parameters.children[0] ?? null) : parameters;
  return {
    kind,
    type,
    description: description === null ? null : description.slice(0, 1_024),
    status: kind === 'signer-revoked' ? statusOf(inner) : null,
    replacement: kind === 'signer-replaced' && inner !== null ? parseCertificate(inner.raw).der : null,
    dataGroups: kind === 'data-group-malformed' || kind === 'data-group-hash-wrong' ? dataGroupsOf(inner) : [],
  };
}

function statusOf(node: Tlv | null): number | null {
  return node !== null && (node.tag === 0x0a || node.tag === tag.integer) ? Number(decodeInteger(node.value)) : null;
}

function dataGroupsOf(node: Tlv | null): readonly number[] {
  if (node === null) return [];
  const numbers = node.constructed ? node.children : [node];
  return numbers.map(({ value }) => Number(decodeInteger(value))).filter((number) => number >= 1 && number <= 16);
}
