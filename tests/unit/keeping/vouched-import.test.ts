import { expect, it } from 'vitest';
import { importTrust } from '../../../main/keeping/import/import-trust.ts';
import { voucherOf } from '../../../main/keeping/import/voucher.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { Store, TrustRepository } from '../../../main/store/types.ts';
import { standsPinned } from '../../../main/trust/lists/pins.ts';
import {
  importInto,
  madeAuthorities,
  madeListSigner,
  madeMasterList,
  trustFileOf,
} from '../../support/made-trust-files.ts';
import { openIn, temporaryFolder } from '../store/support.ts';

/*
 * Who vouches and what they vouch for are one change of the store (docs/decisions/0007-trust.md, Imports): a fault anywhere in
 * it leaves neither a pin nor a certificate nor a line of the history.
 */

const list = trustFileOf('master-list', madeMasterList('261101', madeAuthorities(3)));

const take = (store: Store, names: readonly string[]) =>
  importTrust([list], voucherOf({ signer: madeListSigner, pin: false, names }), importInto(store));

const fault = () => {
  throw new Failure('storage.full');
};

/** The store with some of its acts replaced; what is not stays as it is. */
function faulty(store: Store, changed: (trust: TrustRepository) => Partial<TrustRepository>): Store {
  return { ...store, trust: { ...store.trust, ...changed(store.trust) } };
}

const stateOf = ({ trust }: Store) => ({
  pins: trust.pins.list().map((pin) => ({ by: [pin.proposedBy, pin.confirmedBy], stands: standsPinned(pin) })),
  certificates: trust.count(),
  history: trust.history().length,
});

const untouched = { pins: [], certificates: 0, history: 0 };
const believed = { certificates: 3, history: 1 };

it.each<readonly [string, (trust: TrustRepository) => Partial<TrustRepository>]>([
  ['before the pin is confirmed', ({ pins }) => ({ pins: { ...pins, confirm: fault } })],
  [
    'after the pin is confirmed',
    ({ pins }) => ({
      pins: {
        ...pins,
        confirm: (...given) => {
          pins.confirm(...given);
          return fault();
        },
      },
    }),
  ],
  ['before the lists are taken', () => ({ apply: fault })],
  [
    'after the lists are taken',
    ({ apply }) => ({
      apply: (change) => {
        apply(change);
        return fault();
      },
    }),
  ],
])('two administrators: a fault %s leaves nothing', async (_where, changed) => {
  const store = openIn(temporaryFolder());
  await expect(take(faulty(store, changed), ['A. Berg', 'C. Dahl'])).rejects.toThrow(
    expect.objectContaining({ code: 'storage.full' }),
  );
  expect(stateOf(store)).toEqual(untouched);
  // What the fault left is no hindrance: the same again is taken whole.
  await take(store, ['A. Berg', 'C. Dahl']);
  expect(stateOf(store)).toEqual({ ...believed, pins: [{ by: ['A. Berg', 'C. Dahl'], stands: true }] });
});

it('the first of two proposes the signer and takes nothing; a fault as the second comes leaves the proposal as it was', async () => {
  const store = openIn(temporaryFolder());
  await expect(take(store, ['A. Berg'])).rejects.toThrow(
    expect.objectContaining({
      code: 'trust.signer-proposed',
      fields: expect.objectContaining({ proposedBy: 'A. Berg' }),
    }),
  );
  const proposed = { ...untouched, pins: [{ by: ['A. Berg', null], stands: false }] };
  expect(stateOf(store)).toEqual(proposed);
  await expect(take(store, ['a. berg'])).rejects.toThrow(expect.objectContaining({ code: 'trust.signer-proposed' }));
  expect(stateOf(store)).toEqual(proposed);
  await expect(
    take(
      faulty(store, () => ({ apply: fault })),
      ['C. Dahl'],
    ),
  ).rejects.toThrow();
  expect(stateOf(store)).toEqual(proposed);
  await take(store, ['C. Dahl']);
  expect(stateOf(store)).toEqual({ ...believed, pins: [{ by: ['A. Berg', 'C. Dahl'], stands: true }] });
});
