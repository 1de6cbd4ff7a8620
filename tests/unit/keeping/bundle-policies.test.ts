import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { trustImports } from '../../../main/keeping/import/import-files.ts';
import { importTrust, tryTrust } from '../../../main/keeping/import/import-trust.ts';
import { voucherOf } from '../../../main/keeping/import/voucher.ts';
import { policiesInForce } from '../../../main/keeping/policies/policies-in-force.ts';
import { restoreTrust, withdrawPin } from '../../../main/keeping/unpin.ts';
import { updateSource } from '../../../main/keeping/update/source.ts';
import { trustUpkeep } from '../../../main/keeping/update/upkeep.ts';
import { fromHex, toHex } from '../../../main/result/bytes.ts';
import { type Check, checkIds, successful, unsuccessful } from '../../../main/result/check.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { Store } from '../../../main/store/types.ts';
import { judge } from '../../../main/verification/verdict.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { headquarters, policyFile } from '../../support/headquarters.ts';
import { ownPolicies } from '../../support/own-resources.ts';
import { rejection } from '../../support/rejection.ts';
import { openIn, recording, temporaryFolder, today } from '../store/support.ts';

const { bundle, issuer } = headquarters();
const clock = { now: () => '2026-11-23T09:00:00Z', today: () => today };
const names = ['A. Berg', 'C. Dahl'];

const fileOf = (bytes: Uint8Array) => ({
  kind: 'station-bundle' as const,
  whole: () => bytes,
  chunks: async function* () {
    yield bytes;
  },
});

function take(store: Store, bytes: Uint8Array, signer = issuer) {
  const given = { signer: new TextEncoder().encode(signer), pin: false, names };
  const voucher = voucherOf(given);
  return importTrust([fileOf(bytes)], voucher, {
    store,
    clock,
    ownPolicies,
    refusedPublicKeys: new Set(),
    onProgress: () => undefined,
  });
}

const refusal = async (store: Store, bytes: Uint8Array) => rejection(take(store, bytes));
const inForce = (store: Store, id: 'document' | 'renew-bankid' = 'document') =>
  policiesInForce(ownPolicies, store.trust).of(id);

const document = policyFile('document');
const renewal = policyFile('renew-bankid');
const newer = { ...document, version: document.version + 1 };
// Where the app passes an attribute over, this one refers.
const strict = {
  ...renewal,
  version: renewal.version + 1,
  rules: renewal.rules.map((rule) => ({ ...rule, trainingNotMade: null })),
};

/** A case in which all went well but what this version does not make. */
function trainingCase(): Check[] {
  return checkIds.map((id) =>
    id === 'face.presentation-attack'
      ? unsuccessful(id, 'undetermined', 'check.not-made')
      : successful(id, id === 'document.type' ? { code: 'P', issuer: 'SWE', nationality: 'SWE' } : {}),
  );
}

const verdictOf = (store: Store) =>
  judge(inForce(store, 'renew-bankid').policy, trainingCase(), { training: true, specimen: true }).verdict;

