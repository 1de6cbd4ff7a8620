import type { BaseBlock } from 'asn1js';
import type { CurveName } from '../../crypto/curves.ts';
import type { HashName } from '../../crypto/hash.ts';
import { modularPower } from '../../crypto/modular.ts';
import { encodePoint, publicPoint } from '../../crypto/points.ts';
import type { ActiveAuthenticationKey } from '../chip/active-authentication.ts';
import { chipAuthenticationProtocol, publicKeyProtocol } from '../chip/chip-authentication-protocols.ts';
import type { AgreementKey, ChipAuthenticationKey } from '../chip/chip-profile.ts';
import type { Cipher } from '../chip/key-derivation.ts';
import type { RecoverableScheme } from '../chip/recoverable-signature.ts';
import { standardisedCurveId, standardisedPrimeField } from '../chip/standardised-domain.ts';
import { encoded, explicit, integer, objectIdentifier, sequence } from './asn1.ts';
import { chipCurveKey, chipPrivateKey, chipRsaKey } from './chip-keys.ts';
import { publicKeyOf, rsaPublicKey, subjectPublicKeyInfo } from './public-key-info.ts';
import { hashAlgorithm, maskGeneration, rsassaPss } from './signature-algorithms.ts';

/** One key of chip authentication, as DG14 offers it. */
export interface ChipAuthenticationOffer {
  /** A curve, or the number of a group of RFC 5114. */
  readonly domain: CurveName | 0 | 1 | 2;
  readonly ciphers: readonly Cipher[];
  readonly keyId?: number;
  /** How the key names its domain: curves by identifier, in full or by standardised number; DH as X9.42 or PKCS#3. */
  readonly form: 'named' | 'explicit' | 'standardised' | 'X9.42' | 'PKCS#3';
  /** DG14 holds the key alone, without ChipAuthenticationInfo. */
  readonly keyAlone?: true;
}

/** How a chip signs challenges: the key, and what DG14 and DG15 say of it. */
export type ActiveAuthenticationOffer =
  | ({ readonly scheme: 'ISO 9796-2'; readonly bits: 1024 | 1280 | 1536 | 2048 | 3072 } & RecoverableScheme)
  | { readonly scheme: 'RSASSA-PSS'; readonly bits: 1536 | 2048 | 3072; readonly hash: HashName }
  | {
      readonly scheme: 'ECDSA';
      readonly curve: CurveName;
      readonly hash: HashName;
      readonly form: 'plain' | 'DER';
      readonly parameters: 'explicit' | 'named';
    };

/** The private side of an offer. Whoever copies a chip does not get it: a copy's label is another one. */
export function chipAuthenticationKey(label: string, offer: ChipAuthenticationOffer): ChipAuthenticationKey {
  const own = `${label} chip authentication ${offer.keyId ?? ''}`;
  const keyId = offer.keyId === undefined ? null : BigInt(offer.keyId);
  return { keyId, key: agreementKey(own, offer.domain), ciphers: offer.ciphers };
}

/** A static key of that domain that follows from the label. */
export function agreementKey(label: string, domain: ChipAuthenticationOffer['domain']): AgreementKey {
  if (typeof domain === 'number') {
    const parameters = standardisedPrimeField(domain);
    return { domain: { kind: 'DH', parameters }, privateKey: chipPrivateKey(label, parameters.order) };
  }
  const { curve, privateKey } = chipCurveKey(label, domain);
  return { domain: { kind: 'ECDH', curve }, privateKey };
}

/** SubjectPublicKeyInfo of a static key. */
function agreementKeyInfo({ domain, privateKey }: AgreementKey, form: ChipAuthenticationOffer['form']): BaseBlock {
  if (domain.kind === 'ECDH') {
    const publicKey = encodePoint(domain.curve, publicPoint(domain.curve, privateKey));
    if (form !== 'standardised') {
      const key = { kind: 'EC', curve: domain.curve, privateKey, publicKey } as const;
      return subjectPublicKeyInfo(key, form === 'explicit' ? 'explicit' : 'named').toSchema();
    }
    // standardizedDomainParameters (9303-11 §9.5.1).
    const id = integer(standardisedCurveId(domain.curve.name));
    return publicKeyOf('0.4.0.127.0.7.1.2', id, publicKey).toSchema();
  }
  const { prime, generator, order } = domain.parameters;
  const numbers = [integer(prime), integer(generator)];
  const publicKey = encoded(integer(modularPower(generator, privateKey, prime)));
  return form === 'PKCS#3' || order === null
    ? publicKeyOf('1.2.840.113549.1.3.1', sequence(...numbers), publicKey).toSchema()
    : publicKeyOf('1.2.840.10046.2.1', sequence(...numbers, integer(order)), publicKey).toSchema();
}

