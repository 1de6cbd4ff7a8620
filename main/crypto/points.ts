import { toHex } from '../result/bytes.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import { type Curve, type CurvePoint, generatorOf, pointArithmetic } from './curves.ts';
import type { RandomSource } from './random.ts';

const uncompressed = 0x04;

/** `number` as `length` bytes, most significant first. Throws a RangeError where it does not fit. */
export function unsignedToBytes(number: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  writeUnsigned(bytes, number);
  return bytes;
}

// Byte by byte: on the way through text a secret would stay in buffers that nobody can reach.
function writeUnsigned(bytes: Uint8Array, number: bigint): void {
  let rest = number;
  for (let at = bytes.length - 1; at >= 0; at--) {
    bytes[at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  if (rest !== 0n) throw new RangeError('number does not fit');
}

/** The number of these bytes, most significant first. */
export function bytesToUnsigned(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);
}

/** Whether the point's coordinates are field elements that satisfy the curve's equation (TR-03111 §4.3). */
export function isOnCurve(curve: Curve, { x, y }: CurvePoint): boolean {
  const { p, a, b } = curve.parameters;
  if (x < 0n || y < 0n || x >= p || y >= p) return false;
  return (y * y - (x * x * x + a * x + b)) % p === 0n;
}

/** Uncompressed form, both coordinates at the field's full length (9303-11 §9.4.1). */
export function encodePoint(curve: Curve, point: CurvePoint): Uint8Array {
  const { fieldLength } = curve;
  const bytes = new Uint8Array(1 + 2 * fieldLength);
  bytes[0] = uncompressed;
  writeUnsigned(bytes.subarray(1, 1 + fieldLength), point.x);
  writeUnsigned(bytes.subarray(1 + fieldLength), point.y);
  return bytes;
}

/** The point of its uncompressed form; null where the length is wrong, the point is infinity or not on the curve. */
export function decodePoint(curve: Curve, bytes: Uint8Array): CurvePoint | null {
  const { fieldLength } = curve;
  if (bytes.length !== 1 + 2 * fieldLength || bytes[0] !== uncompressed) return null;
  const point = {
    x: bytesToUnsigned(bytes.subarray(1, 1 + fieldLength)),
    y: bytesToUnsigned(bytes.subarray(1 + fieldLength)),
  };
  // Every known curve has cofactor 1: a point on the curve is in the generator's group.
  return isOnCurve(curve, point) ? point : null;
}

/** scalar × point; null where that is the point at infinity. Throws where `point` is not on the curve. */
export function multiplyPoint(curve: Curve, point: CurvePoint, scalar: bigint): CurvePoint | null {
  if (!isOnCurve(curve, point)) throw new RangeError('point is not on the curve');
  const reduced = ((scalar % curve.parameters.n) + curve.parameters.n) % curve.parameters.n;
  if (reduced === 0n) return null;
  const { x, y } = curve.parameters.generator;
  const isGenerator = point.x === x && point.y === y;
  return affine(isGenerator ? generatorOf(curve).multiply(reduced) : multiplyByWindows(curve, point, reduced));
}

type Arithmetic = ReturnType<typeof pointArithmetic>;

const windowBits = 4;
const windowMask = (1n << BigInt(windowBits)) - 1n;

/**
 * A point without a table, by windows of four bits: noble's own way adds once for each bit, which takes 1.6 times as long. For
 * every scalar of a curve the same doublings and additions are made, by noble's complete formulas, to which no sum is an exception.
 */
function multiplyByWindows(curve: Curve, { x, y }: CurvePoint, scalar: bigint): Arithmetic['ZERO'] {
  const arithmetic = pointArithmetic(curve);
  const once = arithmetic.fromAffine({ x, y });
  const multiples = [arithmetic.ZERO];
  for (let last = arithmetic.ZERO; multiples.length < 1 << windowBits; multiples.push(last)) last = last.add(once);
  let sum = arithmetic.ZERO;
  for (let window = Math.ceil((curve.orderLength * 8) / windowBits) - 1; window >= 0; window--) {
    for (let bit = 0; bit < windowBits; bit++) sum = sum.double();
    sum = sum.add(multiples[Number((scalar >> BigInt(window * windowBits)) & windowMask)] ?? arithmetic.ZERO);
  }
  return sum;
}

/** The sum of two points; null where that is the point at infinity. Throws where one is not on the curve. */
export function addPoints(curve: Curve, first: CurvePoint, second: CurvePoint): CurvePoint | null {
  if (!isOnCurve(curve, first) || !isOnCurve(curve, second)) throw new RangeError('point is not on the curve');
  const arithmetic = pointArithmetic(curve);
  const sum = arithmetic
    .fromAffine({ x: first.x, y: first.y })
    .add(arithmetic.fromAffine({ x: second.x, y: second.y }));
  return sum.is0() ? null : affine(sum);
}

function affine(point: { toAffine(): { x: bigint; y: bigint } }): CurvePoint {
  const { x, y } = point.toAffine();
  return { x, y };
}

/** scalar × generator, for a private key 1 ≤ scalar < n. */
export function publicPoint(curve: Curve, privateKey: bigint): CurvePoint {
  const point = multiplyPoint(curve, curve.parameters.generator, privateKey);
  if (point === null) throw new RangeError('private key out of range');
  return point;
}

const drawsAtMost = 256;

/**
 * A private key 1 ≤ d < n, each as likely (TR-03111 §4.1.1, by rejection); asks `random` for the order's length in bytes, and
 * zeroes what it gave. The key itself is a number, which nothing can overwrite.
 */
export function randomPrivateKey(curve: Curve, random: RandomSource): bigint {
  const { n } = curve.parameters;
  const excessBits = BigInt(curve.orderLength * 8 - n.toString(2).length);
  for (let draw = 0; draw < drawsAtMost; draw++) {
    using drawn = new SecretBytes(random(curve.orderLength));
    if (drawn.length !== curve.orderLength) throw new RangeError('random source gave another length');
    const candidate = bytesToUnsigned(drawn.reveal()) & ((1n << (BigInt(curve.orderLength * 8) - excessBits)) - 1n);
    if (candidate > 0n && candidate < n) return candidate;
  }
  throw new RangeError('random source gives no private key');
}
