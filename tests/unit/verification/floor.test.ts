import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Check,
  type CheckId,
  checkIds,
  checkResults,
  successful,
  unsuccessful,
} from '../../../main/result/check.ts';
import { asFailure } from '../../../main/result/failure.ts';
import { floorChecks, holderFloorChecks } from '../../../main/verification/floor.ts';
import { extendPolicy, parsePolicy } from '../../../main/verification/policy.ts';
import { silentTerms } from '../../../main/verification/terms.ts';
import { type Policy, type PolicyOutcome, purposes } from '../../../main/verification/types.ts';
import { judge, mayGoOnAlone } from '../../../main/verification/verdict.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { policyFile } from '../../support/headquarters.ts';
import { policy } from '../../support/own-resources.ts';

const ids = ['document', ...purposes] as const;
const station = { training: false, specimen: false };
const worse = ['failed', 'undetermined', 'not supported', 'aborted'] as const;

// 9303-11 §5.1: what passive authentication answers. Each of these must succeed, whoever wrote the policy.
const passive = ['hashes', 'signature', 'path', 'validity', 'country'].map(
  (name) => `passive-authentication.${name}` as CheckId,
);

const allWell = (except: Readonly<Partial<Record<CheckId, Check | null>>> = {}): Check[] =>
  checkIds.flatMap((id) => {
    const other = except[id];
    if (other !== undefined) return other === null ? [] : [other];
    return [successful(id, id === 'document.type' ? { code: 'P', issuer: 'SWE', nationality: 'SWE' } : {})];
  });

const anyOutcome = fc.constantFrom<PolicyOutcome[]>('accept', 'pass over', 'refer', 'reject');
const lenient = fc.constantFrom<PolicyOutcome[]>('pass over', 'refer', 'reject');
const against = fc.constantFrom<PolicyOutcome[]>('refer', 'reject');
const outcomes = (strict: boolean) => {
  const [untold, lacking] = strict ? [against, against] : [lenient, anyOutcome];
  return fc.record({
    successful: fc.constant<PolicyOutcome>('accept'),
    failed: strict ? fc.constant<PolicyOutcome>('reject') : against,
    undetermined: untold,
    'not supported': lacking,
    aborted: against,
    absent: against,
  });
};
const ruleFor = (check: CheckId, strict: boolean) =>
  fc.record({
    check: fc.constant(check),
    outcomes: outcomes(strict),
    codes: fc.oneof(
      fc.constant({}),
      (strict ? against : lenient).map((outcome) => ({ 'check.aborted': outcome, 'file.not-read': outcome })),
    ),
    trainingNotMade: fc.oneof(fc.constant(null), strict ? against : lenient),
  });
const proofs = fc.subarray(['chip-authentication', 'active-authentication', 'pace-cam'] as CheckId[], { minLength: 2 });
const groups = fc.array(
  fc.record({ checks: proofs, none: lenient, trainingNone: fc.oneof(fc.constant(null), lenient) }),
  { maxLength: 3 },
);
const combinations = fc.array(
  fc.record({
    all: fc.array(fc.record({ check: fc.constantFrom(...checkIds), result: fc.constantFrom(...checkResults) }), {
      minLength: 1,
      maxLength: 2,
    }),
    outcome: against,
  }),
  { maxLength: 2 },
);
// Half of them keep to the floor, so that many are taken; in the others a rule may state anything that the schema allows.
const policies = (id: Policy['id']) =>
  fc.boolean().chain((keeps) =>
    fc.record({
      id: fc.constant(id),
      version: fc.constant(7),
      documents: fc.constant(null),
      evidenceMinutes: fc.integer({ min: 1, max: 1440 }),
      alone: fc.subarray([...checkIds]).map((all) => all.filter((check) => !keeps || !floorChecks(id).includes(check))),
      rules: fc.tuple(
        ...checkIds.map((check) =>
          ruleFor(
            check,
            keeps && (weighty.has(check) || check === 'register.validity' || floorChecks(id).includes(check)),
          ),
        ),
      ),
      combinations,
      alternatives: groups,
    }),
  );
