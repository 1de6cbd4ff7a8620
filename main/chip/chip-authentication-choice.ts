import { bitStringBytes, expectTag, tag } from '../document/asn1.ts';
import { decodeInteger } from '../document/der.ts';
import { decodeTlv } from '../document/tlv.ts';
import { Failure } from '../result/failure.ts';
import type { AgreementGroup } from './agreement-group.ts';
import { parseDomainParameters } from './domain-parameters.ts';
import type { CipherSuite } from './key-derivation.ts';
import type { ChipAuthenticationInfo, ChipAuthenticationPublicKeyInfo, SecurityInfo } from './security-infos.ts';

/** Chip authentication as this house would run it with one key. */
export interface ChipAuthenticationChoice {
  /** Object identifier of the protocol, dotted. */
  readonly protocol: string;
  readonly cipher: CipherSuite;
  readonly group: AgreementGroup;
  /** The chip's static key, validated. */
  readonly chipPublicKey: Uint8Array;
  readonly keyId: bigint | null;
}

const chipAuthentication = '0.4.0.127.0.7.2.2.3';
const chipAuthenticationVersion = 1;
const ciphers: readonly CipherSuite[] = ['3DES', 'AES-128', 'AES-192', 'AES-256'];

/** A static key of the chip as SubjectPublicKeyInfo. */
export interface StaticKey {
  readonly group: AgreementGroup;
  readonly publicKey: Uint8Array;
}

/**
 * Reads a ChipAuthenticationPublicKeyInfo's key. Null where its parameters are none that this house computes with. Fails
 * with `access.peer-key-invalid` where it is no element of its group, `tlv.malformed`.
 */
export function parseStaticKey({ publicKey, agreement }: ChipAuthenticationPublicKeyInfo): StaticKey | null {
  const [algorithm, subjectPublicKey] = expectTag(decodeTlv(publicKey), tag.sequence, 'public key').children;
  const parameters = parseDomainParameters(algorithm);
  if (parameters === null || parameters.group.agreement !== agreement) return null;
  const { group } = parameters;
  const bytes = bitStringBytes(subjectPublicKey);
  const element = group.accept(group.agreement === 'DH' ? unsignedBytes(bytes) : bytes);
  if (element === null) throw new Failure('access.peer-key-invalid', { step: 'static key' });
  return { group, publicKey: element };
}

// RFC 3279 §2.3.3: the public number is an INTEGER inside the BIT STRING.
function unsignedBytes(encoded: Uint8Array): Uint8Array {
  const { value } = expectTag(decodeTlv(encoded), tag.integer, 'public key');
  return decodeInteger(value) < 0n ? new Uint8Array() : value.subarray(value[0] === 0 ? 1 : 0);
}

interface Pair {
  readonly protocol: string;
  readonly cipher: CipherSuite;
  readonly key: ChipAuthenticationPublicKeyInfo;
}

// The key says which it is, unless it is the only one of its kind.
function belongs(info: ChipAuthenticationInfo, key: ChipAuthenticationPublicKeyInfo, keys: number): boolean {
  if (info.agreement !== key.agreement) return false;
  return info.keyId === key.keyId || (keys === 1 && (info.keyId === null || key.keyId === null));
}

function pairsOf(infos: readonly SecurityInfo[]): readonly Pair[] {
  const keys = infos.filter((info) => info.kind === 'ChipAuthenticationPublicKeyInfo');
  const offers = infos.filter((info) => info.kind === 'ChipAuthenticationInfo');
  return keys.flatMap((key): readonly Pair[] => {
    const alike = keys.filter(({ agreement }) => agreement === key.agreement).length;
    const own = offers.filter((info) => belongs(info, key, alike));
    const usable = own.filter(({ version }) => version === chipAuthenticationVersion);
    // Old chips say nothing beside the key: 3DES it is then.
    const inferred = {
      protocol: `${chipAuthentication}.${key.agreement === 'DH' ? 1 : 2}.1`,
      cipher: '3DES',
      key,
    } as const;
    return own.length === 0 ? [inferred] : usable.map(({ protocol, cipher }) => ({ protocol, cipher, key }));
  });
}

/** Whether the SecurityInfos hold a key for chip authentication, of whatever kind. */
export function offersChipAuthentication(infos: readonly SecurityInfo[]): boolean {
  return infos.some((info) => info.kind === 'ChipAuthenticationPublicKeyInfo');
}

/**
 * The strongest chip authentication that DG14 offers: the longest cipher key, then the stronger group, then the place in
 * the file. Null where this house can use none. Fails with `access.peer-key-invalid` where a key is none,
 * `tlv.malformed`.
 */
export function chooseChipAuthentication(infos: readonly SecurityInfo[]): ChipAuthenticationChoice | null {
  const choices = pairsOf(infos).flatMap(({ protocol, cipher, key }): readonly ChipAuthenticationChoice[] => {
    const parsed = parseStaticKey(key);
    if (parsed === null) return [];
    return [{ protocol, cipher, group: parsed.group, chipPublicKey: parsed.publicKey, keyId: key.keyId }];
  });
  const [best] = choices.toSorted(
    (a, b) => ciphers.indexOf(b.cipher) - ciphers.indexOf(a.cipher) || b.group.strength - a.group.strength,
  );
  return best ?? null;
}
