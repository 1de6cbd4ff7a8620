import { BitString, ObjectIdentifier } from 'asn1js';
import {
  type AlgorithmIdentifier,
  AltName,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  type Extension,
  ExtKeyUsage,
  type PublicKeyInfo,
  type RelativeDistinguishedNames,
  RSASSAPSSParams,
} from 'pkijs';
import { knownExtensions } from '../x509/certificate-extensions.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { oid } from '../x509/object-identifiers.ts';
import { dayOfTime, hexOf, identifiersOf, nameKey, numberOf, parts, readAsn1, textOf } from './asn1js-values.ts';
import { type Facts, factsOf } from './facts.ts';

// What a certificate of any state has is far below; our own reading has the same bound.
const maximumNodes = 4_000;

/** What pkijs makes of a certificate. Throws where it cannot read it. */
export function theirCertificateFacts(der: Uint8Array): Facts {
  const node = readAsn1(der, maximumNodes);
  const read = new Certificate({ schema: node });
  const { extensions = [] } = read;
  const parsed = (id: string): unknown => extensions.find(({ extnID }) => extnID === id)?.parsedValue;
  const has = (id: string): boolean => extensions.some(({ extnID }) => extnID === id);
  const told = <Value>(id: string, reader: (value: unknown) => Value | undefined): Value | null | undefined =>
    has(id) ? reader(parsed(id)) : null;
  const locality = (id: string) => told(id, localityOf);
  return factsOf({
    serialNumber: hexOf(read.serialNumber),
    subject: nameKey(read.subject),
    issuer: nameKey(read.issuer),
    ...validityOf(node),
    publicKey: keyOf(read.subjectPublicKeyInfo),
    ...theirSignature(read),
    subjectKeyIdentifier: told(oid.subjectKeyIdentifier, keyIdentifierOf),
    authorityKeyIdentifier: told(oid.authorityKeyIdentifier, authorityKeyOf),
    basicConstraints: told(oid.basicConstraints, (value) =>
      value instanceof BasicConstraints && !isBroken(value) ? constraintsOf(value) : undefined,
    ),
    keyUsage: told(oid.keyUsage, keyUsageOf),
    extendedKeyUsage: told(oid.extendedKeyUsage, (value) =>
      value instanceof ExtKeyUsage && !isBroken(value) ? identifiersOf(value.keyPurposes) : undefined,
    ),
    privateKeyUsagePeriod: periodOf(extensions.find(({ extnID }) => extnID === oid.privateKeyUsagePeriod)),
    subjectLocality: locality(oid.subjectAltName),
    issuerLocality: locality(oid.issuerAltName),
    unknownCritical: identifiersOf(
      extensions.filter(({ critical, extnID }) => critical && !knownExtensions.has(extnID)).map(({ extnID }) => extnID),
    ),
  });
}

/** The signature of a certificate or a list as pkijs reads it. */
export function theirSignature(read: {
  readonly tbsView: Uint8Array;
  readonly signatureValue: BitString;
  readonly signatureAlgorithm: AlgorithmIdentifier;
}): Readonly<Record<string, string | undefined>> {
  const { algorithmId, algorithmParams } = read.signatureAlgorithm;
  return {
    signed: fingerprintOf(new Uint8Array(read.tbsView)),
    signature: fingerprintOf(new Uint8Array(read.signatureValue.valueBlock.valueHexView)),
    signatureAlgorithm: identifiersOf([algorithmId]),
    signatureParameters: algorithmId === oid.rsassaPss ? pssOf(algorithmParams) : '',
  };
}

const hashNames: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};

function pssOf(parameters: unknown): string | undefined {
  if (parameters === undefined) return 'SHA-1 SHA-1 20';
  const { hashAlgorithm, maskGenAlgorithm, saltLength } = new RSASSAPSSParams({ schema: parameters as never });
  const [maskHash] = parts(maskGenAlgorithm.algorithmParams);
  const mask = maskHash instanceof ObjectIdentifier ? hashNames[maskHash.getValue()] : undefined;
  const hash = hashNames[hashAlgorithm.algorithmId];
  return hash === undefined || mask === undefined ? undefined : `${hash} ${mask} ${saltLength}`;
}

/** keyIdentifier of an AuthorityKeyIdentifier, null where it has none; undefined where pkijs could not read it. */
export function authorityKeyOf(value: unknown): string | null | undefined {
  if (!(value instanceof AuthorityKeyIdentifier) || isBroken(value)) return undefined;
  return value.keyIdentifier === undefined ? null : keyIdentifierOf(value.keyIdentifier);
}

// One of no bytes names no key.
function keyIdentifierOf(value: unknown): string | null | undefined {
  const hex = hexOf(value);
  return hex === '' ? null : hex;
}

// Above 32 bits pkijs keeps the INTEGER itself.
function constraintsOf({ cA, pathLenConstraint }: BasicConstraints): string | undefined {
  if (typeof pathLenConstraint === 'object') return undefined;
  return `${cA} ${pathLenConstraint ?? 'unlimited'}`;
}

