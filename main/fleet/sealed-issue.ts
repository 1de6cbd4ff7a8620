import type { RandomSource } from '../crypto/random.ts';
import { agreedWith, agreeWith } from '../crypto/recipient.ts';
import { keyLength, open, seal } from '../crypto/sealing.ts';
import { concat, equal } from '../result/bytes.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import { Failure } from '../result/failure.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import type { IssueKind } from './issue.ts';

/*
 * Issues that name people or documents go sealed through headquarters' database: a line that says what it is, an ephemeral X25519
 * key, and what is sealed for the key that all stations of a headquarters have (`receiving`). Who looks after the server reads none.
 */

/** Kinds of issues that are sealed. */
export const sealedKinds: readonly IssueKind[] = ['roster', 'blocked', 'operators'];

const utf8 = new TextEncoder();
const titleOf = (kind: IssueKind): Uint8Array => utf8.encode(`styrk-sealed-issue ${kind} 1\n`);
const boundTo = (kind: IssueKind): Uint8Array => canonicalBytes({ format: 'styrk-fleet-issue-seal', version: 1, kind });

/** Seals what an issue of this kind holds for the stations' key (X25519, 32 bytes). */
export function sealIssue(
  kind: IssueKind,
  plain: Uint8Array,
  receivingKey: Uint8Array,
  random: RandomSource,
): Uint8Array {
  const { ephemeral, shared } = agreeWith(receivingKey, random);
  using onlyHere = shared;
  using key = onlyHere.keyFor(boundTo(kind));
  return concat(titleOf(kind), ephemeral, seal(key.reveal(), plain, boundTo(kind), random));
}

/** Whether these bytes are sealed as an issue of this kind. */
export function isSealedIssue(kind: IssueKind, bytes: Uint8Array): boolean {
  return equal(bytes.subarray(0, titleOf(kind).length), titleOf(kind));
}

/** What was sealed so, by the secret key. Fails with `fleet.malformed` where it is none of this kind, or not for this key. */
export function openSealedIssue(kind: IssueKind, bytes: Uint8Array, receivingKey: SecretBytes): Uint8Array {
  const from = titleOf(kind).length;
  const plain = isSealedIssue(kind, bytes) ? opened(kind, bytes.subarray(from), receivingKey) : null;
  if (plain === null) throw new Failure('fleet.malformed', { reason: 'seal' });
  return plain;
}

function opened(kind: IssueKind, bytes: Uint8Array, receivingKey: SecretBytes): Uint8Array | null {
  try {
    using shared = agreedWith(bytes.subarray(0, keyLength), receivingKey.reveal());
    using key = shared.keyFor(boundTo(kind));
    return open(key.reveal(), bytes.subarray(keyLength), boundTo(kind));
  } catch {
    return null;
  }
}
