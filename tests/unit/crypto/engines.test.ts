import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { toHex } from '../../../main/result/bytes.ts';
import { noRuntime, type RuntimeEngine } from '../../support/engines/no-runtime.ts';

/*
 * Decision 0001: what the runtime's library does in place of noble gives the same answers to the letter. Each property is
 * computed with both, and with what the runtime has not: nothing may depend on which of them answered.
 */

async function withRuntime<Module>(runtime: RuntimeEngine | null, load: () => Promise<Module>): Promise<Module> {
  vi.resetModules();
  if (runtime === null) vi.doUnmock('../../../main/crypto/runtime.ts');
  else vi.doMock('../../../main/crypto/runtime.ts', () => runtime);
  return load();
}

async function both<Module>(load: () => Promise<Module>): Promise<readonly [own: Module, noble: Module]> {
  return [await withRuntime(null, load), await withRuntime(noRuntime, load)];
}

beforeEach(() => {
  vi.doUnmock('../../../main/crypto/runtime.ts');
  vi.resetModules();
});

const bytes = (minLength: number, maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength, maxLength });

describe('the runtime and noble', () => {
  it('this runtime has every operation: otherwise nothing here is compared', async () => {
    const runtime = await import('../../../main/crypto/runtime.ts');
    const seed = new Uint8Array(32).fill(7);
    const message = new Uint8Array(2000).fill(9);
    const signature = runtime.runtimeSign(seed, message);
    expect(signature).toHaveLength(64);
    expect(runtime.runtimeDigest('SHA-512', message)).toHaveLength(64);
    expect(runtime.runtimeHexDigest('')).toHaveLength(64);
    const given = { key: seed, nonce: new Uint8Array(12), context: seed };
    const sealed = Buffer.concat(runtime.runtimeChachaSeal(given, message) ?? []);
    expect(sealed).toHaveLength(2016);
    expect(runtime.runtimeChachaOpen(given, sealed)).toEqual(message);
    expect(runtime.runtimeRsaPower(2n ** 1024n - 105n, 3n, new Uint8Array(128).fill(1))).toHaveLength(128);
    expect(runtime.runtimeAesCbc('decrypt', seed, message.subarray(0, 16), message)).toHaveLength(2000);
    expect(runtime.runtimeMlDsaSign(seed, message)).toHaveLength(2420);
    const { sign, curveByName, digest } = await ecdsaParts();
    const signed = sign(curveByName('P-384'), 5n, 'SHA-384', digest('SHA-384', message));
    expect(
      runtime.runtimeVerifyEcdsa('P-384', signed.point, { hash: 'SHA-384', message, compact: signed.compact }),
    ).toBe(true);
  });

  it('hash alike, on both sides of the length from which the runtime does', async () => {
    const [own, noble] = await both(() => import('../../../main/crypto/hash.ts'));
    fc.assert(
      fc.property(fc.constantFrom(...own.hashNames), bytes(0, 4096), (name, input) => {
        expect(toHex(own.digest(name, input))).toBe(toHex(noble.digest(name, input)));
      }),
    );
  });

  it('encipher and decipher alike, and come to the same CMAC', async () => {
    const [own, noble] = await both(() => import('../../../main/crypto/aes.ts'));
    const key = fc.constantFrom(16, 24, 32).chain((length) => bytes(length, length));
    fc.assert(
      fc.property(key, bytes(16, 16), bytes(0, 1200), (secret, iv, input) => {
        const blocks = input.subarray(0, input.length - (input.length % 16));
        expect(toHex(own.encryptAesCbc(secret, iv, blocks))).toBe(toHex(noble.encryptAesCbc(secret, iv, blocks)));
        expect(toHex(own.decryptAesCbc(secret, iv, blocks))).toBe(toHex(noble.decryptAesCbc(secret, iv, blocks)));
        expect(toHex(own.aesCmac(secret, input))).toBe(toHex(noble.aesCmac(secret, input)));
      }),
    );
    expect(() => own.encryptAesCbc(new Uint8Array(16), new Uint8Array(16), new Uint8Array(300))).toThrow();
  });

  it('hash texts alike, of any length and with any letters', async () => {
    const [own, noble] = await both(() => import('../../../main/crypto/sealing.ts'));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(own.hexDigest(text)).toBe(noble.hexDigest(text));
        const inBytes = new TextEncoder().encode(text);
        expect(own.hexDigest(text)).toBe(toHex(own.sha256(inBytes)));
        expect([own.hexDigest(inBytes), noble.hexDigest(inBytes)]).toEqual([own.hexDigest(text), own.hexDigest(text)]);
      }),
    );
  });

  // draft-irtf-cfrg-xchacha-03 §2.3: noble computes it whole, the runtime its ChaCha20-Poly1305.
  it('seal alike with XChaCha20-Poly1305, bytes and texts of any length, and open the same seals', async () => {
    const [own, noble] = await both(() => import('../../../main/crypto/sealing.ts'));
    const letters = fc.string({ unit: 'grapheme', maxLength: 300 });
    const plains = fc.oneof(bytes(0, 3000), letters);
    const parts = fc.tuple(bytes(32, 32), bytes(24, 24), bytes(0, 200), plains, fc.nat());
    fc.assert(
      fc.property(parts, ([key, nonce, context, plain, at]) => {
        const sealed = own.seal(key, plain, context, () => nonce);
        expect(toHex(sealed)).toBe(toHex(noble.seal(key, plain, context, () => nonce)));
        // As databases give bytes: a part of something longer.
        const asRead = Buffer.concat([Buffer.from('x'), sealed]).subarray(1);
        const inBytes = typeof plain === 'string' ? new TextEncoder().encode(plain) : plain;
        for (const { open } of [own, noble])
          expect(toHex(open(key, asRead, context) ?? Uint8Array.of(0))).toBe(toHex(inBytes));
        const place = at % sealed.length;
        const torn = sealed.with(place, (sealed[place] ?? 0) ^ 1);
        expect([own.open(key, torn, context), noble.open(key, torn, context)]).toEqual([null, null]);
      }),
      { numRuns: 60 },
    );
  });

  it('sign with what the seed holds now, whatever was signed with its array before', async () => {
    const [own, noble] = await both(() => import('../../../main/crypto/sealing.ts'));
    const seed = new Uint8Array(32).fill(1);
    const message = new Uint8Array([1]);
    const first = toHex(own.sign(seed, message));
    expect(toHex(own.sign(seed, message))).toBe(first);
    seed.fill(0);
    expect(toHex(own.sign(seed, message))).toBe(toHex(noble.sign(new Uint8Array(32), message)));
  });

  it('raise to the same power for keys within and beyond what the runtime takes', async () => {
    const [own, noble] = await both(() => import('../../../main/crypto/rsa.ts'));
    // OpenSSL refuses exponents above 64 bits beside long moduli, BoringSSL those above 33 bits: noble's answer stands there.
    const exponents = fc.constantFrom(3n, 17n, 65537n, 2n ** 33n + 9n, 2n ** 63n + 3n);
    const sizes = fc.constantFrom(64, 128, 256, 384, 512);
    fc.assert(
      fc.property(
        sizes.chain((size) => fc.tuple(bytes(size, size), bytes(size, size))),
        exponents,
        ([raw, signature], exponent) => {
          const modulus = BigInt(`0x${toHex(raw)}`) | (1n << BigInt(raw.length * 8 - 1)) | 1n;
          expect(own.recoverRsa({ modulus, exponent }, signature)).toBe(
            noble.recoverRsa({ modulus, exponent }, signature),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('sign alike with Ed25519, and believe the same signatures', async () => {
    const [own, noble] = await both(() => import('../../../main/crypto/sealing.ts'));
    fc.assert(
      fc.property(bytes(32, 32), bytes(0, 300), fc.nat(63), (seed, message, at) => {
        const signature = own.sign(seed, message);
        expect(toHex(signature)).toBe(toHex(noble.sign(seed, message)));
        const point = own.publicKeyOfSeed(seed);
        const torn = signature.with(at, (signature[at] ?? 0) ^ 1);
        for (const [engine, other] of [
          [own, noble],
          [noble, own],
        ] as const) {
          expect(engine.isSignatureOf(point, message, signature)).toBe(true);
          expect(engine.isSignatureOf(point, message, torn)).toBe(other.isSignatureOf(point, message, torn));
        }
      }),
      { numRuns: 40 },
    );
  });

  // Both sign with randomness: no two signatures are alike, and each is the key's under the other.
  it('sign with ML-DSA-44 what the other believes, and refuse the same signatures', async () => {
    const [own, noble] = await both(() => import('../../../main/crypto/ml-dsa.ts'));
    const runtime = await withRuntime(null, () => import('../../../main/crypto/runtime.ts'));
    fc.assert(
      fc.property(bytes(32, 32), bytes(0, 300), fc.nat(2419), fc.nat(1311), (seed, message, at, place) => {
        const key = own.mlDsaPublicKey(seed);
        const byRuntime = runtime.runtimeMlDsaSign(seed, message) ?? new Uint8Array();
        const [first, second] = [own.mlDsaSign(seed, message), noble.mlDsaSign(seed, message)];
        expect(toHex(first)).not.toBe(toHex(second));
        for (const signature of [byRuntime, first, second]) {
          const torn = signature.with(at, (signature[at] ?? 0) ^ 1);
          const other = key.with(place, (key[place] ?? 0) ^ 1);
          for (const { isMlDsaSignature } of [own, noble]) {
            expect(isMlDsaSignature(key, message, signature)).toBe(true);
            expect(isMlDsaSignature(key, message, torn)).toBe(false);
            expect(isMlDsaSignature(other, message, signature)).toBe(false);
          }
          expect(runtime.runtimeMlDsaVerify(key, message, signature)).toBe(true);
          expect(runtime.runtimeMlDsaVerify(key, message, torn)).toBe(false);
        }
      }),
      { numRuns: 5 },
    );
  });

  it('a runtime whose ML-DSA-44 is another is not used', async () => {
    const honest = await withRuntime(null, () => import('../../../main/crypto/runtime.ts'));
    const [seed, message] = [new Uint8Array(32).fill(7), Uint8Array.of(4)];
    const others: readonly Partial<RuntimeEngine>[] = [
      { runtimeMlDsaSign: () => new Uint8Array(2420) },
      { runtimeMlDsaSign: (key, text) => honest.runtimeMlDsaSign(key, Uint8Array.of(0, 0, ...text)) },
      { runtimeMlDsaVerify: () => true },
      { runtimeMlDsaVerify: () => false },
      { runtimeMlDsaVerify: () => null },
    ];
    for (const other of others) {
      const own = await withRuntime({ ...honest, ...other }, () => import('../../../main/crypto/ml-dsa.ts'));
      const signature = own.mlDsaSign(seed, message);
      const key = own.mlDsaPublicKey(seed);
      expect(honest.runtimeMlDsaVerify(key, message, signature)).toBe(true);
      expect(own.isMlDsaSignature(key, message, signature)).toBe(true);
      expect(own.isMlDsaSignature(key, Uint8Array.of(5), signature)).toBe(false);
    }
  });

  // The points of small order (RFC 7748 §7 speaks of them for the other curve): with such a key one signature fits every message.
  it('neither believes a key of small order, though the equation holds', async () => {
    const [own, noble] = await both(() => import('../../../main/crypto/sealing.ts'));
    const identity = new Uint8Array(32).with(0, 1);
    const signature = new Uint8Array(64).with(0, 1);
    for (const { isSignatureOf } of [own, noble])
      for (const message of [new Uint8Array(0), new Uint8Array(40).fill(3)])
        expect(isSignatureOf(identity, message, signature)).toBe(false);
  });

  it('believe the same ECDSA signatures, of their own making and torn', async () => {
    const [own, noble] = await both(() => import('../../../main/crypto/ecdsa.ts'));
    const { sign, curveByName, digest } = await ecdsaParts();
    fc.assert(
      fc.property(
        fc.constantFrom('P-256', 'P-384', 'P-521', 'P-224', 'brainpoolP256r1'),
        fc.constantFrom('SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512'),
        fc.bigInt(1n, 2n ** 200n),
        bytes(0, 200),
        fc.nat(500),
        (name, hash, key, message, place) => {
          const curve = curveByName(name);
          const hashed = digest(hash, message);
          const { point, compact, numbers } = sign(curve, key, 'SHA-256', hashed);
          const of = { hash, message };
          const torn = compact.with(place % compact.length, (compact[place % compact.length] ?? 0) ^ 4);
          const half = torn.length / 2;
          const tornNumbers = {
            r: BigInt(`0x${toHex(torn.subarray(0, half))}`),
            s: BigInt(`0x${toHex(torn.subarray(half))}`),
          };
          for (const { verifyEcdsa } of [own, noble]) {
            expect(verifyEcdsa(curve, point, hashed, numbers, of)).toBe(true);
            expect(verifyEcdsa(curve, point, hashed, tornNumbers, of)).toBe(false);
            expect(verifyEcdsa(curve, point.with(40, (point[40] ?? 0) ^ 1), hashed, numbers, of)).toBe(false);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

async function ecdsaParts() {
  const { signEcdsa } = await import('../../../main/crypto/ecdsa.ts');
  const { curveByName, pointArithmetic } = await import('../../../main/crypto/curves.ts');
  const { unsignedToBytes } = await import('../../../main/crypto/points.ts');
  const { concat } = await import('../../../main/result/bytes.ts');
  const { digest } = await import('../../../main/crypto/hash.ts');
  const sign = (...[curve, key, hash, hashed]: Parameters<typeof signEcdsa>) => {
    const numbers = signEcdsa(curve, key, hash, hashed);
    const length = curve.orderLength;
    return {
      numbers,
      compact: concat(unsignedToBytes(numbers.r, length), unsignedToBytes(numbers.s, length)),
      point: pointArithmetic(curve).BASE.multiply(key).toBytes(false),
    };
  };
  return { sign, curveByName, digest };
}