describe('policies of a bundle', () => {
  it("count before the app's own, at once and until they are restored", async () => {
    const store = openIn(temporaryFolder());
    const before = inForce(store, 'renew-bankid');
    expect([before.from, verdictOf(store)]).toEqual([null, 'accept']);
    const [taken] = await take(store, bundle(1, { 'renew-bankid': strict }));
    expect(taken?.policies).toEqual([{ id: 'renew-bankid', version: strict.version, isOwn: false }]);
    const now = inForce(store, 'renew-bankid');
    expect(now.from).toEqual({ issuer, bundleNumber: 1, addedAt: clock.now() });
    expect([now.policy.version, verdictOf(store)]).toEqual([strict.version, 'refer']);
    expect(now.digest).not.toBe(before.digest);
    restoreTrust(store, recording(store), names, clock.now());
    expect([inForce(store, 'renew-bankid').digest, verdictOf(store)]).toEqual([before.digest, 'accept']);
    expect(store.trust.policies()).toEqual([]);
  });

  it("that say what the app's own say are not kept, however they are written", async () => {
    const store = openIn(temporaryFolder());
    await take(store, bundle(1, { 'renew-bankid': strict }));
    const reordered = JSON.stringify(Object.fromEntries(Object.entries(document).toReversed()), null, 4);
    const [taken] = await take(store, bundle(2, { document: reordered }));
    expect(taken?.policies).toMatchObject([{ id: 'document', isOwn: true }]);
    expect(store.trust.policies().map(({ id }) => id)).toEqual(['renew-bankid']);
  });

  it("that go back to the app's own let go what was kept, where that is no step back", async () => {
    const store = openIn(temporaryFolder());
    await take(store, bundle(1, { document: { ...document, dataGroups: [7], version: document.version - 1 } }));
    expect(inForce(store)).toMatchObject({ policy: { dataGroups: [7] }, ownVersion: document.version });
    await take(store, bundle(2, { document }));
    expect([store.trust.policies(), inForce(store).from]).toEqual([[], null]);
    await take(store, bundle(3, { document: newer }));
    expect((await refusal(store, bundle(4, { document })))?.code).toBe('policy.older');
    expect(inForce(store).policy.version).toBe(newer.version);
  });

  it('of an earlier version, or of the same version with other content, are refused with the whole bundle', async () => {
    const store = openIn(temporaryFolder());
    await take(store, bundle(1, { document: newer }));
    const other = { ...newer, dataGroups: [7] };
    const older = { ...newer, version: newer.version - 1, dataGroups: [7] };
    const state = [store.trust.policies(), store.trust.bundleOf(issuer)];
    for (const [policy, code] of [
      [other, 'policy.version-reused'],
      [older, 'policy.older'],
    ] as const) {
      const failure = await refusal(store, bundle(2, { document: policy, 'renew-bankid': strict }));
      expect(failure?.code).toBe(code);
      expect([store.trust.policies(), store.trust.bundleOf(issuer)]).toEqual(state);
    }
    await take(store, bundle(2, { document: newer }));
    expect(inForce(store).from?.bundleNumber).toBe(1);
  });

  it("without a rule go by the app's own: no check is ever without one", async () => {
    const store = openIn(temporaryFolder());
    const bare = { rules: [], version: 100 };
    await take(store, bundle(1, { document: { ...document, ...bare }, 'renew-bankid': { ...renewal, ...bare } }));
    for (const id of ['document', 'renew-bankid'] as const) {
      const own = ownPolicies.get(id)?.policy.rules ?? [];
      const { policy } = inForce(store, id);
      expect(policy.version).toBe(100);
      expect(policy.rules).toEqual(expect.arrayContaining([...own]));
    }
    const { rules } = inForce(store, 'renew-bankid').policy;
    // The look at the paper, the second document and the age are for other errands, which ask for them.
    const asked = checkIds.filter(
      (id) => !['document.paper', 'document.second', 'holder.age', 'face.injection-attack'].includes(id),
    );
    expect(rules.map(({ check }) => check).sort()).toEqual([...asked].sort());
  });

  it.each([
    ['that is no JSON', { document: '{' }],
    ['that accepts what failed', { document: { ...newer, rules: [acceptingFailure('document.expiry')] } }],
    ['with two rules for one check', { document: { ...newer, rules: [...document.rules, document.rules[0]] } }],
    ['with a field that nobody knows', { document: { ...newer, excuses: [] } }],
    ['of another purpose', { 'renew-bankid': newer }],
    ['of no purpose', { holiday: newer }],
    ['that is too long', { document: `${JSON.stringify(newer)}${' '.repeat(256 * 1024)}` }],
  ])('one %s refuses the whole bundle', async (_what, policies) => {
    const store = openIn(temporaryFolder());
    const failure = await refusal(store, bundle(1, { 'large-transfer': policyFile('large-transfer'), ...policies }));
    expect(failure?.code).toBe('bundle.policy-malformed');
    expect([store.trust.policies(), store.trust.bundleOf(issuer), store.trust.history()]).toEqual([[], null, []]);
    expect(store.trust.pins.list()).toEqual([]);
  });

  it('that this app cannot read, kept by another one, stop every judgement instead of giving way', () => {
    const held = { version: 9, digest: 'ff', issuer, bundleNumber: 1, addedAt: clock.now() };
    for (const text of ['{', '{}', JSON.stringify({ ...newer, excuses: [] })]) {
      const content = new TextEncoder().encode(text);
      const pins = { standing: () => [{ content: fromHex(issuer) }] };
      const policies = policiesInForce(ownPolicies, { policies: () => [{ ...held, id: 'document', content }], pins });
      for (const id of ['document', 'large-transfer'] as const)
        expect(failureCodeOf(() => policies.of(id))).toBe('policy.malformed');
    }
  });

  // A row in the database is nobody's word: the store tells that it was touched, and whatever comes to the judge, the station
  // that a policy names must stand pinned when it is used.
  it('whose station nobody pinned stop every judgement, and so does a pin that is gone', async () => {
    const store = openIn(temporaryFolder());
    await take(store, bundle(1, { document: newer }));
    const [sent] = store.trust.policies();
    let standing = store.trust.pins.standing('station-key');
    const source = { policies: () => [...store.trust.policies()], pins: { standing: () => standing } };
    const policies = policiesInForce(ownPolicies, source);
    expect(policies.of('document').from?.issuer).toBe(issuer);
    standing = [];
    expect(failureCodeOf(() => policies.of('document'))).toBe('policy.issuer-not-pinned');
    standing = store.trust.pins.standing('station-key');
    if (sent === undefined) throw new Error('no policy');
    source.policies = () => [sent, { ...sent, id: 'renew-bankid', issuer: 'ab'.repeat(32) }];
    for (const id of ['document', 'renew-bankid'] as const)
      expect(failureCodeOf(() => policies.of(id))).toBe('policy.issuer-not-pinned');
    const sql = new Database(store.path);
    sql.prepare('UPDATE policies SET issuer = ?').run('ab'.repeat(32));
    sql.close();
    expect(failureCodeOf(() => inForce(store))).toBe('trust.tampered');
  });

  it('go with the pin of the station that sent them, and stay through a bundle that has none', async () => {
    const store = openIn(temporaryFolder());
    const other = headquarters(8);
    await take(store, bundle(1, { document: newer }));
    await take(store, other.bundle(1, { 'renew-bankid': strict }), other.issuer);
    await take(store, bundle(2, {}));
    expect(store.trust.policies().map(({ id }) => id)).toEqual(['document', 'renew-bankid']);
    const pin = store.trust.pins.list().find(({ content }) => toHex(content) === issuer);
    withdrawPin(store, recording(store), { beginning: pin?.fingerprint ?? '', names, at: clock.now() });
    expect(store.trust.policies().map(({ id }) => id)).toEqual(['renew-bankid']);
    expect(inForce(store).from).toBeNull();
  });
});

