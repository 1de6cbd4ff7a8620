import { decodeTlv } from '../../document/tlv.ts';
import { toHex } from '../../result/bytes.ts';
import { asFailure } from '../../result/failure.ts';
import type { SignedData, SignerIdentifier } from '../cms/cms.ts';
import type { RevocationList } from '../revocation/revocation-list.ts';
import { oidOf } from '../x509/asn1-values.ts';
import { type Certificate, publicKeyOf } from '../x509/certificate.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { oid } from '../x509/object-identifiers.ts';
import { parseSignatureAlgorithm } from '../x509/signature-algorithm.ts';
import { type Facts, factsOf } from './facts.ts';

/**
 * What our own reading makes of a certificate. Extensions that it has remarked as unreadable are left out: it takes nothing from
 * them, or bytes as they stand, and claims nothing that another hand could deny.
 */
export function ourCertificateFacts(certificate: Certificate): Facts {
  const { extensions } = certificate;
  const { keyUsage, basicConstraints, privateKeyUsagePeriod: period, extendedKeyUsage } = extensions;
  // RFC 5280 §4.2: what is not critical may be ignored. A usage period with the year in two digits; LT writes key identifiers bare.
  const readable = (name: string, value: string | null): string | null | undefined =>
    extensions.unreadable.includes(name) ? undefined : value;
  return factsOf({
    serialNumber: certificate.serialNumber,
    subject: certificate.subject.key,
    issuer: certificate.issuer.key,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    publicKey: ourKey(certificate),
    ...ourSignature(certificate),
    subjectKeyIdentifier: readable(oid.subjectKeyIdentifier, extensions.subjectKeyIdentifier),
    authorityKeyIdentifier: readable(oid.authorityKeyIdentifier, extensions.authorityKeyIdentifier),
    basicConstraints: readable(
      oid.basicConstraints,
      basicConstraints === null ? null : `${basicConstraints.ca} ${basicConstraints.pathLength ?? 'unlimited'}`,
    ),
    keyUsage: readable(oid.keyUsage, keyUsage === null ? null : usages.filter((name) => keyUsage[name]).join(' ')),
    extendedKeyUsage: readable(oid.extendedKeyUsage, extendedKeyUsage?.toSorted().join(' ') ?? null),
    privateKeyUsagePeriod: readable(
      oid.privateKeyUsagePeriod,
      period === null ? null : `${period.notBefore ?? '-'} ${period.notAfter ?? '-'}`,
    ),
    subjectLocality: readable(oid.subjectAltName, extensions.subjectLocality),
    issuerLocality: readable(oid.issuerAltName, extensions.issuerLocality),
    unknownCritical: extensions.unknownCritical.toSorted().join(' '),
  });
}

const usages = ['digitalSignature', 'keyCertSign', 'cRLSign'] as const;

/** What our own reading makes of a revocation list: the entries as serial number, day and reason, in one digest. */
export function ourRevocationFacts(list: RevocationList): Facts {
  const entries = [...new Set(list.revoked.keys())].map((serial) => {
    const entry = list.revoked.get(serial);
    return `${serial} ${entry?.date ?? '-'} ${entry?.reason ?? '-'}`;
  });
  return factsOf({
    issuer: list.issuer.key,
    thisUpdate: list.thisUpdate,
    nextUpdate: list.nextUpdate,
    number: list.number,
    // One of no bytes names no key.
    authorityKeyIdentifier: list.authorityKeyIdentifier === '' ? null : list.authorityKeyIdentifier,
    ...ourSignature(list),
    ...setFacts('revoked', entries),
  });
}

/** What our own reading makes of signed data: what is signed, by whom, and the certificates that come along. */
export function ourSignedDataFacts(data: SignedData): Facts {
  return factsOf({
    contentType: data.contentType,
    content: fingerprintOf(data.content),
    ...setFacts('certificates', data.certificates.map(fingerprintOf)),
    ...Object.assign(
      { signers: String(data.signerInfos.length) },
      ...data.signerInfos.map((signer, index) => ({
        [`signer ${index + 1}`]: identifierText(signer.identifier),
        [`signature ${index + 1}`]: fingerprintOf(signer.signature),
        [`signature algorithm ${index + 1}`]: oidOf(signer.signatureAlgorithm.children[0]),
        [`signed content type ${index + 1}`]: signer.signedAttributes?.contentType ?? null,
        [`message digest ${index + 1}`]:
          signer.signedAttributes === null ? null : toHex(signer.signedAttributes.messageDigest),
        [`signing time ${index + 1}`]: signer.signedAttributes?.signingTime ?? null,
      })),
    ),
  });
}

function identifierText(identifier: SignerIdentifier): string {
  return 'keyIdentifier' in identifier
    ? identifier.keyIdentifier
    : `${identifier.issuerKey} ${identifier.serialNumber}`;
}

/** The number of things in a set and one digest over them, whatever their order. */
export function setFacts(field: string, items: readonly string[]): Readonly<Record<string, string>> {
  const distinct = [...new Set(items)].sort();
  return {
    [`${field}, number`]: String(distinct.length),
    [field]: fingerprintOf(new TextEncoder().encode(distinct.join('\n'))),
  };
}

type Signed = Pick<Certificate, 'signed' | 'signature' | 'signatureAlgorithm'>;

function ourSignature({ signed, signature, signatureAlgorithm }: Signed): Readonly<Record<string, string | undefined>> {
  return {
    signed: fingerprintOf(signed),
    signature: fingerprintOf(signature),
    signatureAlgorithm: oidOf(signatureAlgorithm.children[0]),
    signatureParameters: known(() => {
      const algorithm = parseSignatureAlgorithm(signatureAlgorithm);
      if (algorithm.scheme !== 'RSASSA-PSS') return '';
      return `${algorithm.hash} ${algorithm.maskHash} ${algorithm.saltLength}`;
    }),
  };
}

function ourKey(certificate: Certificate): string | undefined {
  return known(() => {
    const key = publicKeyOf(certificate);
    if (key.kind === 'RSA') return `RSA ${key.modulus.toString(16)} ${key.exponent.toString(16)}`;
    if (key.kind === 'DSA') return `DSA ${[key.p, key.q, key.g, key.y].map((each) => each.toString(16)).join(' ')}`;
    const { p, a, b, generator, n } = key.curve.parameters;
    const curve = key.explicit ? [p, a, b, generator.x, n].map((each) => each.toString(16)).join(' ') : key.curve.oid;
    return `EC ${curve} ${toHex(key.point)}`;
  });
}

// What our reading does not know it relies on for nothing.
function known<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (thrown) {
    if (asFailure(thrown).code === 'internal.unexpected') throw thrown;
    return undefined;
  }
}

/** The certificates of a CscaMasterList (9303-12 §9.2), as our own reading cuts them out. Fails with `tlv.*`. */
export function ourListedCertificates(content: Uint8Array): readonly string[] {
  return (decodeTlv(content, { maximumNodes: 400_000 }).children[1]?.children ?? []).map(({ raw }) =>
    fingerprintOf(raw),
  );
}
