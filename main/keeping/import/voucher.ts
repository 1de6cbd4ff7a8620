import { asFailure, Failure } from '../../result/failure.ts';
import type { Store } from '../../store/types.ts';
import {
  isEmptySign,
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
  /** Called when all files were found good and before anything is changed. Throws where a second administrator is missing. */
  readonly beforeChange: () => void;
  readonly afterChange: () => void;
}

/**
 * The voucher of a call. With the names of two administrators the signer is pinned for good once its files were found good;
 * with one name it is proposed, or confirmed where another one proposed it, and nothing is imported before the second.
 * Without a name the signer counts for this call alone. Fails with `trust.pin-same-person`, `decision.reason-missing`,
 * `trust.pin-not-certificate`.
 */
export function voucherOf(
  given: Vouching,
  { store, now }: { readonly store: Store; readonly now: () => string },
): Voucher {
  const [first, second] = given.names;
  if (first !== undefined && isEmptySign(first)) throw new Failure('decision.reason-missing');
  if (first !== undefined && second !== undefined) refuseSecondSign(first, second);
  const proposal = given.signer === null || first === undefined ? null : proposalOf(given.signer);
  const act = (): boolean => {
    if (proposal === null) return true;
    let pin = given.names.reduce(
      (_, sign) => vouch(store, proposal, { sign, at: now() }),
      store.trust.pins.propose(proposal, { sign: first ?? '', at: now() }),
    );
    pin = store.trust.pins.list().find(({ id }) => id === pin.id) ?? pin;
    return standsPinned(pin);
  };
  return {
    ...given,
    beforeChange: () => {
      if (given.names.length === 1 && !act())
        throw new Failure('trust.signer-not-pinned', { waiting: 'a second administrator', proposedBy: first ?? '' });
    },
    afterChange: () => {
      if (given.names.length > 1) act();
    },
  };
}

function vouch(store: Store, proposal: PinProposal, act: { readonly sign: string; readonly at: string }) {
  const pin = store.trust.pins.propose(proposal, act);
  if (standsPinned(pin)) return pin;
  try {
    return store.trust.pins.confirm(pin.id, act);
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
