import type { ScryptCosts } from '../../crypto/sealing.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { Role } from '../../result/roles.ts';

/** A member of staff who signs in. */
export interface Operator {
  /** Given once, 32 hex digits; records name it. */
  readonly id: string;
  /** What they type to sign in, and what others see of them; no two have the same. */
  readonly sign: string;
  readonly name: string;
  readonly role: Role;
  /** The last day on which they count as trained; null where nobody has said one: then they do not. */
  readonly competentUntil: PlainDate | null;
  readonly addedAt: string;
  /** When it was last said until when they count as trained; missing where not since they were added, and in rows of earlier apps. */
  readonly trainedAt?: string;
  /** Since when they cannot sign in any more; their row stays for the records that name them. */
  readonly removedAt: string | null;
}

/** By what a secret is known again: scrypt (RFC 7914) with its own salt and costs. */
export interface Verifier {
  readonly salt: Uint8Array;
  readonly costs: ScryptCosts;
  readonly hash: Uint8Array;
}

/** An operator, and by what their secret is known again. */
export interface KnownOperator {
  readonly operator: Operator;
  readonly verifier: Verifier;
  /** How often wrong tries were forgiven since the secret was new; missing where never. */
  readonly resets?: number;
  /** The hash (hex) by which headquarters sent them last; missing of the station's own operators. */
  readonly issued?: string;
}

/**
 * Whether the folder has operators. `none`: none was ever added. `reopened`: others had touched their rows and mending took
 * them out, so that a first administrator may be named anew. `touched`: others have touched them, and nobody can sign in.
 */
export type OperatorsState = 'none' | 'present' | 'reopened' | 'touched';
