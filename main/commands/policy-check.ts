import { failureWords } from '../../resources/failures/failures.ts';
import { changeWords, gapWords, policyWords } from '../../resources/texts/policy-words.ts';
import { textsIn } from '../../resources/texts/texts.ts';
import type { TriedPolicy } from '../keeping/policies/policies-in-force.ts';
import type { Command } from './command.ts';
import { withPolicies } from './folder-of-call.ts';
import { givenLanguage, languageOption } from './language-option.ts';
import { printable } from './layout.ts';

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: { ...languageOption },
  description: [
    'Reads a policy as this station would judge by it and says in words what it asks, what in it can never count or is ' +
      'left open (gaps), and what becomes stricter or looser than by the policy in force. Nothing is changed: a policy comes ' +
      'into force in a bundle (trust export, trust import).',
    'Exit status: 0 without gaps, 1 with gaps or where an import would refuse it, 2 where it is no policy or goes below the floor (policy.malformed, which says ' +
      'where), or is too large (input.too-large).',
    'With --json: { "id", "version", "digest": as records would name it, "inForce": { "version", "digest" }, "filled": ' +
      'checks that go by the app\'s own rule, "gaps": [ { "gap", "about" } ], "changes": [ { "check", "on", "from", "to", ' +
      '"direction" } ], "terms": [ { "term", "direction" } ], "refusal": code | null }; "direction" is stricter, looser or otherwise.',
  ],
  examples: ['styrk policy check large-transfer.json', 'styrk policy check large-transfer.json --language sv'],
  run: async (call) => {
    const [path = ''] = call.given.positionals;
    const language = givenLanguage(call);
    const tried = await withPolicies(call, (policies) => policies.triedFile(path));
    const { policy, digest, inForce, gaps, filled, changes, terms, refusal } = tried;
    call.answer(
      {
        id: policy.id,
        version: policy.version,
        digest,
        inForce: { version: inForce.policy.version, digest: inForce.digest },
        filled,
        gaps,
        changes,
        terms,
        refusal,
      },
      () => textOf(tried, language),
    );
    return gaps.length === 0 && refusal === null ? 0 : 1;
  },
};

function textOf(
  { policy, inForce, gaps, changes, terms, refusal }: TriedPolicy,
  language: ReturnType<typeof givenLanguage>,
): string {
  const t = textsIn(language);
  const changed = changeWords(changes, terms, language);
  return [
    ...policyWords(policy, language).map(printable),
    '',
    gaps.length === 0 ? t('policy/noGaps') : t('policy/gapsHeading'),
    ...gaps.map((gap) => `  ! ${printable(gapWords(gap, language))}`),
    '',
    t(changed.length === 0 ? 'policy/noChanges' : 'policy/changesHeading', { version: inForce.policy.version }),
    ...changed.map((line) => `  ${line}`),
    ...(refusal === null ? [] : ['', t('policy/refused', { because: failureWords(language, refusal).happened })]),
    '',
  ].join('\n');
}