// Checks that must not be lacking silently: kept strict in the half that is to be taken.
const weighty: ReadonlySet<CheckId> = new Set(
  checkIds.filter((id) =>
    /^(holder|face)\.|^passive-|^document\.(expiry|type|portrait|defects)|-authentication$|^pace-cam/.test(id),
  ),
);

const taken = (json: unknown, fallback: Policy | null): Policy | null => {
  try {
    return parsePolicy(json, fallback);
  } catch (thrown) {
    if (asFailure(thrown).code === 'policy.malformed') return null;
    throw thrown;
  }
};
const wrongCheck = (check: CheckId) =>
  fc.oneof(
    fc.constant(null),
    fc
      .constantFrom(...worse)
      .chain((result) =>
        fc
          .constantFrom('check.aborted', 'file.not-read', 'check.not-made')
          .map((code) => unsuccessful(check, result, code as 'check.aborted')),
      ),
  );

// States have given one number to two people (Eur J Epidemiol 2009, 9350): an equal number alone is never green.
describe('the floor of a holder who is on file', () => {
  const onFile = purposes.filter((id) => id !== 'new-customer' && id !== 'age');
  const three = ['holder.personal-number', 'holder.name', 'holder.birth-date', 'holder.status'] as const;

  it('is number, name and birth date, all three, and what the register says of the person', () => {
    for (const id of onFile) expect(holderFloorChecks(id)).toEqual(three);
    expect([...holderFloorChecks('document'), ...holderFloorChecks('new-customer')]).toEqual([]);
  });

  it.each(onFile)('%s: none of them is passed over, by a rule, a code or a policy that came past the reader', (id) => {
    const own = policy(id);
    const file = policyFile(id);
    for (const check of three) {
      const passing = (rule: { readonly check: string; readonly outcomes?: object }) =>
        rule.check === check ? { ...rule, outcomes: { ...rule.outcomes, undetermined: 'pass over' } } : rule;
      const excusing = (rule: { readonly check: string }) =>
        rule.check === check ? { ...rule, codes: { 'holder.birth-date-unknown': 'pass over' } } : rule;
      for (const change of [passing, excusing])
        expect(failureCodeOf(() => parsePolicy({ ...file, rules: file.rules.map(change) }))).toBe('policy.malformed');
      const judged = extendPolicy(policy('document'), own);
      const weak = { ...judged, rules: judged.rules.map(passing) } as unknown as Policy;
      for (const result of ['undetermined', 'not supported'] as const) {
        const found = allWell({ [check]: unsuccessful(check, result, 'holder.birth-date-unknown') });
        expect(judge(weak, found, station).verdict).not.toBe('accept');
        expect(judge(weak, found, { training: true, specimen: true }).verdict).not.toBe('accept');
      }
      expect(judge({ ...weak, rules: [] }, allWell({ [check]: null }), station).verdict).not.toBe('accept');
    }
    // What a register says of somebody abroad a bank may weigh; of who is dead, and of a number that rests, nobody may.
    const weighing = (code: string) => (rule: { readonly check: string }) =>
      rule.check === 'holder.status' ? { ...rule, codes: { [code]: 'pass over' } } : rule;
    expect(parsePolicy({ ...file, rules: file.rules.map(weighing('holder.emigrated')) }).id).toBe(id);
    for (const code of ['holder.deceased', 'holder.number-dormant'])
      expect(failureCodeOf(() => parsePolicy({ ...file, rules: file.rules.map(weighing(code)) }))).toBe(
        'policy.malformed',
      );
    const dead = allWell({ 'holder.status': unsuccessful('holder.status', 'failed', 'holder.deceased') });
    expect(judge(extendPolicy(policy('document'), own), dead, station).verdict).toBe('reject');
    // An equal number with everything else open, and everything else with the number open.
    const open = (check: CheckId) => unsuccessful(check, 'undetermined', 'holder.name-unknown');
    const numberAlone = allWell({ 'holder.name': open('holder.name'), 'holder.birth-date': open('holder.birth-date') });
    expect(judge(extendPolicy(policy('document'), own), numberAlone, station).verdict).toBe('refer');
  });
});