describe('several bundles at once', () => {
  const run = { clock, ownPolicies, refusedPublicKeys: new Set<string>(), onProgress: () => undefined };
  const isHarmless = ({ code }: Failure): boolean => code === 'bundle.older';

  it('of one station count as its newest does, in whatever order they come', async () => {
    const store = openIn(temporaryFolder());
    await take(store, bundle(1, {}));
    const files = [bundle(3, { document: newer }), bundle(12, { 'renew-bankid': strict }), bundle(4, {})].map(fileOf);
    const voucher = voucherOf({ signer: null, pin: false, names: [] });
    const results = await tryTrust(files, voucher, { store, ...run }, { isHarmless, stop: false });
    expect(files.map((file) => results.get(file))).toMatchObject([
      { code: 'bundle.older' },
      { bundle: { number: 12 } },
      { code: 'bundle.older' },
    ]);
    expect(store.trust.bundleOf(issuer)?.number).toBe(12);
    expect(store.trust.policies().map(({ id }) => id)).toEqual(['renew-bankid']);
  });

  it('of two stations are remembered each by its number; of a policy that both send the older refuses all', async () => {
    const store = openIn(temporaryFolder());
    const other = headquarters(8);
    await take(store, bundle(1, {}));
    await take(store, other.bundle(1, {}), other.issuer);
    const voucher = voucherOf({ signer: null, pin: false, names: [] });
    await importTrust([bundle(2, { document: newer }), other.bundle(5, {})].map(fileOf), voucher, { store, ...run });
    expect([store.trust.bundleOf(issuer)?.number, store.trust.bundleOf(other.issuer)?.number]).toEqual([2, 5]);
    const older = { ...newer, version: newer.version + 1 };
    const newest = { ...newer, version: newer.version + 2 };
    const both = [bundle(7, { document: newest }), other.bundle(6, { document: older })].map(fileOf);
    expect((await rejection(importTrust(both, voucher, { store, ...run })))?.code).toBe('policy.older');
    expect([store.trust.bundleOf(issuer)?.number, inForce(store).policy.version]).toEqual([2, newer.version]);
  });
});

