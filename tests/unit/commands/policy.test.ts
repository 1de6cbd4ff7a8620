import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { purposes } from '../../../main/verification/purposes.ts';
import { policyFile } from '../../support/headquarters.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';

/** `styrk policy check` on what a bank has written; there is no data folder yet, and none is made. */
async function check(policy: unknown, ...more: readonly string[]) {
  const folder = temporaryFolder();
  const file = join(folder, 'policy.json');
  writeFileSync(file, typeof policy === 'string' || policy instanceof Uint8Array ? policy : JSON.stringify(policy));
  return runHere(['policy', 'check', file, '--data', join(folder, 'none'), ...more]);
}

const large = () => ({ ...policyFile('large-transfer'), version: 99 });
const withRule = (check: string, changes: object) => ({
  ...large(),
  rules: large().rules.map((rule) => (rule.check === check ? { ...rule, ...changes } : rule)),
});

describe('policy check', () => {
  it('of the policy in force finds nothing', async () => {
    const { status, json } = await check(policyFile('large-transfer'), '--json');
    expect(status).toBe(0);
    expect(json()).toMatchObject({ id: 'large-transfer', gaps: [], changes: [], terms: [], refusal: null, filled: [] });
    expect(json().digest).toBe(json().inForce.digest);
  });

  it('says what becomes stricter and what looser, check by check, result by result and term by term', async () => {
    const rule = large().rules.find(({ check: id }) => id === 'holder.name') as unknown as { outcomes: object };
    const changed = {
      ...withRule('holder.name', { outcomes: { ...rule.outcomes, failed: 'reject' } }),
      evidenceMinutes: 60,
      alone: [],
      freshness: { minutes: 30, purposes: ['step-up'] },
    };
    const { status, json } = await check(changed, '--json');
    expect(status).toBe(0);
    expect(json().changes).toEqual([
      { check: 'holder.name', on: 'failed', from: 'refer', to: 'reject', direction: 'stricter' },
    ]);
    expect(json().terms).toEqual([
      { term: 'evidenceMinutes', direction: 'looser' },
      { term: 'alone', direction: 'stricter' },
      { term: 'freshness', direction: 'looser' },
    ]);
    const { stdout } = await check(changed);
    expect(stdout).toContain('stricter: Name, wrong: a person decides → do not accept');
    expect(stdout).toContain('LOOSER: how old the reading may be');
    const swedish = await check(changed, '--language', 'sv');
    expect(swedish.stdout).toContain('strängare: Namn, fel: en människa avgör → godkänn inte');
  });

  it('names what is left to the app, and what can never count', async () => {
    const { rules, ...rest } = large();
    const gone = { ...rest, rules: rules.filter((rule) => rule.check !== 'holder.birth-date') };
    expect((await check(gone, '--json')).json()).toMatchObject({ filled: ['holder.birth-date'], gaps: [] });

    const [first] = rules;
    const odd = {
      ...large(),
      rules: [...rules, { ...first, check: 'document.paper' }],
      documents: [{ issuer: 'SWE', codes: ['P'], nationality: null }],
      conditions: [
        { condition: 'validUntil', documents: [{ issuer: 'FIN', codes: ['*'], nationality: null }] },
        { condition: { scope: 'här' }, except: [{ issuer: 'any', codes: ['*'], nationality: null }] },
      ],
      freshness: { minutes: 5, purposes: [] },
      overrides: [{ roles: ['supervisor'], checks: ['holder.age'] }],
    };
    const { status, json } = await check(odd, '--json');
    expect(status).toBe(1);
    expect(json().gaps).toEqual([
      { gap: 'rule-not-asked', about: 'document.paper' },
      { gap: 'condition-without-document', about: 'här' },
      { gap: 'override-without-effect', about: 'holder.age' },
      { gap: 'freshness-of-nothing', about: null },
    ]);
    expect((await check(odd, '--language', 'sv')).stdout).toContain(
      'Ett villkor som ingen handling kan uppfylla: här.',
    );
  });

  it.each(purposes)('finds no gap in the policy for %s', async (id) => {
    const { status, json } = await check(policyFile(id), '--json');
    expect([status, json().gaps]).toEqual([0, []]);
  });

  // A residence permit belongs to a passport that the purpose takes.
  it('explains what a second document and a signed order come to, and names a permit that nobody is asked for', async () => {
    const permitFor = { except: [{ issuer: 'any', codes: ['*'], nationality: 'EU/EEA' }] };
    const overrides = [{ roles: ['supervisor'], checks: ['document.second'] }];
    const asking = { ...large(), permitFor, overrides, order: 'required', orderSource: 'signed', referralHours: 4 };
    const { stdout, status } = await check(asking);
    expect(status).toBe(0);
    for (const said of [
      'A residence permit is needed beside the passport: every document. Not for any * EU/EEA.',
      'An order counts only where the bank’s system signed it.',
      'A referred case may be decided for 4 hours.',
      'stricter: who needs a residence permit beside the passport',
      'stricter: whose orders count',
      'LOOSER: how long a referred case waits',
    ])
      expect(stdout).toContain(said);
    const nobody = { ...asking, permitFor: { documents: [{ issuer: 'any', codes: ['I'], nationality: null }] } };
    expect((await check(nobody, '--json')).json().gaps).toEqual([{ gap: 'permit-for-nobody', about: null }]);
  });

  // Two people put a document without a number on file where one refers it because of that: a policy that rejects it has no such case.
  it('names a promise to put documents on file that no case comes to', async () => {
    const renewal = policyFile('renew-bankid');
    const known = renewal.rules as unknown as readonly { readonly check: string; readonly outcomes: object }[];
    const approving = { ...renewal, version: 99, knownDocuments: 'approved' };
    expect((await check(approving, '--json')).json().gaps).toEqual([]);
    const rules = known.map((rule) =>
      rule.check === 'holder.personal-number'
        ? { ...rule, outcomes: { ...rule.outcomes, undetermined: 'reject' } }
        : rule,
    );
    const { stdout, status } = await check({ ...approving, rules });
    expect(stdout).toContain('A document without a number never goes on file');
    expect(status).toBe(1);
  });

  // 9303-3 §5: Germany is D there, and who is stateless (XXA) has a nationality's code that no issuer bears.
  it('names codes that no document carries, wherever documents are named', async () => {
    const of = (issuer: string, nationality: string | null = null) => ({ issuer, codes: ['P*'], nationality });
    const slips = {
      ...large(),
      documents: [of('GER'), of('D'), of('EU/EEA', 'SE'), of('DEU'), of('SWE', 'XXA'), of('XXA'), of('CHN', 'HKG')],
      conditions: [{ condition: { scope: 'this-visit-only' }, documents: [of('SWE')], except: [of('XQZ')] }],
    };
    const { gaps } = (await check(slips, '--json')).json();
    expect(gaps.filter(({ gap }: { gap: string }) => gap === 'state-unknown')).toEqual(
      ['GER', 'SE', 'DEU', 'XXA', 'HKG', 'XQZ'].map((about) => ({ gap: 'state-unknown', about })),
    );
    expect((await check(slips, '--language', 'sv')).stdout).toContain('En kod som inte står i någon handling');
  });

  it.each(['\u3164', 'a\u2800', 'a\ufe0f\u202e'])('refuses a reason that staff would not see: %j', async (reason) => {
    const overrides = [{ roles: ['supervisor'], checks: ['document.expiry'], reasons: [reason] }];
    const { json, status } = await check({ ...large(), overrides }, '--json');
    expect([status, json().error.code, json().error.fields.at]).toEqual([
      2,
      'policy.malformed',
      'overrides.0.reasons.0',
    ]);
  });

  // An earlier reading of a new customer was compared with nobody on file, and nothing that was read before was read for an order.
  it('names an earlier reading that can never count', async () => {
    const reuse = (more: object) =>
      check({ ...policyFile('step-up'), version: 99, ...more }, '--json').then(({ status, json }) => [
        status,
        json().gaps,
      ]);
    const freshness = { minutes: 30, purposes: ['large-transfer', 'new-customer'] };
    expect(await reuse({ freshness })).toEqual([1, [{ gap: 'freshness-of-nobody-on-file', about: 'new-customer' }]]);
    expect(await reuse({})).toEqual([0, []]);
    expect(await reuse({ order: 'required' })).toEqual([1, [{ gap: 'freshness-beside-order', about: null }]]);
  });

  // AMLR 2024/1624 art. 77 (1), (3): a copy or a reference, five years from the end of the relationship.
  it.each([null, { keep: 'none', years: 5 }, { keep: 'copy', years: 4 }])(
    'a new customer of whom is kept %j leaves a gap',
    async (retention) => {
      const { status, json } = await check({ ...policyFile('new-customer'), version: 99, retention }, '--json');
      expect([status, json().gaps]).toEqual([1, [{ gap: 'retention-not-stated', about: null }]]);
    },
  );

  it.each([
    ['an unknown check', { ...large(), rules: [{ check: 'document.hologram', outcomes: {} }] }, 'rules.0.check'],
    ['an unknown field', { ...large(), overide: [] }, 'overide'],
    ['an unknown purpose', { ...large(), id: 'renew-everything' }, 'id'],
    ['no object', '[]', 'id'],
  ])('refuses %s and says where', async (_name, policy, at) => {
    const { status, json } = await check(policy, '--json');
    expect([status, json().error]).toMatchObject([2, { code: 'policy.malformed', fields: { at } }]);
  });

  it.each([
    ['no JSON', '{', 'not JSON'],
    ['no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'not UTF-8'],
    ['nothing but depth', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'too deep'],
    ['one name twice', '{"id":"document","id":"large-transfer"}', 'a member twice'],
    [
      'what is below the floor',
      withRule('face.comparison', { codes: { 'face.unsure': 'pass over' } }),
      'below the floor',
    ],
  ])('refuses %s', async (_name, policy, reason) => {
    const { status, json } = await check(policy, '--json');
    expect([status, json().error]).toMatchObject([2, { code: 'policy.malformed', fields: { reason } }]);
  });

  it('refuses ten million bytes unread', async () => {
    const { status, json } = await check(new Uint8Array(10_000_000), '--json');
    expect([status, json().error.code]).toEqual([2, 'input.too-large']);
  });
});

// What docs/policies.md shows a bank is what the command takes and says.
it('the worked policy of the documentation has no gaps, and becomes what the text says', async () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/policies.md'), 'utf8');
  const [, worked = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
  const { status, json } = await check(worked, '--json');
  expect([status, json().gaps, json().changes]).toEqual([0, [], []]);
  expect(json().terms).toEqual([
    { term: 'documents', direction: 'stricter' },
    { term: 'evidenceMinutes', direction: 'stricter' },
    { term: 'conditions', direction: 'stricter' },
    { term: 'overrides', direction: 'otherwise' },
    { term: 'retention', direction: 'otherwise' },
    { term: 'whyNotEid', direction: 'stricter' },
  ]);
});

describe('policy show', () => {
  const show = (...argv: readonly string[]) =>
    runHere(['policy', 'show', ...argv, '--data', join(temporaryFolder(), 'none')]);

  it('lists every policy, and says one in words of either language', async () => {
    const { status, stdout } = await show();
    expect([status, stdout.trim().split('\n')]).toMatchObject([0, { length: 8 }]);
    const english = await show('age');
    expect(english.stdout).toContain('Nobody is looked up.');
    expect(english.stdout).toContain('The ages that may be asked for: 18, 13, 15, 16, 20, 25.');
    const swedish = await show('new-customer', '--language', 'sv');
    expect(swedish.stdout).toContain('En hänvisning sparas i 5 år.');
    expect((await show('new-customer', '--json')).json().policy.retention).toEqual({ keep: 'reference', years: 5 });
  });

  it('knows no other purpose and no other language', async () => {
    expect((await show('wire', '--json')).json().error.code).toBe('purpose.unknown');
    expect((await show('age', '--language', 'xx', '--json')).json().error.code).toBe('arguments.unusable');
  });
});
