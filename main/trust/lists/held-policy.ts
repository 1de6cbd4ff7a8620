import { Failure } from '../../result/failure.ts';

/** A policy as a station's bundle brought it. */
export interface HeldPolicy {
  readonly id: string;
  readonly version: number;
  /** SHA-256 over `content`, lower-case hex. */
  readonly digest: string;
  /** JSON in its canonical form (RFC 8785). */
  readonly content: Uint8Array;
  /** Hex of the public key that signed the bundle. */
  readonly issuer: string;
  readonly bundleNumber: number;
  /** Instant (ISO 8601) of the import. */
  readonly addedAt: string;
}

/** A policy that a bundle brings. */
export interface ArrivedPolicy extends HeldPolicy {
  /** The app's own says the same: it is in force without being kept. */
  readonly isOwn: boolean;
}

/**
 * Refuses a policy that does not follow the one that is held. Fails with `policy.older`, and with `policy.version-reused`
 * where the same version says something else.
 */
export function refuseOlderPolicy(
  { id, version, digest }: Pick<HeldPolicy, 'id' | 'version' | 'digest'>,
  held: Pick<HeldPolicy, 'version' | 'digest'> | null,
): void {
  if (held === null) return;
  if (version < held.version) throw new Failure('policy.older', { policy: id, version, present: held.version });
  if (version === held.version && digest !== held.digest)
    throw new Failure('policy.version-reused', { policy: id, version, digest, present: held.digest });
}
