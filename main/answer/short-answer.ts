import { correction, generate } from 'lean-qr';
import { digest } from '../crypto/hash.ts';
import { toHex } from '../result/bytes.ts';
import { codePicture } from '../result/code-picture.ts';
import { Failure } from '../result/failure.ts';
import type { UnlockedStore } from '../store/types.ts';
import { answerSigner } from './answer-signer.ts';
import { signToken, takeApart } from './jws.ts';
import { answerTypes } from './statement.ts';

/** The explicit types of short answers: none is ever taken for a whole one. */
const shortTypes = {
  ordinary: 'styrk-short-answer+jwt',
  training: 'styrk-training-short-answer+jwt',
} as const;

/**
 * The short form of an answer that this station gave, for a code that people scan: which order, how it was decided within which
 * conditions, and SHA-256 of the whole answer, which it stands for. Nothing of the person, no checks. The same answer gives the
 * same one. Whoever asks has proved the answer, or has it from the store. Fails with `answer.malformed`.
 */
export function shortAnswer(answer: string, unlocked: Pick<UnlockedStore, 'station' | 'answerKey'>): string {
  for (const kind of ['ordinary', 'training'] as const) {
    const taken = takeApart(answer, answerTypes[kind]);
    if ('fault' in taken) continue;
    const { iss, aud, jti, iat, exp, nonce, order, styrk } = JSON.parse(new TextDecoder().decode(taken.payload));
    const { training, verdict, conditions, decision } = styrk;
    const claims = {
      ...{ iss, aud, jti, iat, exp, order },
      ...(nonce === undefined ? {} : { nonce }),
      styrk: { training, verdict, conditions, decision },
      answer: toHex(digest('SHA-256', new TextEncoder().encode(answer))),
    };
    return signToken(claims, shortTypes[kind], answerSigner(unlocked, taken.algorithm));
  }
  throw new Failure('answer.malformed');
}

/** A short answer as a QR code (ISO/IEC 18004), level L, in SVG of its own: it is shown on screens, which do not wear. */
export function answerCode(short: string): string {
  const { side, path } = codePicture(
    generate(short, { minCorrectionLevel: correction.L, maxCorrectionLevel: correction.L }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">`,
    `<path fill="#fff" d="M0 0h${side}v${side}h-${side}z"/><path d="${path}"/></svg>\n`,
  ].join('');
}
