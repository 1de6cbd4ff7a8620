import { createECDH, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { ecdsa } from '@noble/curves/abstract/weierstrass.js';
import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curveGroup } from '../../../main/chip/curve-group.ts';
import {
  type Curve,
  curveByName,
  curveByOid,
  curveByParameters,
  curveNames,
  curves,
  pointArithmetic,
} from '../../../main/crypto/curves.ts';
import { decodeEcdsaSignature, encodeEcdsaSignature, signEcdsa, verifyEcdsa } from '../../../main/crypto/ecdsa.ts';
import { digest, hashNames } from '../../../main/crypto/hash.ts';
import {
  addPoints,
  bytesToUnsigned,
  decodePoint,
  encodePoint,
  multiplyPoint,
  publicPoint,
  randomPrivateKey,
  unsignedToBytes,
} from '../../../main/crypto/points.ts';
import { concat, fromHex, toHex } from '../../../main/result/bytes.ts';

const openSslNames: Record<string, string> = {
  'P-192': 'prime192v1',
  'P-224': 'secp224r1',
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
};

function openSslName({ name }: Curve): string {
  return openSslNames[name] ?? name;
}

// The generator's table grows with its uses: what is computed with none, a small and a large one is the same.
test.each(['brainpoolP256r1', 'P-384', 'brainpoolP512r1'] as const)(
  'multiples of the generator of %s, as often as they are asked for',
  (name) => {
    const curve = curveByName(name);
    const { generator, n } = curve.parameters;
    let sum = generator;
    for (let times = 1n; times <= 30n; times++) {
      expect(publicPoint(curve, times)).toEqual(sum);
      expect(multiplyPoint(curve, generator, times - n)).toEqual(sum);
      sum = addPoints(curve, sum, generator) ?? generator;
    }
    expect(multiplyPoint(curve, generator, n)).toBeNull();
  },
);

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

test.each(curves)('a signature over $name is judged alike with the table of the generator and by noble', (curve) => {
  const asTheStandardSays = { lowS: false, prehash: false, format: 'compact' } as const;
  const { verify } = ecdsa(pointArithmetic(curve), sha256, { lowS: false });
  const { n } = curve.parameters;
  const key = randomPrivateKey(curve, random);
  const publicKey = encodePoint(curve, publicPoint(curve, key));
  for (const digestBytes of [
    new Uint8Array(32),
    random(20),
    random(32),
    random(64),
    // The order itself: nothing of the generator is left.
    unsignedToBytes(n, curve.orderLength),
  ]) {
    const { r, s } = signEcdsa(curve, key, 'SHA-256', digestBytes);
    const wrong = digestBytes.map((byte, index) => (index === 0 ? byte ^ 0x80 : byte));
    for (const [digested, numbers] of [
      [digestBytes, { r, s }],
      [digestBytes, { r, s: n - s }],
      [digestBytes, { r: s, s: r }],
      [wrong, { r, s }],
    ] as const) {
      const compact = concat(
        unsignedToBytes(numbers.r, curve.orderLength),
        unsignedToBytes(numbers.s, curve.orderLength),
      );
      expect(verifyEcdsa(curve, publicKey, digested, numbers)).toBe(
        verify(compact, digested, publicKey, asTheStandardSays),
      );
    }
    expect(verifyEcdsa(curve, publicKey, digestBytes, { r, s })).toBe(true);
    expect(verifyEcdsa(curve, publicKey.with(-1, (publicKey.at(-1) ?? 0) ^ 1), digestBytes, { r, s })).toBe(false);
  }
});

test.each(curves)('multiples of any point of $name, by windows as by noble', (curve) => {
  const { n } = curve.parameters;
  const point = publicPoint(curve, randomPrivateKey(curve, random));
  const byNoble = pointArithmetic(curve).fromAffine({ ...point });
  const scalars = [1n, 2n, 15n, 16n, 17n, n >> 1n, n - 16n, n - 2n, n - 1n];
  for (const scalar of [...scalars, ...Array.from({ length: 5 }, () => randomPrivateKey(curve, random))]) {
    const { x, y } = byNoble.multiply(scalar).toAffine();
    expect(multiplyPoint(curve, point, scalar)).toEqual({ x, y });
  }
  expect(multiplyPoint(curve, point, n)).toBeNull();
});

