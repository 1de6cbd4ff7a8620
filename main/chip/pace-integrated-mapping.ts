import { bytesToUnsigned } from '../crypto/points.ts';
import { concat, fromHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import { suiteFunctions } from './cipher-suite.ts';
import { type CipherSuite, keyLengthOf } from './key-derivation.ts';
import type { MappedGenerator, PaceMapping, PaceMappingContext } from './pace-mapping.ts';

/** The constants of R(s,t) (9303-11 §4.4.3.3.2) by the length of the nonce s in bytes. */
const constants: ReadonlyMap<number, readonly [Uint8Array, Uint8Array]> = new Map([
  [16, [fromHex('a668892a7c41e3ca739f40b057d85904'), fromHex('a4e136ac725f738b01c1f60217c188ad')]],
  [
    32,
    [
      fromHex('d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676'),
      fromHex('54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517'),
    ],
  ],
]);

/** Length of the chip's nonce s: the key's length, in whole blocks of AES; 3DES counts as 128 bits. */
function nonceLength(cipher: CipherSuite): number {
  return Math.ceil(keyLengthOf(cipher) / 16) * 16;
}

/**
 * R_p(s,t) of 9303-11 §4.4.3.3.2: an element of the field of `prime` out of the chip's nonce `s` and the terminal's `t`,
 * whose lengths are those of the cipher (a RangeError otherwise).
 */
export function pseudoRandomFieldElement(cipher: CipherSuite, s: Uint8Array, t: Uint8Array, prime: bigint): bigint {
  const [c0, c1] = constants.get(s.length) ?? [];
  const keyLength = keyLengthOf(cipher);
  if (c0 === undefined || c1 === undefined || s.length !== nonceLength(cipher) || t.length !== keyLength)
    throw new RangeError('nonce length');
  const { blockLength, encrypt } = suiteFunctions(cipher);
  using secrets = new DisposableStack();
  const chain = (key: Uint8Array, data: Uint8Array): Uint8Array => {
    const output = new SecretBytes(encrypt(key.subarray(0, keyLength), new Uint8Array(blockLength), data));
    return secrets.use(output).reveal();
  };
  const wantedBits = prime.toString(2).length + 64;
  const outputs: Uint8Array[] = [];
  let key = chain(t, s);
  while (outputs.length * s.length * 8 < wantedBits) {
    outputs.push(chain(key, c1));
    key = chain(key, c0);
  }
  const whole = secrets.use(new SecretBytes(concat(...outputs)));
  return bytesToUnsigned(whole.reveal()) % prime;
}

/** Integrated mapping: both nonces go through a pseudo-random function into the group (9303-11 §4.4.3.3.2). */
export const integratedMapping: PaceMapping = {
  name: 'IM',
  suits: (group) => group.mapFieldElement(2n) !== null,
  async map({ group, cipher, nonce, random, exchangeMappingData }: PaceMappingContext): Promise<MappedGenerator> {
    if (nonce.length !== nonceLength(cipher))
      throw new Failure('access.pace-failed', { step: 'nonce', reason: 'length', length: nonce.length });
    const terminalNonce = random(keyLengthOf(cipher));
    await exchangeMappingData(terminalNonce);
    const element = pseudoRandomFieldElement(cipher, nonce.reveal(), terminalNonce, group.prime);
    const generator = SecretBytes.orNull(group.mapFieldElement(element));
    if (generator === null) throw new Failure('access.pace-failed', { step: 'mapping', reason: 'generator' });
    return { generator, chipPublicKey: null };
  },
};
