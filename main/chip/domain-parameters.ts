import { expectTag, oidOf, tag } from '../document/asn1.ts';
import { decodeInteger } from '../document/der.ts';
import { parseEcParameters } from '../document/ec-parameters.ts';
import type { Tlv } from '../document/tlv.ts';
import type { AgreementGroup } from './agreement-group.ts';
import { curveGroup } from './curve-group.ts';
import { modpGroup } from './modp-group.ts';
import { standardisedGroup, standardisedModpGroup } from './standardised-parameters.ts';

const standardisedDomainParameters = '0.4.0.127.0.7.1.2';
const ecPublicKey = '1.2.840.10045.2.1';
const dhPublicNumber = '1.2.840.10046.2.1';
const dhKeyAgreement = '1.2.840.113549.1.3.1';

/** The parameters of an AlgorithmIdentifier (9303-11 §9.5) and how they were given. */
export interface DomainParameters {
  readonly group: AgreementGroup;
  /** The standardised id where they are given by it. */
  readonly standardisedId: number | null;
  /** Whether the group is one of those that the standards publish: only such are used before the chip is authentic. */
  readonly published: boolean;
}

// Beyond these nothing is computed: a short prime proves nothing, a long one costs seconds.
const minimumPrimeBits = 1024;
const maximumPrimeBits = 4096;

/**
 * Reads an AlgorithmIdentifier of a key agreement: a standardised id, a named or explicit curve (compared with those known),
 * numbers after X9.42 or PKCS#3. Null where it names nothing that this house computes with. Fails with `tlv.malformed`.
 */
export function parseDomainParameters(algorithm: Tlv | undefined): DomainParameters | null {
  const [identifier, parameters] = expectTag(algorithm, tag.sequence, 'algorithm').children;
  const name = oidOf(identifier);
  if (name === standardisedDomainParameters) {
    const id = Number(integer(parameters));
    const group = standardisedGroup(id);
    return group === null ? null : { group, standardisedId: id, published: true };
  }
  if (name === ecPublicKey) {
    const known = parseEcParameters(parameters);
    return known === null ? null : { group: curveGroup(known.curve), standardisedId: null, published: true };
  }
  if (name !== dhPublicNumber && name !== dhKeyAgreement) return null;
  // X9.42: p, g, q (RFC 3279 §2.3.3). PKCS#3: p, g, the length of the private key in bits.
  const [first, second, third] = expectTag(parameters, tag.sequence, 'DH parameters').children;
  const [prime, generator] = [integer(first), integer(second)];
  const known = standardisedModpGroup(prime, generator);
  if (known !== null) return { group: known, standardisedId: null, published: true };
  const order = name === dhPublicNumber && third !== undefined ? integer(third) : null;
  const group = ownModpGroup(prime, generator, order);
  return group === null ? null : { group, standardisedId: null, published: false };
}

function ownModpGroup(prime: bigint, generator: bigint, order: bigint | null): AgreementGroup | null {
  const bits = prime <= 0n ? 0 : prime.toString(2).length;
  if (bits < minimumPrimeBits || bits > maximumPrimeBits || (prime & 1n) === 0n) return null;
  if (generator < 2n || generator > prime - 2n) return null;
  if (order !== null && (order < 1n << 159n || (prime - 1n) % order !== 0n)) return null;
  return modpGroup(`DH-${bits}`, { prime, generator, order });
}

function integer(node: Tlv | undefined): bigint {
  return decodeInteger(expectTag(node, tag.integer, 'domain parameters').value);
}
