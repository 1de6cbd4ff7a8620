import { type ErrandAnswers, noAnswers } from '../verification/errand-checks.ts';
import { paperAnswer } from '../verification/paper-check.ts';
import type { Policy } from '../verification/types.ts';
import { unusable } from './arguments.ts';
import type { CommandCall, OptionDescriptions } from './command.ts';

/** What `verify` takes where the policy of the purpose asks for it. */
export const errandOptions: OptionDescriptions = {
  over: {
    kind: 'value',
    value: 'YEARS',
    help: 'the age that is asked for, with --purpose age (default: the first that the policy names)',
  },
  paper: {
    kind: 'value',
    value: 'FINDINGS',
    help:
      'what you found of the paper or card itself: feel=, security= (what changes when it is tilted), signature=, each right, ' +
      'wrong, unsure or none; or one word for all three',
  },
  'why-not-eid': {
    kind: 'value',
    value: 'TEXT',
    help: 'why the person proves themselves by a document and not by an electronic identification',
  },
  reuse: {
    kind: 'value',
    value: 'RECORD',
    help:
      'rests on the reading of an earlier record where the policy lets it count again: no document is read. Needs ' +
      '--same-document, and --face for the person compared with the photo of that document',
  },
  'same-document': {
    kind: 'value',
    private: true,
    value: 'NUMBER',
    help: 'with --reuse: the number that is printed on the document in your hand',
  },
};

/** The answers as given. Fails with `arguments.unusable`, where the policy does not ask or asks in vain. */
export function errandAnswers({ given }: CommandCall, policy: Policy): ErrandAnswers {
  const [over, paper, eid] = ['over', 'paper', 'why-not-eid'].map((name) => given.value(name));
  const whyNotEid = eid?.trim() ?? '';
  if (policy.whyNotEid === 'required' && whyNotEid === '')
    throw unusable('the policy of this purpose asks for it', { option: '--why-not-eid' });
  if (policy.whyNotEid === 'none' && whyNotEid !== '')
    throw unusable('the policy of this purpose does not ask for it', { option: '--why-not-eid' });
  if (policy.paper === 'none' && (paper ?? null) !== null)
    throw unusable('the policy of this purpose does not ask for it', { option: '--paper' });
  return {
    ...noAnswers,
    ageLimit: over === undefined || over === null ? null : ageLimit(over, policy),
    paper: paper === undefined || paper === null ? null : paperGiven(paper),
    whyNotEid: whyNotEid === '' ? null : whyNotEid.slice(0, 500),
  };
}

function ageLimit(over: string, { age }: Policy): number {
  const limit = age?.limits.find((known) => String(known) === over);
  if (limit !== undefined) return limit;
  const why = age === null ? 'an age belongs to --purpose age' : `one of ${age.limits.join(', ')}`;
  throw unusable(why, { option: '--over' });
}

function paperGiven(text: string): NonNullable<ErrandAnswers['paper']> {
  const answer = paperAnswer(text);
  if (answer === null)
    throw unusable('feel=right,security=right,signature=right, or one word for all', { option: '--paper' });
  return answer;
}