describe('the floor that no policy goes below', () => {
  it('is passive authentication for a document, and the face besides for a person', () => {
    expect(floorChecks('document')).toEqual(passive);
    for (const id of purposes) expect(floorChecks(id)).toEqual([...passive, 'face.comparison']);
  });

  describe.each(ids)('for %s', (id) => {
    const cases = fc
      .tuple(policies(id), fc.constantFrom(...floorChecks(id)), fc.boolean())
      .chain(([json, check, training]) => wrongCheck(check).map((wrong) => ({ json, check, training, wrong })));

    it('no policy that is taken ever accepts where one of its checks did not succeed', () => {
      let counted = 0;
      fc.assert(
        fc.property(cases, ({ json, check, training, wrong }) => {
          const own = taken(json, policy(id));
          if (own === null) return;
          counted++;
          const judged = id === 'document' ? own : extendPolicy(policy('document'), own);
          const found = allWell({ [check]: wrong });
          const verdict = judge(judged, found, { training, specimen: training });
          expect(verdict.verdict).not.toBe('accept');
          expect(verdict.passedOver).not.toContain(check);
          expect(mayGoOnAlone(judged, found, { training, specimen: training })).toBe(false);
        }),
        { numRuns: 300 },
      );
      expect(counted).toBeGreaterThan(60);
    });

    it('nor does a policy that came past the reader of policies', () => {
      fc.assert(
        fc.property(cases, ({ json, check, training, wrong }) => {
          const made = { ...silentTerms, ...json, dataGroups: [], holder: 'on-file' } as Policy;
          const found = allWell({ [check]: wrong });
          for (const judged of [made, { ...made, rules: [], combinations: [], alternatives: [] }]) {
            expect(judge(judged, found, { training, specimen: training }).verdict).not.toBe('accept');
            expect(mayGoOnAlone(judged, found, { training, specimen: training })).toBe(false);
          }
        }),
      );
    });
  });

  it.each(['hashes', 'signature', 'path', 'country'])(
    'what failed in %s is rejected, whatever a policy says',
    (name) => {
      const check = `passive-authentication.${name}` as CheckId;
      const document = policy('document');
      const weak = {
        ...document,
        rules: document.rules.map((rule) => ({ ...rule, outcomes: { ...rule.outcomes, failed: 'refer' as const } })),
      };
      const found = allWell({ [check]: unsuccessful(check, 'failed', 'check.aborted') });
      expect(judge(weak, found, station).verdict).toBe('reject');
    },
  );

  it.each([
    ['an undetermined signature that is passed over', { outcomes: { undetermined: 'pass over' } }],
    ['a signature that is not supported and accepted', { outcomes: { 'not supported': 'accept' } }],
    ['a wrong signature that is referred', { outcomes: { failed: 'refer' } }],
    ['a code that excuses', { codes: { 'file.not-read': 'pass over' } }],
    ['training that excuses', { trainingNotMade: 'pass over' }],
  ])('%s is refused', (_what, { outcomes: changed = {}, ...change }: Record<string, object | string>) => {
    const file = policyFile('document');
    const rules = file.rules.map((rule) =>
      rule.check === 'passive-authentication.signature'
        ? {
            ...rule,
            ...change,
            outcomes: { ...(rule as unknown as { outcomes: object }).outcomes, ...(changed as object) },
          }
        : rule,
    );
    expect(failureCodeOf(() => parsePolicy({ ...file, rules }))).toBe('policy.malformed');
    expect(failureCodeOf(() => parsePolicy(file))).toBe('none');
  });

  // The issuer's key did sign what is there: RFC 5652 §5.3 and the exponent 3 are what a bank may weigh for itself.
  it.each([
    ['signature.exponent-small', 'passive-authentication.signature', true],
    ['security-object.attributes-missing', 'passive-authentication.signature', true],
    ['signature.key-short', 'passive-authentication.signature', false],
    ['signature.hash-broken', 'passive-authentication.signature', false],
    ['signature.exponent-small', 'passive-authentication.path', false],
    ['security-object.signed-ahead', 'passive-authentication.validity', false],
    ['security-object.signed-out-of-time', 'passive-authentication.validity', false],
  ] as const)('%s of %s is referred; a policy may pass it over: %s', (code, check, weighable) => {
    const found = allWell({ [check]: unsuccessful(check, 'undetermined', code) });
    for (const id of ids) {
      const shipped = id === 'document' ? policy(id) : extendPolicy(policy('document'), policy(id));
      expect(judge(shipped, found, station)).toMatchObject({ verdict: 'refer', reasons: [code], decidedBy: check });
    }
    const file = policyFile('document');
    const rules = file.rules.map((rule) => (rule.check === check ? { ...rule, codes: { [code]: 'pass over' } } : rule));
    if (weighable) {
      const lenient = parsePolicy({ ...file, rules });
      expect(judge(lenient, found, station)).toMatchObject({ verdict: 'accept', passedOver: [check] });
      const failed = allWell({ [check]: unsuccessful(check, 'failed', code) });
      expect(judge(lenient, failed, station).verdict).toBe('reject');
    } else expect(failureCodeOf(() => parsePolicy({ ...file, rules }))).toBe('policy.malformed');
  });

  it('a check that the policy has no rule for is not passed over', () => {
    const document = policy('document');
    const found = allWell({ 'holder.name': unsuccessful('holder.name', 'failed', 'holder.name-differs') });
    expect(judge(document, found, station)).toMatchObject({ verdict: 'refer', decidedBy: 'holder.name' });
    expect(judge(document, allWell(), station).verdict).toBe('accept');
  });
});

