import { Failure } from '../result/failure.ts';
import type { Store } from '../store/types.ts';
import { type Pin, type PinProposal, standsPinned } from '../trust/lists/pins.ts';
import { refuseNames } from './answering.ts';
import { pinSigner, standingPins } from './import/voucher.ts';
import type { Recording } from './unpin.ts';

/**
 * Pins a signer of lists by two administrators at once, as a recorded act: what it signs is taken from then on, and nothing is taken
 * by the act itself. A proposal of somebody else is confirmed by it. Fails with `operator.name-missing`, `trust.pin-same-person`,
 * and with `confirm.changed` where the signer stands pinned already.
 */
export function pinListSigner(
  store: Store,
  acts: Recording,
  given: { readonly proposal: PinProposal; readonly names: readonly string[]; readonly at: string },
): Pin {
  const { proposal, names, at } = given;
  const { pins } = store.trust;
  refuseNames(names);
  const { fingerprint, subject, kind } = proposal;
  if (pins.standing(kind).some((pin) => pin.fingerprint === fingerprint)) throw new Failure('confirm.changed');
  const act = { kind: 'trust.pin', at, signs: names, reason: '', detail: { fingerprint, subject, kind } } as const;
  return acts.record(act, () => {
    const pin = pinSigner(pins, { ...standingPins, proposal, names }, at);
    if (pin === null || !standsPinned(pin)) throw new Failure('trust.pin-same-person');
    return pin;
  });
}
