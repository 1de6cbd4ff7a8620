import type { CurvePoint } from '../crypto/curves.ts';
import {
  addPoints,
  bytesToUnsigned,
  decodePoint,
  encodePoint,
  multiplyPoint,
  publicPoint,
  randomPrivateKey,
} from '../crypto/points.ts';
import { equal } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { PaceMapping, PaceMappingContext } from './pace-mapping.ts';

/** Generic mapping over elliptic curves (9303-11 §4.4.3.3.1): Ĝ = s × G + H, H the point of an anonymous key agreement. */
export const genericMapping: PaceMapping = {
  name: 'GM',
  async map({ curve, nonce, random, exchangeMappingData }: PaceMappingContext): Promise<CurvePoint> {
    const invalid = (reason: string): Failure => new Failure('access.peer-key-invalid', { step: 'mapping', reason });
    const privateKey = randomPrivateKey(curve, random);
    const own = encodePoint(curve, publicPoint(curve, privateKey));
    const answer = await exchangeMappingData(own);
    const peer = decodePoint(curve, answer);
    if (peer === null) throw invalid('point');
    // A chip that sends our key back has shown none of its own.
    if (equal(answer, own)) throw invalid('echo');
    const shared = multiplyPoint(curve, peer, privateKey);
    const fromNonce = multiplyPoint(curve, curve.parameters.generator, bytesToUnsigned(nonce));
    const mapped = shared === null || fromNonce === null ? shared : addPoints(curve, fromNonce, shared);
    if (mapped === null) throw invalid('infinity');
    return mapped;
  },
};