describe('what a bundle leaves out', () => {
  const own = policy('document');
  const file = policyFile('document');
  const without = ({ ...json }: Record<string, unknown>, ...names: string[]) => {
    for (const name of names) delete json[name];
    return json;
  };
  const lacking = (...found: CheckId[]) =>
    allWell(Object.fromEntries(found.map((id) => [id, unsuccessful(id, 'not supported', 'check.aborted')])));
  const noProof = lacking('chip-authentication', 'active-authentication', 'pace-cam');

  it('is not lost: alternatives, and a group that is stated anew is not weaker', () => {
    const weaker = {
      ...file,
      alternatives: [{ checks: ['pace-cam', 'active-authentication', 'chip-authentication'], none: 'pass over' }],
    };
    for (const json of [without(file, 'alternatives'), { ...file, alternatives: [] }, weaker]) {
      const sent = parsePolicy(json, own);
      expect(judge(sent, noProof, station).verdict).toBe('refer');
      expect(judge(sent, lacking('active-authentication', 'pace-cam'), station).verdict).toBe('accept');
    }
  });

  it('groups that overlap do not undo one another', () => {
    const sent = parsePolicy(
      {
        ...file,
        alternatives: [
          { checks: ['chip-authentication', 'active-authentication'], none: 'pass over' },
          { checks: ['active-authentication', 'pace-cam'], none: 'pass over' },
        ],
      },
      own,
    );
    expect(judge(sent, noProof, station).verdict).toBe('refer');
  });

  // TR-03135-1 §3.5: undetermined is no evidence; a proof that could not be told must not be better than one that is not there.
  it('a proof that could not be told counts at least as one that the document lacks', () => {
    const rules = file.rules.map((rule) => ({
      ...rule,
      ...(rule.check === 'chip-authentication'
        ? {
            outcomes: {
              ...own.rules[0]?.outcomes,
              failed: 'reject',
              'not supported': 'refer',
              undetermined: 'pass over',
            },
          }
        : {}),
    }));
    const sent = parsePolicy({ ...file, rules }, own);
    const untold = allWell({
      'chip-authentication': unsuccessful('chip-authentication', 'undetermined', 'chip-authentication.failed'),
      'active-authentication': unsuccessful('active-authentication', 'not supported', 'check.aborted'),
      'pace-cam': unsuccessful('pace-cam', 'not supported', 'check.aborted'),
    });
    expect(judge(sent, untold, station).verdict).toBe('refer');
  });

  it('is not lost: combinations, of which the stricter holds', () => {
    const purpose = policyFile('large-transfer');
    const [first] = purpose.combinations as { all: object[] }[];
    const stranger = allWell({
      'holder.name': unsuccessful('holder.name', 'failed', 'holder.name-differs'),
      'holder.personal-number': unsuccessful('holder.personal-number', 'failed', 'holder.personal-number-differs'),
    });
    const weaker = { ...purpose, combinations: [{ all: first?.all.toReversed(), outcome: 'refer' }] };
    for (const json of [without(purpose, 'combinations'), { ...purpose, combinations: [] }, weaker]) {
      const sent = extendPolicy(own, parsePolicy(json, policy('large-transfer')));
      expect(judge(sent, stranger, station).verdict).toBe('reject');
    }
  });

  it('is not lost: which documents are taken, and how old the evidence may be', () => {
    const document: Policy = {
      ...own,
      evidenceMinutes: 5,
      documents: [
        { issuer: 'SWE', codes: ['P', 'ID'], nationality: null },
        { issuer: 'D', codes: ['P'], nationality: null },
      ],
    };
    const transfer = extendPolicy(document, policy('large-transfer'));
    expect([transfer.documents, transfer.evidenceMinutes]).toEqual([document.documents, 5]);
    const renewal = extendPolicy(document, policy('renew-bankid'));
    expect(renewal.documents).toEqual([{ issuer: 'SWE', codes: ['P', 'ID'], nationality: 'SWE' }]);
    const sent = parsePolicy(
      without(policyFile('large-transfer'), 'evidenceMinutes', 'alone'),
      policy('large-transfer'),
    );
    expect(sent).toMatchObject({ evidenceMinutes: 15, alone: policyFile('large-transfer').alone });
  });

  it('a policy that names documents takes none of which the type could not be told', () => {
    const renewal = policy('renew-bankid');
    const lax: Policy = {
      ...renewal,
      rules: renewal.rules.map((rule) => ({ ...rule, outcomes: { ...rule.outcomes, undetermined: 'pass over' } })),
    };
    const found = allWell({ 'document.type': unsuccessful('document.type', 'undetermined', 'file.not-read') });
    expect(judge(lax, found, station)).toMatchObject({ verdict: 'refer', reasons: ['file.not-read'] });
  });
});