function isBroken(value: object): boolean {
  return 'parsingError' in value && value.parsingError !== undefined;
}

// pkijs keeps dates and forgets how they were written: the times are looked up where they stand.
function validityOf(node: Parameters<typeof parts>[0]): {
  notBefore: string | undefined;
  notAfter: string | undefined;
} {
  const [signed] = parts(node);
  for (const field of parts(signed)) {
    const [notBefore, notAfter, ...rest] = parts(field).map(dayOfTime);
    if (rest.length === 0 && (notBefore !== undefined || notAfter !== undefined)) return { notBefore, notAfter };
  }
  return { notBefore: undefined, notAfter: undefined };
}

const ecPublicKey = '1.2.840.10045.2.1';
const dsa = '1.2.840.10040.4.1';
const rsa: readonly string[] = ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.10'];

function keyOf({ algorithm, subjectPublicKey }: PublicKeyInfo): string | undefined {
  const { algorithmId, algorithmParams } = algorithm;
  const bytes = new Uint8Array(subjectPublicKey.valueBlock.valueHexView);
  if (algorithmId === ecPublicKey) {
    const curve =
      algorithmParams instanceof ObjectIdentifier ? algorithmParams.getValue() : explicitOf(algorithmParams);
    return curve === undefined ? undefined : `EC ${curve} ${hexOf(subjectPublicKey)}`;
  }
  const node = readAsn1(bytes, maximumNodes);
  if (rsa.includes(algorithmId)) return withNumbers('RSA', parts(node));
  return algorithmId === dsa ? withNumbers('DSA', [...parts(algorithmParams), node]) : undefined;
}

function withNumbers(kind: string, nodes: readonly unknown[]): string | undefined {
  const numbers = nodes.map((node) => numberOf(node)?.toString(16));
  return numbers.includes(undefined) ? undefined : `${kind} ${numbers.join(' ')}`;
}

// ECParameters (RFC 3279 §2.3.5), which pkijs leaves as they stand: version, fieldID, curve, base, order.
function explicitOf(parameters: unknown): string | undefined {
  const [, field, curve, base, order] = parts(parameters as Parameters<typeof parts>[0]);
  const [, prime] = parts(field);
  const unsigned = (hex: string): bigint => BigInt(`0x${hex || '0'}`);
  const [a, b] = parts(curve).map((node) => unsigned(hexOf(node) ?? ''));
  // 04 x y, or 02 or 03 and x alone.
  const point = hexOf(base) ?? '';
  const x = unsigned(point.slice(2, point.startsWith('04') ? 1 + point.length / 2 : undefined));
  const numbers = [numberOf(prime), a, b, x, numberOf(order)].map((number) => number?.toString(16));
  return numbers.includes(undefined) ? undefined : numbers.join(' ');
}

const usages = [
  ['digitalSignature', 0x80],
  ['keyCertSign', 0x04],
  ['cRLSign', 0x02],
] as const;

function keyUsageOf(value: unknown): string | undefined {
  if (!(value instanceof BitString)) return undefined;
  const [first = 0] = value.valueBlock.valueHexView;
  return usages
    .filter(([, bit]) => (first & bit) !== 0)
    .map(([name]) => name)
    .join(' ');
}

// [0] and [1] of PrivateKeyUsagePeriod, each where it stands: pkijs keeps a Date, of which nobody sees how it was written.
function periodOf(extension: Extension | undefined): string | null | undefined {
  if (extension === undefined) return null;
  const days = parts(readAsn1(new Uint8Array(extension.extnValue.valueBlock.valueHexView), maximumNodes)).map(
    (node) => {
      const text = String.fromCharCode(...Buffer.from(hexOf(node) ?? '', 'hex'));
      const match = /^(\d{4})(\d{2})(\d{2})(?:[01]\d|2[0-3])(?:\d{2}){0,2}(?:\.\d+)?Z$/.exec(text);
      return match === null ? undefined : ([node.idBlock.tagNumber, `${match[1]}-${match[2]}-${match[3]}`] as const);
    },
  );
  const stated = new Map(days.filter((day) => day !== undefined));
  return days.includes(undefined) ? undefined : `${stated.get(0) ?? '-'} ${stated.get(1) ?? '-'}`;
}

const directoryName = 4;
const localityName = '2.5.4.7';

function localityOf(value: unknown): string | null | undefined {
  if (!(value instanceof AltName) || isBroken(value)) return undefined;
  const localities = value.altNames
    .filter(({ type }) => type === directoryName)
    .map((name) => {
      const { typesAndValues } = name.value as RelativeDistinguishedNames;
      const found = typesAndValues.find(({ type }) => type === localityName);
      return found === undefined ? '' : textOf(found.value)?.trim().toUpperCase();
    });
  if (localities.includes(undefined)) return undefined;
  return localities.find((locality) => locality !== '') ?? null;
}
