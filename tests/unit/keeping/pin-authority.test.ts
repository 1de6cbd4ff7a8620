import { describe, expect, it } from 'vitest';
import { refusedPublicKeys } from '../../../main/house/folder.ts';
import { importTrust } from '../../../main/keeping/import/import-trust.ts';
import { standingPins } from '../../../main/keeping/import/voucher.ts';
import { pinAuthority, withdrawAuthority } from '../../../main/keeping/pin-authority.ts';
import { pinListSigner } from '../../../main/keeping/pin-list-signer.ts';
import { originsOf, vouchedAuthorities } from '../../../main/keeping/report/trust-basis.ts';
import { withdrawPin } from '../../../main/keeping/unpin.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { proposeListSigner } from '../../../main/trust/lists/pins.ts';
import { standardLimits } from '../../../main/trust/path/freshness.ts';
import { fingerprintOf } from '../../../main/trust/x509/fingerprint.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import {
  importClock,
  importInto,
  madeAuthorities,
  madeDocumentSigner,
  madeListSigner,
  madeMasterList,
  trustFileOf,
} from '../../support/made-trust-files.ts';
import { ecTestKey, nameOf, testAuthority } from '../../support/test-pki.ts';
import { temporaryFolder, today, unlockedIn } from '../store/support.ts';

/* A state's own certificate that two people vouch for, without a list (docs/decisions/0007-trust.md). */

const at = '2026-11-24T09:00:00Z';
const [der = new Uint8Array()] = madeAuthorities(1);
const fingerprint = fingerprintOf(der);
const names = ['AB', 'CD'] as const;

async function station() {
  const { store, acts } = await unlockedIn(temporaryFolder());
  const ground = (day = '2026-11-23') => ({
    ...importInto(store),
    clock: { now: () => `${day}T09:00:00Z`, today: () => day as PlainDate },
    refusedPublicKeys: refusedPublicKeys(store.kind),
  });
  const pin = (bytes = der, signs: readonly string[] = names, day?: string) =>
    pinAuthority(ground(day), acts, { der: bytes, names: signs });
  const withdraw = (of = fingerprint, signs: readonly string[] = names) =>
    withdrawAuthority(store, acts, { fingerprint: of, names: signs, at });
  const authorities = () => vouchedAuthorities(store.trust, today, standardLimits);
  return { store, acts, pin, withdraw, authorities };
}

describe('a certificate that two people vouch for', () => {
  it('is believed at once, by an act in the chain, and shown with how long the word holds', async () => {
    const { store, acts, pin, authorities } = await station();
    expect(await pin()).toMatchObject({ kind: 'certificate', new: 1, verified: 1 });
    expect(store.trust.get(fingerprint)).toMatchObject({ verifiedBy: fingerprint });
    expect(acts.list()).toMatchObject([
      { kind: 'trust.pin', signs: names, detail: { fingerprint, kind: 'authority' } },
    ]);
    expect(acts.broken()).toEqual([]);
    expect(store.integrity().whole).toBe(true);
    expect(store.trust.history()[0]).toMatchObject({ kind: 'pin', signer: 'AB, CD' });
    expect(authorities()).toMatchObject([
      {
        certificate: { fingerprint, country: 'UT' },
        ...{ since: '2026-11-23', until: '2027-11-23', daysLeft: 365, freshness: 'fresh', own: true, alsoHeld: false },
      },
    ]);
  });

  it('of which the word is given anew counts from that day', async () => {
    const { store, pin, authorities } = await station();
    await pin(der, names, '2026-02-01');
    expect(authorities()).toMatchObject([{ since: '2026-02-01', daysLeft: 70 }]);
    await pin();
    expect(authorities()).toMatchObject([{ since: '2026-11-23', daysLeft: 365 }]);
    expect(store.trust.count()).toBe(1);
  });

  it('goes with the word, by an act of its own, and no restoring reaches behind that', async () => {
    const { store, acts, pin, withdraw, authorities } = await station();
    await pin();
    expect(withdraw()).toMatchObject({ kind: 'unpin', digest: fingerprint, counts: { removedCertificates: 1 } });
    expect(store.trust.count()).toBe(0);
    expect(authorities()).toEqual([]);
    expect(acts.list().map(({ kind }) => kind)).toEqual(['trust.pin', 'trust.unpin']);
    expect(store.integrity().whole).toBe(true);
    expect(store.trust.undoLast({ signs: names, at })).toBeNull();
    expect(failureCodeOf(() => withdraw())).toBe('trust.pin-unknown');
  });

  it('stays where a list holds it too', async () => {
    const { store, acts, pin, withdraw, authorities } = await station();
    pinListSigner(store, acts, { proposal: proposeListSigner(madeListSigner), names, at });
    await importTrust(
      [trustFileOf('master-list', madeMasterList('260101', madeAuthorities(2)))],
      standingPins,
      importInto(store),
    );
    await pin();
    expect(authorities()).toMatchObject([{ own: true, alsoHeld: true }]);
    withdraw();
    expect(authorities()).toEqual([]);
    expect(store.trust.get(fingerprint)).not.toBeNull();
    expect(failureCodeOf(() => withdraw())).toBe('trust.pin-unknown');
  });

  it('leaves the lists of the same certificate alone where it is a signer of lists as well', async () => {
    const { store, acts, pin, withdraw } = await station();
    pinListSigner(store, acts, { proposal: proposeListSigner(madeListSigner), names, at });
    const list = trustFileOf('master-list', madeMasterList('260101', madeAuthorities(3)));
    await importTrust([list], standingPins, importInto(store));
    await pin(madeListSigner);
    expect(store.trust.count()).toBe(4);
    withdraw(fingerprintOf(madeListSigner));
    expect(store.trust.count()).toBe(3);
    expect(store.trust.pins.standing('list-signer')).toHaveLength(1);
    // The other way: whoever is no signer of lists any more is not believed for passports either.
    await pin(madeListSigner);
    withdrawPin(store, acts, { beginning: fingerprintOf(madeListSigner), names, at });
    expect(store.trust.count()).toBe(0);
  });
});