describe('who is on file', () => {
  it('a new customer is not: the holder checks do not apply', () => {
    const opened = policy('new-customer');
    expect(opened.holder).toBe('from-document');
    const found = allWell({
      'holder.personal-number': null,
      'holder.name': null,
      'holder.birth-date': null,
      'holder.status': null,
    });
    expect(judge(opened, found, station).verdict).toBe('accept');
    for (const id of purposes.filter((each) => each !== 'new-customer' && each !== 'age'))
      expect(judge(policy(id), found, station).verdict).toBe('refer');
  });

  it('a policy of another purpose that says so, or one with rules for them, is refused', () => {
    const renewal = { ...policyFile('renew-bankid'), holder: 'from-document' };
    expect(failureCodeOf(() => parsePolicy(renewal))).toBe('policy.malformed');
    const own = policy('new-customer');
    const [rule] = policyFile('renew-bankid').rules;
    const both = { ...policyFile('new-customer'), rules: [...policyFile('new-customer').rules, rule] };
    expect(failureCodeOf(() => parsePolicy(both, own))).toBe('policy.malformed');
  });

  it('a policy of before, with its rules for the holder, goes on judging the holder', () => {
    const renewal = policyFile('renew-bankid');
    const { holder: _holder, ...before } = { ...renewal, id: 'new-customer' } as Record<string, unknown>;
    const sent = extendPolicy(policy('document'), parsePolicy(before, policy('new-customer')));
    expect(sent.holder).toBe('on-file');
    const found = allWell({ 'holder.name': unsuccessful('holder.name', 'undetermined', 'holder.name-differs') });
    expect(judge(sent, found, station).verdict).toBe('refer');
  });
});

