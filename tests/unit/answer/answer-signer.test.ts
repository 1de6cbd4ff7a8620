import { describe, expect, it } from 'vitest';
import { answerPublicKey, answerSigner } from '../../../main/answer/answer-signer.ts';
import { signToken } from '../../../main/answer/jws.ts';
import { verifiedAnswer } from '../../support/bank-side.ts';
import { temporaryFolder, unlockedIn } from '../store/support.ts';

/* Answers are signed here and verified by node:crypto: another hand (RFC 7515 §5.2, RFC 7518 §3.4, RFC 8037 §3.1). */

describe('an answer’s signature', () => {
  it.each(['EdDSA', 'ES256'] as const)(
    '%s is verified by another library, under its key’s own thumbprint',
    async (algorithm) => {
      const directory = temporaryFolder();
      const station = await unlockedIn(directory);
      const key = answerPublicKey(station, algorithm);
      const token = signToken({ b: 'å', a: 1 }, 'styrk-answer+jwt', answerSigner(station, algorithm));
      expect(verifiedAnswer(token, [key])).toEqual({ a: 1, b: 'å' });
      expect(() => verifiedAnswer(token, [key], 'styrk-training-answer+jwt')).toThrow('another type');
      const [head, , signature] = token.split('.');
      const other = `${head}.${Buffer.from('{"a":2}').toString('base64url')}.${signature}`;
      expect(() => verifiedAnswer(other, [key])).toThrow('signature');
      // The key stays the station's: what a bank keeps verifies tomorrow too.
      station.store.close();
      expect(answerPublicKey(await unlockedIn(directory), algorithm)).toEqual(key);
    },
  );
});
