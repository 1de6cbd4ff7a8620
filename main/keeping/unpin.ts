import { toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { isRestorable, type TrustHistoryEntry } from '../store/trust-changes.ts';
import type { Store, UnlockedStore } from '../store/types.ts';
import { isSameSign, type Pin, refuseSecondSign } from '../trust/lists/pins.ts';
import { refuseNames } from './answering.ts';

/** Where acts of administrators are recorded: an unlocked folder. */
export type Recording = Pick<UnlockedStore['acts'], 'record'>;

/** How far the withdrawal of a pin came, and what went with it. */
export interface Withdrawal {
  readonly pin: Pin;
  /** Null while a second administrator is waited for. */
  readonly entry: TrustHistoryEntry | null;
}

/**
 * Takes a pin back, by one administrator and then another, or by both at once. With the second sign everything goes that
 * rests on this signer's word alone: it must not stay believed. Fails with `trust.pin-unknown`, `trust.pin-same-person`,
 * `operator.name-missing`.
 */
export function withdrawPin(
  store: Store,
  acts: Recording,
  given: { readonly beginning: string; readonly names: readonly string[]; readonly at: string },
): Withdrawal {
  const { beginning, names, at } = given;
  const { pins } = store.trust;
  const pin = pinBeginning(store, beginning);
  const [first = '', second] = names;
  if (second !== undefined) refuseSecondSign(first, second);
  // Of two who are there, whoever asked for it before agrees last: the other one is who is needed.
  const proposer = pin.withdrawalProposedBy;
  const asked = (sign: string): boolean => second !== undefined && proposer !== null && isSameSign(sign, proposer);
  const inTurn = names.toSorted((one, other) => Number(asked(one)) - Number(asked(other)));
  // Together or not at all: a pin that is gone could not be withdrawn again, and its lists would stay believed.
  const { fingerprint, subject, kind } = pin;
  const act = { kind: 'trust.unpin', at, signs: names, reason: '', detail: { fingerprint, subject, kind } } as const;
  return acts.record(act, () => {
    let left = pin;
    for (const sign of inTurn) if (left.withdrawnAt === null) left = pins.withdraw(pin.id, { sign, at });
    if (left.withdrawnAt === null) return { pin: left, entry: null };
    const vouchedBy = pin.kind === 'station-key' ? toHex(pin.content) : pin.fingerprint;
    const signs = [left.withdrawalProposedBy, left.withdrawnBy].filter((sign) => sign !== null);
    return { pin: left, entry: store.trust.withdraw(vouchedBy, { signs, at }) };
  });
}

/** The pin that `withdrawPin` would take back. Fails with `trust.pin-unknown`. */
export function pinBeginning(store: Store, beginning: string): Pin {
  const wanted = beginning.toLowerCase().replace(/[: ]/g, '');
  const found = store.trust.pins
    .list()
    .filter(({ fingerprint, withdrawnAt }) => withdrawnAt === null && fingerprint.startsWith(wanted));
  const [pin] = found;
  if (pin === undefined || found.length > 1 || wanted.length < 6)
    throw new Failure('trust.pin-unknown', { matches: found.length });
  return pin;
}

/** The change that `restoreTrust` would take back now; null where there is none. */
export function nextRestored(store: Store): TrustHistoryEntry | null {
  return store.trust.history().find(isRestorable) ?? null;
}

/**
 * Takes the newest update back, as a recorded act. Fails with `trust.nothing-to-restore`, `trust.pin-same-person`,
 * `operator.name-missing`.
 */
export function restoreTrust(store: Store, acts: Recording, names: readonly string[], at: string): TrustHistoryEntry {
  refuseNames(names);
  const last = nextRestored(store);
  const detail = { import: last?.id ?? null, digest: last?.digest ?? null };
  return acts.record({ kind: 'trust.restore', at, signs: names, reason: '', detail }, () => {
    const entry = store.trust.undoLast({ signs: names, at });
    if (entry === null) throw new Failure('trust.nothing-to-restore');
    return entry;
  });
}
