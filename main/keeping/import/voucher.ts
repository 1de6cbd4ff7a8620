import { asFailure, Failure } from '../../result/failure.ts';
import type { PinAct, PinsRepository } from '../../store/pins-repository.ts';
import type { Store } from '../../store/types.ts';
import {
  isEmptySign,
  type Pin,
  type PinProposal,
  proposeListSigner,
  proposeStationKey,
  refuseSecondSign,
  standsPinned,
} from '../../trust/lists/pins.ts';
import { stationKeyOf } from './station-key-file.ts';

/** Who vouches, as a caller says it. */
export interface Vouching {
  /** The file of `--signer`: a certificate for lists, a station's key for bundles. Null where only standing pins count. */
  readonly signer: Uint8Array | null;
  /** Whether the caller vouches for self-signed certificates in person. */
  readonly pin: boolean;
  /** Signs of the administrators who act. */
  readonly names: readonly string[];
}

/** Who vouches for what a call imports. */
export interface Voucher extends Vouching {
  /** The signer as administrators pin it; null where nobody answers for one by name, and it counts for this call alone. */
  readonly proposal: PinProposal | null;
}

/** Nobody but the signers that stand pinned. */
export const standingPins: Voucher = { signer: null, pin: false, names: [], proposal: null };

/**
 * The voucher of a call. Fails with `trust.pin-same-person`, `operator.name-missing`, and as `proposeListSigner` does for a
 * signer that is none.
 */
export function voucherOf(given: Vouching): Voucher {
  const [first, second] = given.names;
  if (first !== undefined && isEmptySign(first)) throw new Failure('operator.name-missing');
  if (first !== undefined && second !== undefined) refuseSecondSign(first, second);
  return { ...given, proposal: given.signer === null || first === undefined ? null : proposalOf(given.signer) };
}

/**
 * Writes down who vouches: the signer is proposed by the first name and confirmed by any other, also by one where somebody else
 * proposed it before. Answers the pin as it is then; null where nobody is to be pinned. Part of the change that it vouches for.
 */
export function pinSigner(pins: PinsRepository, { proposal, names }: Voucher, at: string): Pin | null {
  const [first] = names;
  if (proposal === null || first === undefined) return null;
  let pin = pins.propose(proposal, { sign: first, at });
  for (const sign of names) pin = standsPinned(pin) ? pin : confirmed(pins, pin, { sign, at });
  return pin;
}

function confirmed(pins: PinsRepository, pin: Pin, act: PinAct): Pin {
  try {
    return pins.confirm(pin.id, act);
  } catch (thrown) {
    // Who proposed it does not confirm it: it waits for somebody else.
    if (asFailure(thrown).code === 'trust.pin-same-person') return pin;
    throw thrown;
  }
}

function proposalOf(signer: Uint8Array): PinProposal {
  const key = stationKeyOf(signer);
  return key === null ? proposeListSigner(signer) : proposeStationKey(key, 'station');
}

/** The certificates that vouch for lists: the one of the call, then those for which two administrators stand. */
export function signersOf(voucher: Voucher, store: Store): readonly Uint8Array[] {
  const standing = store.trust.pins.standing('list-signer').map(({ content }) => content);
  return voucher.signer === null ? standing : [voucher.signer, ...standing];
}

/** The keys that vouch for station bundles. Fails with `trust.pin-not-certificate` where the call's signer is no such key. */
export function keysOf(voucher: Voucher, store: Store): readonly Uint8Array[] {
  const standing = store.trust.pins.standing('station-key').map(({ content }) => content);
  if (voucher.signer === null) return standing;
  const key = stationKeyOf(voucher.signer);
  if (key === null) throw new Failure('trust.pin-not-certificate', { reason: 'no Ed25519 key' });
  return [key, ...standing];
}

/** Tries one pinned signer after the other; fails with what the last one failed with, `trust.signer-not-pinned` without any. */
export function firstVouchedFor<Result>(signers: readonly Uint8Array[], read: (signer: Uint8Array) => Result): Result {
  let refusal = new Failure('trust.signer-not-pinned');
  for (const signer of signers) {
    try {
      return read(signer);
    } catch (thrown) {
      refusal = asFailure(thrown);
      if (refusal.code !== 'trust.signer-not-pinned') throw thrown;
    }
  }
  throw refusal;
}