function keyReference(keyId: number | undefined): BaseBlock[] {
  return keyId === undefined ? [] : [integer(keyId)];
}

/** ChipAuthenticationPublicKeyInfo (9303-11 §9.2.6). */
export function publicKeyInfo(
  key: AgreementKey,
  form: ChipAuthenticationOffer['form'],
  keyId: number | undefined,
): Uint8Array {
  const protocol = objectIdentifier(publicKeyProtocol(key));
  return encoded(sequence(protocol, agreementKeyInfo(key, form), ...keyReference(keyId)));
}

/** What DG14 says of a key: ChipAuthenticationInfo for each cipher, and the key (9303-11 §9.2.5, §9.2.6). */
export function chipAuthenticationInfos(label: string, offer: ChipAuthenticationOffer): Uint8Array[] {
  const { key } = chipAuthenticationKey(label, offer);
  const infos = offer.ciphers.map((cipher) => {
    const protocol = objectIdentifier(chipAuthenticationProtocol(key, cipher));
    return encoded(sequence(protocol, integer(1), ...keyReference(offer.keyId)));
  });
  return [...(offer.keyAlone === true ? [] : infos), publicKeyInfo(key, offer.form, offer.keyId)];
}

/** The private side of active authentication. RSA keys are shared by specimens; a copy gets a key of its own length. */
export function activeAuthenticationKey(label: string, offer: ActiveAuthenticationOffer): ActiveAuthenticationKey {
  switch (offer.scheme) {
    case 'ISO 9796-2':
      return {
        scheme: offer.scheme,
        key: chipRsaKey(offer.bits),
        recoverable: { hash: offer.hash, trailer: offer.trailer },
      };
    case 'RSASSA-PSS':
      return { scheme: offer.scheme, key: chipRsaKey(offer.bits), hash: offer.hash };
    case 'ECDSA':
      return {
        scheme: offer.scheme,
        key: chipCurveKey(`${label} active authentication`, offer.curve),
        hash: offer.hash,
        form: offer.form,
      };
  }
}

/** SubjectPublicKeyInfo in DG15 (9303-10 §4.7.15). Where the chip signs with RSA-PSS its algorithm says so (RFC 4055 §1.2). */
export function activeAuthenticationKeyInfo(label: string, offer: ActiveAuthenticationOffer): Uint8Array {
  const { key } = activeAuthenticationKey(label, offer);
  if (offer.scheme === 'ECDSA') return encoded(subjectPublicKeyInfo(key, offer.parameters).toSchema());
  if (offer.scheme === 'ISO 9796-2' || key.kind !== 'RSA')
    return encoded(subjectPublicKeyInfo(key, 'named').toSchema());
  const hash = hashAlgorithm(offer.hash, 'null').toSchema();
  const parameters = sequence(explicit(0, hash), explicit(1, maskGeneration(offer.hash).toSchema()));
  return encoded(publicKeyOf(rsassaPss, parameters, rsaPublicKey(key)).toSchema());
}

const plainEcdsa: Readonly<Record<HashName, string>> = {
  'SHA-1': '0.4.0.127.0.7.1.1.4.1.1',
  'SHA-224': '0.4.0.127.0.7.1.1.4.1.2',
  'SHA-256': '0.4.0.127.0.7.1.1.4.1.3',
  'SHA-384': '0.4.0.127.0.7.1.1.4.1.4',
  'SHA-512': '0.4.0.127.0.7.1.1.4.1.5',
};

/** ActiveAuthenticationInfo (9303-11 §9.2.4), which ECDSA needs; RSA does without. */
export function activeAuthenticationInfos(offer: ActiveAuthenticationOffer): Uint8Array[] {
  if (offer.scheme === 'ISO 9796-2') return [];
  const algorithm = offer.scheme === 'ECDSA' ? plainEcdsa[offer.hash] : rsassaPss;
  return [encoded(sequence(objectIdentifier('2.23.136.1.1.5'), integer(1), objectIdentifier(algorithm)))];
}
