import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { policiesOfApp } from '../../../main/house/open-keeping.ts';
import type { Policy } from '../../../main/verification/types.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { policyEntries, policyWords } from '../../../resources/texts/policy-words.ts';

/* A policy in words: everything that it asks, and nothing that no case is held to. */

const policies = policiesOfApp(join(import.meta.dirname, '../../../resources'));
const linesOf = (policy: Policy, key: string) =>
  policyEntries(policy, 'en').terms.find((entry) => entry.key === key)?.lines ?? null;
const renewal = policies.of('renew-bankid').policy;

it.each(policies.all().map(({ policy }) => [policy.id, policy] as const))(
  '%s has words for each of its rules, in every language, and none twice',
  (_id, policy) => {
    for (const language of languages) {
      const { checks, terms } = policyEntries(policy, language);
      expect(checks.map(({ key }) => key)).toEqual(policy.rules.map(({ check }) => check));
      for (const { about, lines } of [...checks, ...terms]) {
        expect(about).not.toBe('');
        expect(lines.join('')).not.toMatch(/\{\{|undefined/);
        expect(new Set(lines).size).toBe(lines.length);
      }
      expect(policyWords(policy, language).length).toBeGreaterThan(checks.length);
    }
  },
);

describe('what no case is held to', () => {
  it('is no part of the rules for documents: those of an errand', () => {
    const { terms } = policyEntries(policies.of('document').policy, 'en');
    const keys = terms.map(({ key }) => key);
    expect(keys).toContain('documents');
    for (const ofErrand of ['holder', 'evidenceMinutes', 'retention', 'referralHours', 'machineComparison'])
      expect(keys).not.toContain(ofErrand);
  });

  it('is whose order counts where none is taken', () => {
    expect(linesOf({ ...renewal, order: 'none', orderSource: 'signed' }, 'orderSource')).toBeNull();
    expect(linesOf({ ...renewal, order: 'optional', orderSource: 'signed' }, 'orderSource')).toHaveLength(1);
  });
});

it('says that faces are compared by machine where they are, and why, and where they are not that they are not', () => {
  expect(linesOf(renewal, 'machineComparison')).toEqual(['Faces are compared by people, not by machine.']);
  const machineComparison = {
    ...{ legalBasis: 'Consent, note 12', impactAssessment: 'DPIA 2026-4', supportsFrom: 700, againstBelow: 400 },
  };
  const [line] = linesOf({ ...renewal, machineComparison }, 'machineComparison') ?? [];
  expect(line).toContain('Consent, note 12');
  expect(line).toContain('DPIA 2026-4');
  expect(line).not.toContain('not by machine');
});
