import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parsePolicy } from '../../../main/verification/policy.ts';
import type { Policy, PolicyRule } from '../../../main/verification/types.ts';

const file = resolve(import.meta.dirname, '../../../resources/policies/document.json');
const document = parsePolicy(JSON.parse(readFileSync(file, 'utf8')));

// The plan asks for clone protection only of chips that announce it, and knows no lists of defects.
const notAskedFor = new Set(['chip-authentication', 'active-authentication', 'pace-cam', 'document.defects']);

function asThePlanAsks(rule: PolicyRule): PolicyRule {
  const outcomes = notAskedFor.has(rule.check)
    ? { ...rule.outcomes, 'not supported': 'accept' as const }
    : rule.outcomes;
  // Without a list of defects nothing is known of the document, as the plan assumes.
  const codes =
    rule.check === 'document.defects' ? { ...rule.codes, 'defects.no-list': 'pass over' as const } : rule.codes;
  return { ...rule, outcomes, codes, trainingNotMade: 'pass over' };
}

/**
 * The policy `document` with two differences: a check that this version does not make is passed over, and a document that
 * announces no protection against copying is taken as it is. All else counts as in a branch.
 */
export const conformancePolicy: Policy = {
  ...document,
  rules: document.rules.map(asThePlanAsks),
  alternatives: document.alternatives.map((group) => ({ ...group, none: 'accept', trainingNone: null })),
};