function acceptingFailure(check: string) {
  const accept = ['successful', 'failed', 'undetermined', 'not supported', 'aborted', 'absent'];
  return { check, outcomes: Object.fromEntries(accept.map((result) => [result, 'accept'])) };
}

// Policies are what verdicts rest on: one administrator alone changes none, whoever signed the bundle (docs/operators.md).
describe('policies that one person brings', () => {
  const around = (store: Store) => ({ store, clock, ownPolicies, refusedPublicKeys: new Set<string>() });
  const refuse = (hasOperators: boolean): void => {
    if (hasOperators) throw new Failure('operator.second-needed');
  };
  const alone = async (store: Store, bytes: Uint8Array, hasOperators = true) => {
    const file = join(temporaryFolder(), 'branch.bundle');
    writeFileSync(file, bytes);
    const imports = trustImports(
      () => around(store),
      () => refuse(hasOperators),
    );
    const chosen = imports.takeChosen([file], { signal: new AbortController().signal, onProgress: () => undefined });
    return (await rejection(chosen))?.code ?? null;
  };

  it('are refused with the whole bundle, before anything of it is stored', async () => {
    const store = openIn(temporaryFolder());
    await take(store, bundle(1, {}));
    expect(await alone(store, bundle(2, { 'renew-bankid': strict }))).toBe('operator.second-needed');
    expect([store.trust.policies(), store.trust.bundleOf(issuer)?.number]).toEqual([[], 1]);
    expect(await alone(store, bundle(2, { 'renew-bankid': strict }), false)).toBeNull();
  });

  it('are no change where they are in force already, and one where the own ones come back', async () => {
    const store = openIn(temporaryFolder());
    await take(store, bundle(1, { 'renew-bankid': strict }));
    expect(await alone(store, bundle(2, { 'renew-bankid': strict, document }))).toBeNull();
    expect(await alone(store, bundle(3, { 'renew-bankid': { ...renewal, version: strict.version + 1 } }))).toBe(
      'operator.second-needed',
    );
  });

  // Whoever names a place for this once (`trust update --from`) signs in for nothing.
  it('are refused from a place that administrators have not set, and taken from one that they have', async () => {
    const store = openIn(temporaryFolder());
    await take(store, bundle(1, {}));
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'branch.bundle'), bundle(2, { 'renew-bankid': strict }));
    const upkeep = trustUpkeep(
      store,
      clock,
      () => around(store),
      () => refuse(true),
    );
    const source = updateSource([folder], null);
    const update = (from: typeof source | null) =>
      upkeep.update({ from, signal: new AbortController().signal, onProgress: () => undefined });
    expect(await update(source)).toMatchObject({
      outcome: 'failed',
      files: [{ outcome: 'refused', code: 'operator.second-needed' }],
    });
    expect(store.trust.policies()).toEqual([]);
    upkeep.setSource(source);
    expect(await update(null)).toMatchObject({ outcome: 'changed' });
    expect(store.trust.policies().map(({ id }) => id)).toEqual(['renew-bankid']);
  });
});
