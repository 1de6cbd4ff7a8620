import { describe, expect, it } from 'vitest';
import { decodeEcdsaSignature, verifyEcdsa } from '../../../main/crypto/ecdsa.ts';
import { digest, digestLength } from '../../../main/crypto/hash.ts';
import { bytesToUnsigned, unsignedToBytes } from '../../../main/crypto/points.ts';
import { recoverRsa, verifyRsaPss } from '../../../main/crypto/rsa.ts';
import { concat, toHex } from '../../../main/result/bytes.ts';
import { internalAuthenticate } from '../../../main/simulator/chip/active-authentication.ts';
import { chipCurveKey, chipRsaKey } from '../../../main/simulator/issuing/chip-keys.ts';
import { counting } from './support.ts';

const challenge = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const command = { cla: 0, ins: 0x88, p1: 0, p2: 0, data: challenge, expected: 65_536, extended: true };

const schemes = [
  ['SHA-1', 'implicit', 'bc'],
  ['SHA-1', 'explicit', '33cc'],
  ['SHA-224', 'explicit', '38cc'],
  ['SHA-256', 'explicit', '34cc'],
  ['SHA-384', 'explicit', '36cc'],
  ['SHA-512', 'explicit', '35cc'],
] as const;

describe('RSA with ISO/IEC 9796-2 (9303-11 §6.1.2.2, appendix F)', () => {
  const lengths = [1024, 1280, 1536, 2048, 3072] as const;

  it.each(lengths.flatMap((bits) => schemes.map(([hash, trailer, end]) => [bits, hash, end, trailer] as const)))(
    'RSA-%i, %s, trailer %s: the whole block',
    (bits, hash, end, trailer) => {
      const key = chipRsaKey(bits);
      const own = { scheme: 'ISO 9796-2', key, recoverable: { hash, trailer } } as const;
      const { data, status } = internalAuthenticate(own, command, 65_536, counting());
      expect([status, data.length]).toEqual([0x9000, bits / 8]);
      const block = unsignedToBytes(recoverRsa(key, data) ?? 0n, bits / 8);
      const message = block.subarray(1, block.length - digestLength(hash) - end.length / 2);
      const expected = concat(Uint8Array.of(0x6a), message, digest(hash, concat(message, challenge)));
      expect(toHex(block)).toBe(`${toHex(expected)}${end}`);
    },
  );

  it('needs room for the answer', () => {
    const own = {
      scheme: 'ISO 9796-2',
      key: chipRsaKey(2048),
      recoverable: { hash: 'SHA-256', trailer: 'explicit' },
    } as const;
    expect(internalAuthenticate(own, command, 231, counting()).status).toBe(0x6700);
    expect(internalAuthenticate(own, { ...command, expected: 255 }, 65_536, counting()).status).toBe(0x6700);
    expect(internalAuthenticate(own, { ...command, data: challenge.slice(1) }, 65_536, counting()).status).toBe(0x6700);
  });
});

describe('the other schemes', () => {
  it('RSA-PSS over the challenge', () => {
    const key = chipRsaKey(2048);
    const { data } = internalAuthenticate({ scheme: 'RSASSA-PSS', key, hash: 'SHA-256' }, command, 65_536, counting());
    const parameters = { hash: 'SHA-256', maskHash: 'SHA-256', saltLength: 32 } as const;
    expect(verifyRsaPss(key, parameters, digest('SHA-256', challenge), data)).toBe(true);
  });

  it.each(['plain', 'DER'] as const)('ECDSA, %s', (form) => {
    const key = chipCurveKey('test', 'brainpoolP256r1');
    const { data } = internalAuthenticate({ scheme: 'ECDSA', key, hash: 'SHA-256', form }, command, 65_536, counting());
    const plain = { r: bytesToUnsigned(data.subarray(0, 32)), s: bytesToUnsigned(data.subarray(32)) };
    const numbers = form === 'plain' ? plain : decodeEcdsaSignature(data);
    expect(form === 'plain' ? data.length : data[0]).toBe(form === 'plain' ? 64 : 0x30);
    expect(numbers !== null && verifyEcdsa(key.curve, key.publicKey, digest('SHA-256', challenge), numbers)).toBe(true);
  });
});