// As chips are agreed with (TR-03111 §4.3.1).
function secretWith(curve: Curve, privateKey: bigint, peer: Uint8Array): Uint8Array | null {
  const group = curveGroup(curve);
  const accepted = group.accept(peer);
  const element = accepted === null ? null : group.power(accepted, privateKey);
  return element === null ? null : group.secretOf(element).reveal();
}

describe.each(curves)('$name', (curve) => {
  const { parameters, fieldLength } = curve;

  test('is found by its name, object identifier and parameters', () => {
    expect(curveByName(curve.name)).toBe(curve);
    expect(curveByOid(curve.oid)).toBe(curve);
    expect(curveByParameters(parameters)).toBe(curve);
    const { h: _h, ...withoutCofactor } = parameters;
    expect(curveByParameters(withoutCofactor)).toBe(curve);
  });

  test('has the object identifier and the parameters that OpenSSL knows', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: openSslName(curve), paramEncoding: 'explicit' });
    const explicit = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('hex');
    const { p, a, b, generator, n } = parameters;
    for (const number of [p, a, b, n]) expect(explicit).toContain(toHex(unsignedToBytes(number, fieldLength)));
    expect(explicit).toContain(toHex(encodePoint(curve, generator)));
    expect(explicit).toContain('020101');
    const named = generateKeyPairSync('ec', { namedCurve: openSslName(curve) }).publicKey.asymmetricKeyDetails;
    expect(named?.namedCurve).toBe(openSslName(curve));
  });

  test('differs from explicit parameters that differ in one place', () => {
    const { generator, n } = parameters;
    const other = multiplyPoint(curve, generator, 2n) ?? generator;
    expect(curveByParameters({ ...parameters, generator: other })).toBeNull();
    expect(curveByParameters({ ...parameters, n: n - 2n })).toBeNull();
    expect(curveByParameters({ ...parameters, h: 2n })).toBeNull();
    expect(curveByParameters({ ...parameters, a: parameters.a + 1n })).toBeNull();
    expect(curveByParameters({ ...parameters, b: parameters.b + 1n })).toBeNull();
    expect(curveByParameters({ ...parameters, p: parameters.p + 2n })).toBeNull();
  });

  test('agrees on secrets with OpenSSL, at full length', () => {
    const peer = createECDH(openSslName(curve));
    for (let round = 0; round < 4; round++) {
      const peerKey = new Uint8Array(peer.generateKeys());
      const own = randomPrivateKey(curve, random);
      const ours = secretWith(curve, own, peerKey);
      expect(ours).toHaveLength(fieldLength);
      expect(ours).toEqual(new Uint8Array(peer.computeSecret(encodePoint(curve, publicPoint(curve, own)))));
    }
  });

  test('verifies what OpenSSL signed, low and high s', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: openSslName(curve) });
    const point = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-(1 + 2 * fieldLength)));
    const message = random(40);
    for (const hash of hashNames) {
      const hashed = digest(hash, message);
      const signature = new Uint8Array(sign(hash.replace('-', ''), message, privateKey));
      expect(verifyEcdsa(curve, point, hashed, signature)).toBe(true);
      const numbers = decodeEcdsaSignature(signature);
      expect(numbers).not.toBeNull();
      if (numbers === null) continue;
      expect(encodeEcdsaSignature(numbers)).toEqual(signature);
      expect(verifyEcdsa(curve, point, hashed, { r: numbers.r, s: parameters.n - numbers.s })).toBe(true);
      expect(verifyEcdsa(curve, point, hashed, { r: numbers.s, s: numbers.r })).toBe(false);
      expect(verifyEcdsa(curve, point, hashed.with(0, (hashed[0] ?? 0) ^ 1), signature)).toBe(false);
    }
  });

  test('signs what it verifies, and refuses numbers out of range', () => {
    const privateKey = randomPrivateKey(curve, random);
    const point = encodePoint(curve, publicPoint(curve, privateKey));
    const hashed = digest('SHA-256', random(9));
    const { r, s } = signEcdsa(curve, privateKey, 'SHA-256', hashed);
    const { n } = parameters;
    expect(verifyEcdsa(curve, point, hashed, { r, s })).toBe(true);
    for (const wrong of [0n, n, r + n, -r]) {
      expect(verifyEcdsa(curve, point, hashed, { r: wrong, s })).toBe(false);
      expect(verifyEcdsa(curve, point, hashed, { r, s: wrong })).toBe(false);
    }
    expect(verifyEcdsa(curve, point.with(5, (point[5] ?? 0) ^ 1), hashed, { r, s })).toBe(false);
    expect(verifyEcdsa(curve, Uint8Array.of(0), hashed, { r, s })).toBe(false);
    expect(verifyEcdsa(curve, point, hashed, Uint8Array.of(0x30, 0x00))).toBe(false);
  });

  test('decodes points of the curve alone', () => {
    const { generator, p } = parameters;
    const bytes = encodePoint(curve, generator);
    expect(decodePoint(curve, bytes)).toEqual(generator);
    expect(decodePoint(curve, bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1))).toBeNull();
    expect(decodePoint(curve, bytes.with(0, 0x02))).toBeNull();
    expect(decodePoint(curve, bytes.subarray(0, -1))).toBeNull();
    expect(decodePoint(curve, concat(bytes, Uint8Array.of(0)))).toBeNull();
    expect(decodePoint(curve, Uint8Array.of(0))).toBeNull();
    expect(decodePoint(curve, new Uint8Array(1 + 2 * fieldLength).with(0, 4))).toBeNull();
    const beyond = concat(Uint8Array.of(4), unsignedToBytes(p, fieldLength), unsignedToBytes(generator.y, fieldLength));
    expect(decodePoint(curve, beyond)).toBeNull();
  });

  test('says null for infinity and refuses points off the curve', () => {
    const { generator, n, p } = parameters;
    const negative = { x: generator.x, y: p - generator.y };
    const off = { x: generator.x, y: generator.y + 1n };
    expect(multiplyPoint(curve, generator, 0n)).toBeNull();
    expect(multiplyPoint(curve, generator, n)).toBeNull();
    expect(multiplyPoint(curve, generator, n - 1n)).toEqual(negative);
    expect(addPoints(curve, generator, negative)).toBeNull();
    expect(addPoints(curve, generator, generator)).toEqual(multiplyPoint(curve, generator, 2n));
    expect(() => multiplyPoint(curve, off, 2n)).toThrow(RangeError);
    expect(() => addPoints(curve, generator, off)).toThrow(RangeError);
    expect(curveGroup(curve).power(encodePoint(curve, generator), n)).toBeNull();
    expect(() => publicPoint(curve, 0n)).toThrow(RangeError);
  });

  test('draws private keys in range, and gives up on a source without any', () => {
    const draws = [new Uint8Array(curve.orderLength), unsignedToBytes(parameters.n, curve.orderLength)];
    const one = unsignedToBytes(1n, curve.orderLength);
    expect(randomPrivateKey(curve, () => draws.shift() ?? one)).toBe(1n);
    expect(() => randomPrivateKey(curve, (length) => new Uint8Array(length))).toThrow(RangeError);
    expect(() => randomPrivateKey(curve, () => new Uint8Array(3))).toThrow(RangeError);
  });
});

