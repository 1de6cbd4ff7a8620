import type { Curve } from '../crypto/curves.ts';
import type { RsaPublicKey } from '../crypto/rsa.ts';
import { bitStringBytes, expectTag, oidOf, tag } from '../document/asn1.ts';
import { decodeInteger } from '../document/der.ts';
import { parseEcParameters } from '../document/ec-parameters.ts';
import { decodeTlv } from '../document/tlv.ts';

/** The chip's static key of DG15 (9303-10 §4.7.15). `signatureLength` in bytes, plain form for EC. */
export type ActiveAuthenticationKey =
  | { readonly kind: 'RSA'; readonly key: RsaPublicKey; readonly signatureLength: number }
  | { readonly kind: 'EC'; readonly curve: Curve; readonly point: Uint8Array; readonly signatureLength: number };

const rsaEncryption = '1.2.840.113549.1.1.1';
const rsassaPss = '1.2.840.113549.1.1.10';
const ecPublicKey = '1.2.840.10045.2.1';

/** A shorter key could be had by computing; a longer one costs seconds to refuse. */
const minimumModulusBits = 1024;
const maximumModulusBits = 8192;

/**
 * Reads the SubjectPublicKeyInfo of DG15 (its contents, without tag 6F). Null where it is of a kind or a length that this
 * house does not verify with. Fails with `tlv.malformed`.
 */
export function parseActiveAuthenticationKey(subjectPublicKeyInfo: Uint8Array): ActiveAuthenticationKey | null {
  const info = expectTag(decodeTlv(subjectPublicKeyInfo), tag.sequence, 'public key');
  const [algorithm, subjectPublicKey] = info.children;
  const [identifier, parameters] = expectTag(algorithm, tag.sequence, 'public key').children;
  const name = oidOf(identifier);
  const encoded = bitStringBytes(subjectPublicKey);
  if (name === ecPublicKey) {
    const known = parseEcParameters(parameters);
    if (known === null) return null;
    return { kind: 'EC', curve: known.curve, point: encoded, signatureLength: 2 * known.curve.orderLength };
  }
  if (name !== rsaEncryption && name !== rsassaPss) return null;
  const [modulusNode, exponentNode] = expectTag(decodeTlv(encoded), tag.sequence, 'RSA key').children;
  const modulus = decodeInteger(expectTag(modulusNode, tag.integer, 'modulus').value);
  const exponent = decodeInteger(expectTag(exponentNode, tag.integer, 'exponent').value);
  const bits = modulus > 0n ? modulus.toString(2).length : 0;
  if (bits < minimumModulusBits || bits > maximumModulusBits) return null;
  return { kind: 'RSA', key: { modulus, exponent }, signatureLength: Math.ceil(bits / 8) };
}
