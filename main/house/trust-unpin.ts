import { toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { TrustHistoryEntry } from '../store/trust-changes.ts';
import type { Store } from '../store/types.ts';
import { type Pin, refuseSecondSign } from '../trust/pins.ts';

/** How far the withdrawal of a pin came, and what went with it. */
export interface Withdrawal {
  readonly pin: Pin;
  /** Null while a second administrator is waited for. */
  readonly entry: TrustHistoryEntry | null;
}

/**
 * Takes a pin back, by one administrator and then another, or by both at once. With the second sign everything goes that
 * rests on this signer's word alone: it must not stay believed. Fails with `trust.pin-unknown`, `trust.pin-same-person`,
 * `decision.reason-missing`.
 */
export function withdrawPin(store: Store, beginning: string, names: readonly string[], at: string): Withdrawal {
  const { pins } = store.trust;
  const wanted = beginning.toLowerCase().replace(/[: ]/g, '');
  const found = pins
    .list()
    .filter(({ fingerprint, withdrawnAt }) => withdrawnAt === null && fingerprint.startsWith(wanted));
  const [pin] = found;
  if (pin === undefined || found.length > 1 || wanted.length < 6)
    throw new Failure('trust.pin-unknown', { matches: found.length });
  const [first = '', second] = names;
  if (second !== undefined) refuseSecondSign(first, second);
  // Together or not at all: a pin that is gone could not be withdrawn again, and its lists would stay believed.
  return store.trust.atOnce(() => {
    let left = pin;
    for (const sign of names) if (left.withdrawnAt === null) left = pins.withdraw(pin.id, { sign, at });
    if (left.withdrawnAt === null) return { pin: left, entry: null };
    const vouchedBy = pin.kind === 'station-key' ? toHex(pin.content) : pin.fingerprint;
    const signs = [left.withdrawalProposedBy, left.withdrawnBy].filter((sign) => sign !== null);
    return { pin: left, entry: store.trust.withdraw(vouchedBy, { signs, at }) };
  });
}

/** Takes the newest update back. Fails with `trust.nothing-to-restore`, `trust.pin-same-person`, `decision.reason-missing`. */
export function restoreTrust(store: Store, names: readonly string[], at: string): TrustHistoryEntry {
  const [first = '', second = ''] = names;
  if (first.trim() === '') throw new Failure('decision.reason-missing');
  refuseSecondSign(first, second);
  const entry = store.trust.undoLast({ signs: names, at });
  if (entry === null) throw new Failure('trust.nothing-to-restore');
  return entry;
}