test('the curves are those of 9303-11 §9.5.1', () => {
  expect(curves.map(({ name }) => name)).toEqual([...curveNames]);
  expect(curveByOid('1.2.840.10045.3.1.2')).toBeNull();
});

test('P-521 has coordinates of 66 bytes', () => {
  expect(curveByName('P-521')).toMatchObject({ fieldLength: 66, orderLength: 66 });
});

describe('RFC 7027 appendix A', () => {
  test.each([
    {
      name: 'brainpoolP256r1',
      own: '81db1ee100150ff2ea338d708271be38300cb54241d79950f77b063039804f1d',
      publicKey:
        '44106e913f92bc02a1705d9953a8414db95e1aaa49e81d9e85f929a8e3100be58ab4846f11caccb73ce49cbdd120f5a900a69fd32c272223f789ef10eb089bdc',
      peer: '8d2d688c6cf93e1160ad04cc4429117dc2c41825e1e9fca0addd34e6f1b39f7b990c57520812be512641e47034832106bc7d3e8dd0e4c7f1136d7006547cec6a',
      shared: '89afc39d41d3b327814b80940b042590f96556ec91e6ae7939bce31f3a18bf2b',
    },
    {
      name: 'brainpoolP384r1',
      own: '1e20f5e048a5886f1f157c74e91bde2b98c8b52d58e5003d57053fc4b0bd65d6f15eb5d1ee1610df870795143627d042',
      publicKey:
        '68b665dd91c195800650cdd363c625f4e742e8134667b767b1b476793588f885ab698c852d4a6e77a252d6380fcaf06855bc91a39c9ec01dee36017b7d673a931236d2f1f5c83942d049e3fa20607493e0d038ff2fd30c2ab67d15c85f7faa59',
      peer: '4d44326f269a597a5b58bba565da5556ed7fd9a8a9eb76c25f46db69d19dc8ce6ad18e404b15738b2086df37e71d1eb462d692136de56cbe93bf5fa3188ef58bc8a3a0ec6c1e151a21038a42e9185329b5b275903d192f8d4e1f32fe9cc78c48',
      shared: '0bd9d3a7ea0b3d519d09d8e48d0785fb744a6b355e6304bc51c229fbbce239bbadf6403715c35d4fb2a5444f575d4f42',
    },
  ] as const)('$name', ({ name, own, publicKey, peer, shared }) => {
    const curve = curveByName(name);
    const privateKey = bytesToUnsigned(fromHex(own));
    expect(toHex(encodePoint(curve, publicPoint(curve, privateKey)))).toBe(`04${publicKey}`);
    expect(toHex(secretWith(curve, privateKey, fromHex(`04${peer}`)) ?? new Uint8Array())).toBe(shared);
  });
});

