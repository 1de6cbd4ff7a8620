import { bytesToUnsigned } from '../crypto/points.ts';
import { equal } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import type { MappedGenerator, PaceMapping, PaceMappingContext } from './pace-mapping.ts';

// 9303-11 §4.4.3.3.1: Ĝ = s × G + H, H the common element of an anonymous key agreement.
async function map({ group, nonce, random, exchangeMappingData }: PaceMappingContext): Promise<MappedGenerator> {
  const invalid = (reason: string): Failure => new Failure('access.peer-key-invalid', { step: 'mapping', reason });
  const privateKey = group.randomPrivateKey(random);
  const own = group.power(group.generator, privateKey);
  if (own === null) throw invalid('infinity');
  const peer = group.accept(await exchangeMappingData(own));
  if (peer === null) throw invalid('point');
  // A chip that sends our key back has shown none of its own.
  if (equal(peer, own)) throw invalid('echo');
  using shared = group.secretPower(peer, privateKey);
  if (shared === null) throw invalid('infinity');
  using fromNonce = group.secretPower(group.generator, bytesToUnsigned(nonce.reveal()));
  const whole = fromNonce === null ? shared.reveal().slice() : group.combine(fromNonce.reveal(), shared.reveal());
  const generator = SecretBytes.orNull(whole);
  if (generator === null) throw invalid('infinity');
  return { generator, chipPublicKey: peer };
}

/** Generic mapping. */
export const genericMapping: PaceMapping = { name: 'GM', suits: () => true, map };

/**
 * Chip authentication mapping: the same exchange (9303-11 §4.4.3.3.3); the chip's key of it is what its static key is
 * compared with later (§4.4.3.5). Over curves only.
 */
export const chipAuthenticationMapping: PaceMapping = {
  name: 'CAM',
  suits: ({ agreement }) => agreement === 'ECDH',
  map,
};
