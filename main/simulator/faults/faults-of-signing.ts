import { encodeTlv } from '../../document/tlv.ts';
import { concat } from '../../result/bytes.ts';
import { addDays } from '../../result/plain-date.ts';
import type { CertificateContent } from '../issuing/certificate-content.ts';
import { issuingKey } from '../issuing/issuing-keys.ts';
import type { SecurityObjectContent } from '../issuing/security-object.ts';
import type { IssueHooks } from './fault-hooks.ts';
import type { FaultLayer, NamedFault } from './named-fault.ts';

function signing(
  layer: FaultLayer,
  name: string,
  description: string,
  issue: IssueHooks,
  expected: NamedFault['expected'] = 'not accept',
): NamedFault {
  return { name, layer, specimen: 'se-passport', description, expected, issue };
}

function group(
  number: number,
  name: string,
  words: string,
  change: (bytes: Uint8Array) => Uint8Array | null,
  expected: NamedFault['expected'] = 'not accept',
): NamedFault {
  const dataGroup = (candidate: number, bytes: Uint8Array): Uint8Array | null =>
    candidate === number ? change(bytes) : bytes;
  return signing(
    'data group',
    `signed-dg${number}-${name}`,
    `DG${number}, rightly signed, ${words}`,
    { dataGroup },
    expected,
  );
}

const nested = (tag: number): Uint8Array =>
  encodeTlv(
    tag,
    Array.from({ length: 60 }).reduce<Uint8Array>((inner) => encodeTlv(0x30, inner), new Uint8Array(2)),
  );

const dataGroups: readonly NamedFault[] = [
  group(1, 'absent', 'is not in the document', () => null),
  group(1, 'cut', 'has a zone of 40 characters', (bytes) => encodeTlv(0x61, encodeTlv(0x5f1f, bytes.slice(5, 45)))),
  group(1, 'check-digit', 'has a wrong check digit', (bytes) =>
    bytes.map((byte, at) => (at === 5 + 44 + 9 ? 0x30 + ((byte - 0x2f) % 10) : byte)),
  ),
  group(1, 'letters', 'has letters that no zone knows', (bytes) => bytes.map((byte, at) => (at > 60 ? 0xe5 : byte))),
  group(1, 'deep', 'nests 60 deep', () => nested(0x61)),
  group(2, 'absent', 'is not in the document', () => null),
  group(2, 'no-image', 'holds no image', () => encodeTlv(0x75, encodeTlv(0x7f61, encodeTlv(0x02, Uint8Array.of(0))))),
  group(2, 'deep', 'nests 60 deep', () => nested(0x75)),
  group(14, 'absent', 'is not in the document', () => null),
  group(14, 'cut', 'is no set of infos', () => encodeTlv(0x6e, encodeTlv(0x30, new Uint8Array(3)))),
  group(14, 'deep', 'nests 60 deep', () => nested(0x6e)),
];

function sod(name: string, words: string, securityObject: (content: SecurityObjectContent) => SecurityObjectContent) {
  return signing('security object', `security-object-${name}`, `EF.SOD ${words}`, { securityObject });
}

const withContentInfo = (change: (bytes: Uint8Array) => Uint8Array) => (content: SecurityObjectContent) => ({
  ...content,
  contentInfo: change,
});

const without = (number: number) => (content: SecurityObjectContent) => ({
  ...content,
  dataGroups: new Map([...content.dataGroups].filter(([candidate]) => candidate !== number)),
});

