import type { RandomSource } from '../crypto/random.ts';
import { newRecipientKey } from '../crypto/recipient.ts';
import { newSigningKey } from '../crypto/sealing.ts';
import { type KeyFileKind, type KeyHalf, keyFileKinds, keyFileText } from './headquarters.ts';

/** A file of headquarters' keys; the secret ones are for their owner alone. */
export interface KeyFile {
  readonly name: string;
  readonly half: KeyHalf;
  readonly bytes: Uint8Array;
}

/**
 * Three fresh pairs of keys as files: X25519 to open what stations deliver, Ed25519 to sign what they are to take, X25519 to open
 * what of that is sealed for them.
 */
export function newHeadquartersKeys(random: RandomSource): readonly KeyFile[] {
  const made = {
    sealing: newRecipientKey(random),
    issuing: newSigningKey(random),
    receiving: newRecipientKey(random),
  };
  const fileOf = (kind: KeyFileKind, half: KeyHalf): KeyFile => {
    const key = half === 'secret' ? made[kind].secretKey : made[kind].publicKey;
    const bytes = new TextEncoder().encode(keyFileText(kind, half, key));
    return { name: `${kind}.${half === 'secret' ? 'key' : 'pub'}`, half, bytes };
  };
  const files = keyFileKinds.flatMap((kind) => [fileOf(kind, 'secret'), fileOf(kind, 'public')]);
  for (const { secretKey } of Object.values(made)) secretKey.fill(0);
  return files;
}
