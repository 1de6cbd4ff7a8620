import type { OperatorRow } from '../../preload/contract.ts';

/** What of the lists' upkeep is offered to whoever is there; the main process holds each call to the same. */
export interface TrustRights {
  /** Fetches from where administrators have set, and ends that. */
  readonly mayUpdate: boolean;
  /** Says whom to believe: takes files, vouches for their signers, takes changes back. */
  readonly mayChange: boolean;
}

/** By role; null where nobody signs in. */
export function trustRights(role: OperatorRow['role'] | null): TrustRights {
  const mayChange = role === null || role === 'administrator';
  return { mayChange, mayUpdate: mayChange || role === 'supervisor' };
}