const securityObjects: readonly NamedFault[] = [
  sod('without-dg1', 'does not list DG1', without(1)),
  sod('without-dg2', 'does not list DG2', without(2)),
  sod('without-dg14', 'does not list DG14', without(14)),
  sod('without-groups', 'lists no data group', (content) => ({ ...content, dataGroups: new Map() })),
  sod('unknown-signer', 'is signed under a CSCA that nobody knows', (content) => ({
    ...content,
    signer: 'ds-unknown',
  })),
  sod('foreign-signer', 'is signed by another country', (content) => ({ ...content, signer: 'ds-de' })),
  sod('card-signer', 'is signed by the signer of identity cards', (content) => ({ ...content, signer: 'ds-se-id' })),
  sod(
    'other-content',
    'has a content with another hash than was signed',
    withContentInfo((bytes) => changedAt(bytes, 90)),
  ),
  sod(
    'signature-bit',
    'differs in the last bit of its signature',
    withContentInfo((bytes) => changedAt(bytes, bytes.length - 1)),
  ),
  sod(
    'cut',
    'ends in the middle',
    withContentInfo((bytes) => bytes.slice(0, bytes.length / 2)),
  ),
  sod(
    'other-type',
    'is no SignedData',
    withContentInfo((bytes) => changedAt(bytes, 12)),
  ),
  sod(
    'trailing',
    'goes on after SignedData',
    withContentInfo((bytes) => concat(bytes, nested(0x30))),
  ),
  sod(
    'deep',
    'nests 60 deep',
    withContentInfo(() => nested(0x30)),
  ),
  signing(
    'security object',
    'security-object-indefinite',
    'EF.SOD has indefinite lengths, as American ones',
    { securityObject: (content) => ({ ...content, form: 'indefinite length' }) },
    'accept',
  ),
  signing(
    'security object',
    'security-object-old-identifier',
    'EF.SOD has the content type of the first years',
    { securityObject: (content) => ({ ...content, form: 'old identifier' }) },
    'accept',
  ),
  signing(
    'security object',
    'security-object-sha-512',
    'EF.SOD hashes with SHA-512',
    { securityObject: (content) => ({ ...content, hash: 'SHA-512' }) },
    'accept',
  ),
  signing(
    'security object',
    'security-object-version-0',
    'EF.SOD of LDS 1.7 in a document of LDS 1.8',
    { securityObject: (content) => ({ ...content, version: 'V0' }) },
    'accept',
  ),
];

function changedAt(bytes: Uint8Array, place: number): Uint8Array {
  return bytes.map((byte, at) => (at === place ? byte ^ 1 : byte));
}

function signer(
  name: string,
  words: string,
  certificate: (content: CertificateContent) => CertificateContent,
  expected: NamedFault['expected'] = 'not accept',
) {
  return signing(
    'certificate',
    `signer-${name}`,
    `The document signer's certificate ${words}`,
    { certificate },
    expected,
  );
}

const certificates: readonly NamedFault[] = [
  signer('expired', 'has expired', (content) => ({ ...content, notAfter: addDays(content.notBefore, 90) })),
  signer('not-yet', 'is not valid yet', (content) => ({ ...content, notBefore: addDays(content.notAfter, -30) })),
  signer('other-country', 'names another country', (content) => ({
    ...content,
    subject: { ...content.subject, country: 'NO', state: 'NOR' },
  })),
  // The key identifiers agree and the signature is right (9303-12 App. D.1.1.1): a colleague looks, nobody is sent away.
  signer('other-issuer', 'names its issuer otherwise than the CSCA does itself', (content) => ({
    ...content,
    issuer: { ...content.issuer, commonName: 'Styrk Specimen CSCA Nowhere' },
  })),
  signer('other-codes', 'may sign identity cards alone', (content) => ({ ...content, documentCodes: ['I'] })),
  signer('authority', 'is that of an authority', (content) => ({ ...content, kind: 'CSCA', documentCodes: null })),
  signer('self-signed', 'is signed by itself', (content) => ({ ...content, issuerKey: content.key })),
  signer('wrong-signature', "is signed with another country's key", (content) => ({
    ...content,
    issuerKey: issuingKey('csca-br'),
  })),
  signer('other-key', 'holds another key than signed', (content) => ({ ...content, key: issuingKey('ds-fr') })),
  signer('unknown-issuer', 'is signed under a CSCA that nobody knows', (content) => ({
    ...content,
    issuerKey: issuingKey('csca-unknown'),
  })),
  signing(
    'certificate',
    'signer-named-curve',
    "The document signer's certificate names its curve, which the standard forbids",
    { certificate: (content) => ({ ...content, parameters: 'named' }) },
    'accept',
  ),
  signing(
    'certificate',
    'signer-without-codes',
    "The document signer's certificate says nothing of document types",
    { certificate: (content) => ({ ...content, documentCodes: null }) },
    'accept',
  ),
];

/** Faults that were signed for, and faults in what signs. */
export const faultsOfSigning: readonly NamedFault[] = [...dataGroups, ...securityObjects, ...certificates];
