import { equal } from '../../result/bytes.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { hashLength, leafHash } from './merkle.ts';
import { parseNote } from './note.ts';
import { type Signer, signersOf, type VerifierKey } from './note-keys.ts';
import { parseProof } from './tlog-proof.ts';
import { isIncluded } from './verify-proofs.ts';

/** Whom the asker believes, and what of them a proof must show. */
export interface ProofPolicy {
  /** Keys of the log: one of them must have signed. */
  readonly log: readonly VerifierKey[];
  readonly witnesses: readonly VerifierKey[];
  /** How many of the witnesses, by name, must have cosigned. */
  readonly least: number;
  /** The hash of the record that the proof must be of; null takes the one that stands in it. */
  readonly entry: Uint8Array | null;
}

/** What a proof showed; `code` is the first thing that speaks against it, null where it proves what it says. */
export interface Proven {
  readonly code: Extract<FailureCode, `log.${string}`> | null;
  readonly checkpoint: Checkpoint;
  /** Zero-based. */
  readonly index: number;
  /** The record's hash; null where neither the proof nor the asker says it. */
  readonly entry: Uint8Array | null;
  readonly cosigned: readonly Signer[];
}

/**
 * Checks a `.tlog-proof` by itself: that the log signed the checkpoint, that the record is in the tree which it states, and who
 * else saw that state. Throws `log.malformed` for what is no proof.
 */
export function prove(text: string, policy: ProofPolicy): Proven {
  const proof = parseProof(text);
  const note = parseNote(proof.note);
  const checkpoint = parseCheckpoint(note.text);
  const entry = policy.entry ?? (proof.extra?.length === hashLength ? proof.extra : null);
  const cosigned = signersOf(note, policy.witnesses);
  const found = { checkpoint, index: proof.index, entry, cosigned };
  const of = (code: Proven['code']): Proven => ({ code, ...found });
  if (!policy.log.some(({ name }) => name === checkpoint.origin)) return of('log.foreign');
  if (signersOf(note, policy.log).length === 0) return of('log.not-signed');
  if (policy.entry !== null && proof.extra !== null && !equal(policy.entry, proof.extra)) return of('log.proof-wrong');
  if (entry === null || !isIncluded(leafHash(entry), proof.index, checkpoint, proof.path)) return of('log.proof-wrong');
  // Two keys of one witness are one witness.
  if (new Set(cosigned.map(({ key }) => key.name)).size < policy.least) return of('log.not-cosigned');
  return of(null);
}
