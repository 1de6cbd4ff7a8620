import { type BaseBlock, Enumerated, ObjectIdentifier } from 'asn1js';
import {
  CertificateRevocationList,
  ContentInfo,
  type Extension,
  IssuerAndSerialNumber,
  SignedData,
  type SignerInfo,
} from 'pkijs';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { oid } from '../x509/object-identifiers.ts';
import {
  dayOfTime,
  hexOf,
  isTime,
  NotReadTwice,
  nameKey,
  numberOf,
  octetsOf,
  parts,
  readAsn1,
} from './asn1js-values.ts';
import { type Facts, factsOf } from './facts.ts';
import { setFacts } from './our-facts.ts';
import { authorityKeyOf, theirSignature } from './their-certificate.ts';

/** Larger lists stay read once: asn1js makes some kilobytes of every entry. */
export const largestReadTwice = 4 * 1024 * 1024;
const maximumNodes = 400_000;

/** What pkijs makes of a revocation list. Throws where it cannot read it. */
export function theirRevocationFacts(der: Uint8Array): Facts {
  refuseTooLarge(der);
  const node = readAsn1(der, maximumNodes);
  const read = new CertificateRevocationList({ schema: node });
  const extension = (id: string) => read.crlExtensions?.extensions.find(({ extnID }) => extnID === id)?.parsedValue;
  const authority: unknown = extension(oid.authorityKeyIdentifier);
  const number = extension(oid.revocationListNumber);
  // By their places: which of them is which does not hang on whether its day can be told.
  const [thisUpdate, nextUpdate] = parts(parts(node)[0]).filter(isTime).map(dayOfTime);
  const revoked = new Map<string, string | undefined>();
  for (const [at, entry] of entriesOf(node).entries()) {
    const [serial, date] = parts(entry);
    const key = numberOf(serial)?.toString(16);
    const day = dayOfTime(date);
    const reason = reasonOf(read.revokedCertificates?.[at]?.crlEntryExtensions?.extensions ?? []);
    if (key === undefined) throw new NotReadTwice('serial number');
    // A number that is named twice is revoked as it is the first time.
    if (!revoked.has(key)) revoked.set(key, day === undefined ? undefined : `${key} ${day} ${reason ?? '-'}`);
  }
  const entries = [...revoked.values()];
  const told = entries.filter((entry) => entry !== undefined);
  return factsOf({
    issuer: nameKey(read.issuer),
    thisUpdate,
    nextUpdate: read.nextUpdate === undefined ? null : nextUpdate,
    number: number === undefined ? null : numberOf(number)?.toString(),
    authorityKeyIdentifier: authority === undefined ? null : authorityKeyOf(authority),
    ...theirSignature(read),
    ...(told.length === entries.length ? setFacts('revoked', told) : {}),
  });
}

// The SEQUENCE OF entries: the one part of tbsCertList that holds nothing but SEQUENCEs which begin with a number.
function entriesOf(list: BaseBlock): readonly BaseBlock[] {
  const fields = parts(parts(list)[0]);
  const afterTimes = fields.slice(fields.findLastIndex(isTime) + 1);
  const [entries] = afterTimes.filter(({ idBlock }) => idBlock.tagClass === 1);
  return parts(entries);
}

function reasonOf(extensions: readonly Extension[]): number | null {
  const value: unknown = extensions.find(({ extnID }) => extnID === oid.reasonCode)?.parsedValue;
  return value instanceof Enumerated ? value.valueBlock.valueDec : null;
}

/** What pkijs makes of signed data: what is signed, by whom, and the certificates that come along. Throws where it cannot. */
export function theirSignedDataFacts(bytes: Uint8Array): Facts {
  refuseTooLarge(bytes);
  const { encapContentInfo, signerInfos } = theirSignedData(bytes);
  const content = octetsOf(encapContentInfo.eContent);
  return factsOf({
    contentType: encapContentInfo.eContentType,
    content: content === undefined ? undefined : fingerprintOf(content),
    ...setFacts('certificates', theirCertificates(bytes).map(fingerprintOf)),
    signers: String(signerInfos.length),
    ...Object.assign({}, ...signerInfos.map((signer, index) => signerFacts(signer, index + 1))),
  });
}

function signerFacts(signer: SignerInfo, number: number): Readonly<Record<string, string | null | undefined>> {
  const value = (type: string): BaseBlock | undefined =>
    signer.signedAttrs?.attributes.find((attribute) => attribute.type === type)?.values[0];
  const contentType = value(oid.contentType);
  const signingTime = value(oid.signingTime);
  const signed = signer.signedAttrs !== undefined;
  return {
    [`signer ${number}`]: identifierOf(signer.sid),
    [`signature ${number}`]: fingerprintOf(octetsOf(signer.signature) ?? new Uint8Array()),
    [`signature algorithm ${number}`]: signer.signatureAlgorithm.algorithmId,
    [`signed content type ${number}`]: contentType instanceof ObjectIdentifier ? contentType.getValue() : null,
    [`message digest ${number}`]: signed ? hexOf(value(oid.messageDigest)) : null,
    [`signing time ${number}`]: signingTime === undefined ? null : dayOfTime(signingTime),
  };
}

function identifierOf(identifier: unknown): string | undefined {
  if (!(identifier instanceof IssuerAndSerialNumber)) return hexOf(identifier);
  const issuer = nameKey(identifier.issuer);
  return issuer === undefined ? undefined : `${issuer} ${hexOf(identifier.serialNumber)}`;
}

/** The certificates beside the content of signed data, each as it stands: pkijs itself keeps no bytes of them. */
export function theirCertificates(bytes: Uint8Array): readonly Uint8Array[] {
  const signedData = parts(parts(readAsn1(bytes, maximumNodes))[1])[0];
  const set = parts(signedData).find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0);
  return parts(set)
    .filter(({ idBlock }) => idBlock.tagClass === 1)
    .map((node) => new Uint8Array(node.valueBeforeDecodeView));
}

function theirSignedData(bytes: Uint8Array): SignedData {
  const contentInfo = new ContentInfo({ schema: readAsn1(bytes, maximumNodes) });
  if (contentInfo.contentType !== oid.signedData) throw new NotReadTwice('content type');
  return new SignedData({ schema: contentInfo.content });
}

/** The certificates of a CscaMasterList (9303-12 §9.2) as the second hand cuts them out: their fingerprints. */
export function theirListedCertificates(bytes: Uint8Array): readonly string[] {
  refuseTooLarge(bytes);
  const content = octetsOf(theirSignedData(bytes).encapContentInfo.eContent);
  if (content === undefined) throw new NotReadTwice('content');
  const [, certificates] = parts(readAsn1(content, maximumNodes));
  return parts(certificates).map((node) => fingerprintOf(new Uint8Array(node.valueBeforeDecodeView)));
}

function refuseTooLarge({ length }: Uint8Array): void {
  if (length > largestReadTwice) throw new NotReadTwice('length');
}
