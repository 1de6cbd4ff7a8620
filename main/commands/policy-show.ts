import { policyWords } from '../../resources/texts/policy-words.ts';
import { Failure } from '../result/failure.ts';
import { purposes } from '../verification/types.ts';
import type { Command } from './command.ts';
import { withPolicies } from './folder-of-call.ts';
import { givenLanguage, languageOption } from './language-option.ts';
import { printable } from './layout.ts';
import { policyAnswer, policyText } from './policy-text.ts';

export const command: Command = {
  positionals: '[PURPOSE]',
  fewest: 0,
  most: 1,
  options: { ...languageOption },
  description: [
    'The policies by which this station judges. With PURPOSE (or document): the whole of it in words, the rules for documents ' +
      'included; without: one line for each, and where it came from.',
    'With --json: { "policies": [ as trust show ] }; with PURPOSE the same object and "policy": the whole of it as it judges.',
  ],
  examples: ['styrk policy show', 'styrk policy show renew-bankid --language sv'],
  run: async (call) => {
    const [given] = call.given.positionals;
    const language = givenLanguage(call);
    if (given === undefined) {
      const all = await withPolicies(call, (policies) => policies.all());
      call.answer({ policies: all.map(policyAnswer) }, () => `${all.map(policyText).join('\n')}\n`);
      return 0;
    }
    const id = (['document', ...purposes] as const).find((known) => known === given);
    if (id === undefined) throw new Failure('purpose.unknown', { known: ['document', ...purposes].join(', ') });
    const inForce = await withPolicies(call, (policies) => policies.of(id));
    call.answer({ ...policyAnswer(inForce), policy: inForce.policy }, () =>
      [policyText(inForce), '', ...policyWords(inForce.policy, language).map(printable), ''].join('\n'),
    );
    return 0;
  },
};