describe('RFC 6979 appendix A.2, SHA-256, message "sample"', () => {
  test.each([
    {
      name: 'P-192',
      privateKey: '6fab034934e4c0fc9ae67f5b5659a9d7d1fefd187ee09fd4',
      r: '4b0b8ce98a92866a2820e20aa6b75b56382e0f9bfd5ecb55',
      s: 'ccdb006926ea9565cbadc840829d8c384e06de1f1e381b85',
    },
    {
      name: 'P-224',
      privateKey: 'f220266e1105bfe3083e03ec7a3a654651f45e37167e88600bf257c1',
      r: '61aa3da010e8e8406c656bc477a7a7189895e7e840cdfe8ff42307ba',
      s: 'bc814050dab5d23770879494f9e0a680dc1af7161991bde692b10101',
    },
    {
      name: 'P-256',
      privateKey: 'c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721',
      r: 'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716',
      s: 'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
    },
    {
      name: 'P-384',
      privateKey: '6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5',
      r: '21b13d1e013c7fa1392d03c5f99af8b30c570c6f98d4ea8e354b63a21d3daa33bde1e888e63355d92fa2b3c36d8fb2cd',
      s: 'f3aa443fb107745bf4bd77cb3891674632068a10ca67e3d45db2266fa7d1feebefdc63eccd1ac42ec0cb8668a4fa0ab0',
    },
  ] as const)('$name', ({ name, privateKey, r, s }) => {
    const hashed = digest('SHA-256', new TextEncoder().encode('sample'));
    const signature = signEcdsa(curveByName(name), bytesToUnsigned(fromHex(privateKey)), 'SHA-256', hashed);
    expect(signature.r.toString(16)).toBe(r);
    expect(signature.s.toString(16)).toBe(s);
  });
});

test('numbers and bytes go both ways', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 1n << 520n }), (number) => {
      expect(bytesToUnsigned(unsignedToBytes(number, 66))).toBe(number);
    }),
  );
  expect(bytesToUnsigned(new Uint8Array())).toBe(0n);
  expect(() => unsignedToBytes(256n, 1)).toThrow(RangeError);
  expect(() => unsignedToBytes(-1n, 1)).toThrow(RangeError);
});

test('any bytes as a DER signature end in false', () => {
  const curve = curveByName('P-256');
  const point = encodePoint(curve, curve.parameters.generator);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (signature) => {
      expect(verifyEcdsa(curve, point, new Uint8Array(32), signature)).toBe(false);
    }),
  );
});

test('OpenSSL reads the private keys that we draw', () => {
  const curve = curveByName('P-256');
  const privateKey = randomPrivateKey(curve, random);
  const { x, y } = publicPoint(curve, privateKey);
  const part = (number: bigint): string => Buffer.from(unsignedToBytes(number, 32)).toString('base64url');
  const key = { kty: 'EC', crv: 'P-256', d: part(privateKey), x: part(x), y: part(y) };
  expect(createPrivateKey({ key, format: 'jwk' }).asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
});