describe('what one person may override alone', () => {
  it('is what the policy names, and nothing else beside it', () => {
    const renewal = policy('renew-bankid');
    const name = unsuccessful('holder.name', 'failed', 'holder.name-differs');
    const number = unsuccessful('holder.personal-number', 'failed', 'holder.personal-number-differs');
    expect(mayGoOnAlone(renewal, allWell({ 'holder.name': name }), station)).toBe(true);
    expect(mayGoOnAlone(renewal, allWell({ 'holder.personal-number': number }), station)).toBe(false);
    expect(mayGoOnAlone(renewal, allWell({ 'holder.name': name, 'holder.personal-number': number }), station)).toBe(
      false,
    );
    expect(mayGoOnAlone(policy('large-transfer'), allWell({ 'holder.name': name }), station)).toBe(false);
    expect(mayGoOnAlone(renewal, allWell(), station)).toBe(false);
  });

  it('is never what lies under the floor', () => {
    const json = policyFile('renew-bankid');
    for (const check of [...passive, 'face.comparison'])
      expect(failureCodeOf(() => parsePolicy({ ...json, alone: [check] }))).toBe('policy.malformed');
  });
});

// Lost, stolen, forged or misused, as the issuer's register or headquarters says: nobody weighs that, whatever the purpose asks.
describe('a blocked document', () => {
  const blocked = allWell({ 'register.validity': unsuccessful('register.validity', 'failed', 'register.blocked') });
  const rule = (failed: PolicyOutcome) => ({
    check: 'register.validity' as const,
    outcomes: {
      successful: 'accept' as const,
      failed,
      undetermined: 'pass over' as const,
      'not supported': 'pass over' as const,
      aborted: 'refer' as const,
      absent: 'refer' as const,
    },
    codes: {},
    trainingNotMade: null,
  });

  it.each(ids)('is rejected under %s, also where that asks no register or states less', (id) => {
    const own = policy(id);
    const silent = { ...own, rules: own.rules.filter(({ check }) => check !== 'register.validity') };
    const stated = { ...silent, rules: [...silent.rules, rule('refer')], alone: ['register.validity' as const] };
    for (const one of [own, silent, stated]) {
      expect(judge(one, blocked, station)).toMatchObject({
        verdict: 'reject',
        reasons: ['register.blocked'],
        decidedBy: 'register.validity',
      });
      expect(mayGoOnAlone(one, blocked, station)).toBe(false);
      expect(judge(one, blocked, { training: true, specimen: true }).verdict).toBe('reject');
    }
  });

  it.each(['refer', 'pass over', 'accept'] as const)('is %s under no policy that a bank writes', (outcome) => {
    const own = policy('large-transfer');
    const file = { id: 'large-transfer', version: 9, documents: null, rules: [rule(outcome)] };
    expect(failureCodeOf(() => parsePolicy(file, own))).toBe('policy.malformed');
    expect(failureCodeOf(() => parsePolicy({ ...file, rules: [rule('reject')] }, own))).toBe('none');
  });
});
