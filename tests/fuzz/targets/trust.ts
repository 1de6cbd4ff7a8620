import { decodeTlv, encodeTlv } from '../../../main/document/tlv.ts';
import { trainingAnchors } from '../../../main/simulator/issuing/issuers.ts';
import { parseSignedData } from '../../../main/trust/cms/cms.ts';
import { parseLdsSecurityObject } from '../../../main/trust/cms/lds-security-object.ts';
import { readMasterList } from '../../../main/trust/lists/master-list.ts';
import { recogniseTrustFile } from '../../../main/trust/lists/recognise-file.ts';
import { nothingRevoked } from '../../../main/trust/path/link-belief.ts';
import { verifySecurityObject } from '../../../main/trust/path/passive-authentication.ts';
import type { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { parseRevocationList } from '../../../main/trust/revocation/revocation-list.ts';
import type { TrustLookup } from '../../../main/trust/types.ts';
import { parseCertificate, publicKeyOf, signatureAlgorithmOf } from '../../../main/trust/x509/certificate.ts';
import { pemBlocks } from '../../../main/trust/x509/pem.ts';
import { canonicalPublicKeyInfo, parsePublicKey } from '../../../main/trust/x509/public-key.ts';
import { summarise } from '../../../main/trust/x509/summarise.ts';
import {
  byKeyIdentifier,
  ecTestKey,
  extensions,
  issueTestCertificate,
  keyIdentifierOf,
  nameOf,
  type TestScheme,
  testAuthority,
  testMasterListContent,
  testPublicKeyInfo,
  testSignedData,
} from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';
import { trainingFolderTrust } from '../../support/training-issuers.ts';
import { mutateBytes, mutateText } from '../mutate-bytes.ts';
import { Finding, type Target } from '../target.ts';
import { filesNamed, specimen, today, utf8 } from './specimen-files.ts';

const bytes = { maximumLength: 65_536, perRound: 128, maximumMillis: 3_000, mutate: mutateBytes } as const;

const scheme: TestScheme = { scheme: 'ECDSA', hash: 'SHA-256' };
const anchorKey = ecTestKey('P-256', 'named', 1);
const signerKey = ecTestKey('P-256', 'explicit', 2);
const anchor = testAuthority(anchorKey, scheme);

function masterList(): Uint8Array {
  const identifier = keyIdentifierOf(signerKey);
  const signer = issueTestCertificate({
    subject: nameOf('UT', 'Test List Signer'),
    issuer: nameOf('UT', 'Test CSCA'),
    key: signerKey,
    issuerKey: anchorKey,
    scheme,
    extensions: [
      extensions.digitalSignature(),
      extensions.extendedKeyUsage('2.23.136.1.1.3'),
      extensions.subjectKeyIdentifier(identifier),
    ],
  });
  return testSignedData({
    contentType: '2.23.136.1.1.2',
    content: testMasterListContent([anchor]),
    certificates: [signer],
    key: signerKey,
    scheme,
    identifier: byKeyIdentifier(identifier),
  });
}

const emptyContext = { at: today, known: [], refusedPublicKeys: new Set<string>(), isRevoked: nothingRevoked };

/** A store that believes the simulator's issuers, with their revocation lists. */
export const trainingTrust = (): Promise<TrustStore> => trainingFolderTrust(today);

let lookup: Promise<TrustLookup> | null = null;

const untouched = (): ReadonlySet<string> => new Set(filesNamed('EF.SOD').map(hex));
const hex = (file: Uint8Array): string => Buffer.from(file).toString('hex');

// With the groups of a specimen, so that all of passive authentication is reached.
async function securityObject(input: Uint8Array): Promise<void> {
  lookup ??= trainingTrust();
  const { files } = specimen('se-passport');
  const dataGroups = new Map([1, 2].map((group) => [group, files.get(`EF.DG${group}`) ?? ('absent' as const)]));
  const { checks } = await verifySecurityObject({
    kind: 'EF.SOD',
    securityObject: input,
    dataGroups,
    issuer: 'SWE',
    documentCode: 'P',
    at: today,
    trust: await lookup,
  });
  const believed = checks.filter(({ result }) => result === 'successful').map(({ id }) => id);
  const proven = ['hashes', 'signature', 'path'].every((id) => believed.some((one) => one.endsWith(`.${id}`)));
  if (proven && !coversTheSame(input)) throw new Finding('a changed security object is believed');
}

// What is signed is the content and the signed attributes; a change beside them changes nothing that is believed.
function coversTheSame(input: Uint8Array): boolean {
  if (untouched().has(hex(input))) return true;
  const contentOf = (file: Uint8Array): string => hex(parseSignedData(inner(file)).content);
  const [original] = filesNamed('EF.SOD', ['se-passport']);
  return original !== undefined && contentOf(input) === contentOf(original);
}

// What stands in the file's own tag, whose length may be indefinite.
function inner(file: Uint8Array): Uint8Array {
  return decodeTlv(file).value;
}

async function importedList(input: Uint8Array): Promise<void> {
  const { certificates } = await readMasterList(input, { ...emptyContext, pinnedSigner: anchor });
  if (certificates.some(({ der }) => hex(der) !== hex(anchor))) throw new Finding('a changed list is believed');
}

function certificate(input: Uint8Array): void {
  const parsed = parseCertificate(input);
  summarise(parsed, 'self-signed');
  publicKeyOf(parsed);
  signatureAlgorithmOf(parsed);
}

const armoured = (der: Uint8Array): Uint8Array =>
  utf8(`-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`);
const contents = (): readonly Uint8Array[] => filesNamed('EF.SOD').map((file) => parseSignedData(inner(file)).content);
const signers = (): readonly Uint8Array[] =>
  filesNamed('EF.SOD').flatMap((file) => parseSignedData(inner(file)).certificates);
const revocationList = (): Uint8Array => testRevocationList({ key: anchorKey, scheme, revoked: [17, 300] });

export const trustTargets: readonly Target[] = [
  {
    ...bytes,
    name: 'signed-data',
    seeds: () => [masterList(), ...filesNamed('EF.SOD').map((file) => inner(file))],
    run: (input) => parseSignedData(input),
  },
  { ...bytes, name: 'security-object', perRound: 24, seeds: () => filesNamed('EF.SOD'), run: securityObject },
  { ...bytes, name: 'lds-security-object', seeds: contents, run: parseLdsSecurityObject },
  {
    ...bytes,
    name: 'certificate',
    seeds: () => [anchor, ...trainingAnchors().slice(0, 6), ...signers()],
    run: certificate,
  },
  {
    ...bytes,
    name: 'public-key',
    seeds: () => [testPublicKeyInfo(anchorKey), testPublicKeyInfo(signerKey)],
    run: (input) => canonicalPublicKeyInfo(parsePublicKey(input)),
  },
  { ...bytes, name: 'master-list', perRound: 24, seeds: () => [masterList()], run: importedList },
  { ...bytes, name: 'revocation-list', seeds: () => [revocationList()], run: parseRevocationList },
  {
    ...bytes,
    name: 'trust-file',
    mutate: (random, input, other) => (random.chance(2) ? mutateText : mutateBytes)(random, input, other),
    seeds: () => [
      masterList(),
      armoured(anchor),
      anchor,
      revocationList(),
      utf8('version: 1\n\ndn: c=UT\n'),
      encodeTlv(0x30),
    ],
    run: (input) => {
      pemBlocks(input);
      recogniseTrustFile(input);
    },
  },
];