describe('what is not taken, and leaves no act', () => {
  const other = ecTestKey('P-256', 'named', 5);
  const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
  it.each([
    ['a document signer', madeDocumentSigner(), 'certificate.not-authority'],
    [
      'one that another has signed',
      testAuthority(other, scheme, { subject: nameOf('UT', 'Other'), issuer: nameOf('UT', 'Root') }),
      'trust.not-self-signed',
    ],
    ['one whose own signature is wrong', der.with(der.length - 1, (der.at(-1) ?? 0) ^ 1), 'trust.not-self-signed'],
  ] as const)('%s', async (_what, bytes, code) => {
    const { store, acts, pin } = await station();
    await expect(pin(bytes)).rejects.toThrow(expect.objectContaining({ code }));
    expect(store.trust.count()).toBe(0);
    expect(acts.list()).toEqual([]);
  });

  it.each([
    [['AB'], 'operator.name-missing'],
    [['AB', 'a b'], 'trust.pin-same-person'],
    [['', 'CD'], 'operator.name-missing'],
  ] as const)('by %j', async (signs, code) => {
    const { store, acts, pin, withdraw } = await station();
    await expect(pin(der, signs)).rejects.toThrow(expect.objectContaining({ code }));
    expect(store.trust.count()).toBe(0);
    await pin();
    expect(failureCodeOf(() => withdraw(fingerprint, signs))).toBe(code);
    expect(store.trust.count()).toBe(1);
    expect(acts.list()).toHaveLength(1);
  });
});

describe('where everything came from', () => {
  it('is told by source and by whose word it is, counted', async () => {
    const { store, acts, pin } = await station();
    pinListSigner(store, acts, { proposal: proposeListSigner(madeListSigner), names, at });
    const list = trustFileOf('master-list', madeMasterList('260101', madeAuthorities(3)));
    await importTrust([list], standingPins, importInto(store));
    await pin();
    const found = originsOf(store.trust);
    expect(found).toContainEqual(
      expect.objectContaining({ kind: 'pinned', vouchedBy: fingerprint, takenAs: 'pin', count: 1 }),
    );
    expect(found).toContainEqual(
      expect.objectContaining({
        ...{ kind: 'master-list', vouchedBy: fingerprintOf(madeListSigner), takenAs: 'master-list', count: 3 },
        ...{ date: '2026-01-01', takenAt: importClock.now() },
      }),
    );
    expect(found).toHaveLength(2);
  });
});
