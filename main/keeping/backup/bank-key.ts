import type { RandomSource } from '../../crypto/random.ts';
import { isRecipientKey, newRecipientKey } from '../../crypto/recipient.ts';
import { sha256 } from '../../crypto/sealing.ts';
import { fromHex, toHex } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import { SecretBytes } from '../../result/secret-bytes.ts';

/** A key of the bank's as a file: one line. The secret half opens every backup that was made for the public one. */
const form = /^styrk-backup-key 1 (secret|public) ([0-9a-f]{64})\s*$/;
export const longestKeyFile = 1024;

/** A fresh pair as the texts of two files. Whoever asked keeps the secret one away from every station. */
export function newBankKey(random: RandomSource): { readonly secretText: Uint8Array; readonly publicText: Uint8Array } {
  const { secretKey, publicKey } = newRecipientKey(random);
  using secret = new SecretBytes(secretKey);
  const text = (half: string, key: Uint8Array): Uint8Array =>
    new TextEncoder().encode(`styrk-backup-key 1 ${half} ${toHex(key)}\n`);
  return { secretText: text('secret', secret.reveal()), publicText: text('public', publicKey) };
}

/** The key of such a file. Fails with `backup.key-malformed` where it is none, or the other half. */
export function readBankKey(bytes: Uint8Array, half: 'secret' | 'public'): Uint8Array {
  const match = form.exec(new TextDecoder().decode(bytes));
  const key = match?.[1] === half ? fromHex(match[2] ?? '') : null;
  if (key === null || (half === 'public' && !isRecipientKey(key))) throw new Failure('backup.key-malformed', { half });
  return key;
}

/** By which people compare keys: 16 hex digits of SHA-256. */
export function fingerprintOf(publicKey: Uint8Array): string {
  return toHex(sha256(publicKey)).slice(0, 16);
}
