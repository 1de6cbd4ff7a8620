import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { open, seal } from '../crypto/sealing.ts';
import { newP256Secret, p256PublicKey, signP256 } from '../crypto/token-keys.ts';
import { Failure } from '../result/failure.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import { guarded } from './database-failure.ts';

/** The station's second key, of P-256, for systems that know no Ed25519. It signs answers and nothing else. */
export interface AnswerKey {
  /** Coordinates of 32 bytes. */
  readonly publicKey: { readonly x: Uint8Array; readonly y: Uint8Array };
  /** ES256 (RFC 7518 §3.4), 64 bytes. */
  readonly sign: (message: Uint8Array) => Uint8Array;
}

const context = new TextEncoder().encode('styrk/answer-key/1');

/**
 * The key, made when it is first asked for; it rests sealed, and is open while it signs. Fails with `storage.corrupt` where it
 * does not fit the master key.
 */
export function answerKey(database: Database, path: string, sealingKey: SecretBytes, random: RandomSource): AnswerKey {
  const find = (): Uint8Array | undefined =>
    database.prepare<[], Uint8Array>('SELECT sealed FROM answer_key WHERE only_row = 1').pluck().get();
  const make = (): Uint8Array => {
    using secret = new SecretBytes(newP256Secret(random));
    const sealed = seal(sealingKey.reveal(), secret.reveal(), context, random);
    database.prepare('INSERT INTO answer_key (only_row, sealed) VALUES (1, ?)').run(sealed);
    return sealed;
  };
  const withSecret = <Answer>(use: (secret: Uint8Array) => Answer): Answer =>
    guarded(path, () => {
      const sealed = find() ?? database.transaction(() => find() ?? make()).immediate();
      using secret = SecretBytes.orNull(open(sealingKey.reveal(), sealed, context));
      if (secret === null) throw new Failure('storage.corrupt', { path, part: 'answer-key' });
      return use(secret.reveal());
    });
  return {
    publicKey: withSecret(p256PublicKey),
    sign: (message) => withSecret((secret) => signP256(secret, message)),
  };
}
