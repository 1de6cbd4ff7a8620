import { describe, expect, it } from 'vitest';
import { importTrust } from '../../../main/keeping/import/import-trust.ts';
import { standingPins } from '../../../main/keeping/import/voucher.ts';
import { pinListSigner } from '../../../main/keeping/pin-list-signer.ts';
import { pinnedSigners } from '../../../main/keeping/report/list-signers.ts';
import { withdrawPin } from '../../../main/keeping/unpin.ts';
import { Failure } from '../../../main/result/failure.ts';
import { proposeListSigner, proposeStationKey } from '../../../main/trust/lists/pins.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import {
  importInto,
  madeAuthorities,
  madeListSigner,
  madeMasterList,
  trustFileOf,
} from '../../support/made-trust-files.ts';
import { openIn, recording, temporaryFolder, today, unlockedIn } from '../store/support.ts';

const at = '2026-11-23T09:00:00Z';
const proposal = proposeListSigner(madeListSigner);
const list = trustFileOf('master-list', madeMasterList('260101', madeAuthorities(2)));

describe('a signer that is pinned at the desk', () => {
  it('is an act of two in the chain; then its lists are taken, and nothing before', async () => {
    const { store, acts } = await unlockedIn(temporaryFolder());
    const take = () => importTrust([list], standingPins, importInto(store));
    await expect(take()).rejects.toThrow(expect.objectContaining({ code: 'trust.signer-not-pinned' }));
    expect(pinListSigner(store, acts, { proposal, names: ['AB', 'CD'], at })).toMatchObject({
      proposedBy: 'AB',
      confirmedBy: 'CD',
      confirmedAt: at,
    });
    expect(store.trust.count()).toBe(0);
    expect(acts.list()).toMatchObject([
      {
        number: 1,
        kind: 'trust.pin',
        at,
        signs: ['AB', 'CD'],
        detail: { fingerprint: proposal.fingerprint, subject: proposal.subject, kind: 'list-signer' },
      },
    ]);
    expect(acts.broken()).toEqual([]);
    expect(store.integrity().whole).toBe(true);
    await take();
    expect(store.trust.count()).toBe(2);

    // Undone: what rested on it goes, the act stays beside the other one.
    withdrawPin(store, acts, { beginning: proposal.fingerprint, names: ['EF', 'GH'], at });
    expect(store.trust.count()).toBe(0);
    expect(pinnedSigners(store.trust.pins, today)).toEqual([]);
    expect(acts.list().map(({ kind }) => kind)).toEqual(['trust.pin', 'trust.unpin']);
    await expect(take()).rejects.toThrow(expect.objectContaining({ code: 'trust.signer-not-pinned' }));
  });

  it.each([
    [['AB', 'a b'], 'trust.pin-same-person'],
    [['AB'], 'operator.name-missing'],
    [[], 'operator.name-missing'],
    [['', 'CD'], 'operator.name-missing'],
  ] as const)('by %j is none', (names, code) => {
    const store = openIn(temporaryFolder());
    expect(failureCodeOf(() => pinListSigner(store, recording(store), { proposal, names, at }))).toBe(code);
    expect(store.trust.pins.list()).toEqual([]);
  });

  it('is pinned once', () => {
    const store = openIn(temporaryFolder());
    const pin = () => pinListSigner(store, recording(store), { proposal, names: ['AB', 'CD'], at });
    pin();
    expect(failureCodeOf(pin)).toBe('confirm.changed');
    expect(store.trust.pins.list()).toHaveLength(1);
  });

  it.each([
    ['first', ['AB', 'CD']],
    ['last', ['CD', 'AB']],
    ['not', ['CD', 'EF']],
  ] as const)('that one has proposed at the side door stands, whoever of them signs %s', (_which, names) => {
    const store = openIn(temporaryFolder());
    store.trust.pins.propose(proposal, { sign: 'AB', at });
    expect(pinnedSigners(store.trust.pins, today)).toMatchObject([{ state: 'proposed' }]);
    expect(pinListSigner(store, recording(store), { proposal, names, at })).toMatchObject({
      proposedBy: 'AB',
      confirmedBy: 'CD',
    });
    expect(pinnedSigners(store.trust.pins, today)).toMatchObject([
      { state: 'stands', fingerprint: proposal.fingerprint },
    ]);
  });

  it('leaves neither pin nor act where writing fails between them', async () => {
    const { store, acts } = await unlockedIn(temporaryFolder());
    const full = {
      ...store,
      trust: {
        ...store.trust,
        pins: {
          ...store.trust.pins,
          confirm: () => {
            throw new Failure('storage.full');
          },
        },
      },
    };
    expect(failureCodeOf(() => pinListSigner(full, acts, { proposal, names: ['AB', 'CD'], at }))).toBe('storage.full');
    expect(store.trust.pins.list()).toEqual([]);
    expect(acts.list()).toEqual([]);
  });
});

describe('who is pinned, as people see it', () => {
  it('is read from the bytes that are pinned, and says how far a withdrawal is', () => {
    const store = openIn(temporaryFolder());
    pinListSigner(store, recording(store), { proposal, names: ['AB', 'CD'], at });
    pinListSigner(store, recording(store), {
      proposal: proposeStationKey(new Uint8Array(32).fill(3), 'station'),
      names: ['AB', 'CD'],
      at,
    });
    withdrawPin(store, recording(store), {
      beginning: proposal.fingerprint,
      names: ['AB'],
      at: '2026-11-24T09:00:00Z',
    });
    expect(pinnedSigners(store.trust.pins, today)).toMatchObject([
      { kind: 'station-key', state: 'stands', certificate: null },
      {
        kind: 'list-signer',
        state: 'withdrawing',
        at: '2026-11-24T09:00:00Z',
        certificate: { fingerprint: proposal.fingerprint, country: 'DE', subject: proposal.subject, validity: 'valid' },
      },
    ]);
  });

  // Two stand at the desk: which of them asked before, and which signs in first, is chance.
  it.each([[['AB', 'CD']], [['CD', 'AB']]] as const)(
    'is withdrawn by %j where one of them had asked for it',
    (names) => {
      const store = openIn(temporaryFolder());
      pinListSigner(store, recording(store), { proposal, names: ['EF', 'GH'], at });
      withdrawPin(store, recording(store), { beginning: proposal.fingerprint, names: ['AB'], at });
      expect(withdrawPin(store, recording(store), { beginning: proposal.fingerprint, names, at }).pin).toMatchObject({
        withdrawalProposedBy: 'AB',
        withdrawnBy: 'CD',
      });
      expect(pinnedSigners(store.trust.pins, today)).toEqual([]);
    },
  );
});
