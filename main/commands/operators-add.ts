import { parsePlainDate } from '../result/plain-date.ts';
import { isLapsed, roles } from '../result/roles.ts';
import { unusable } from './arguments.ts';
import type { Command } from './command.ts';
import { confirmed } from './confirmed.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { printable } from './layout.ts';
import { countsAsUntrained, operatorAnswer, roleGiven, untrainedWords } from './operator-text.ts';
import { secretOf } from './sign-in.ts';
import { byAdministrators } from './two-administrators.ts';

export const command: Command = {
  positionals: 'SIGN NAME',
  fewest: 2,
  most: 2,
  options: {
    role: { kind: 'value', value: 'ROLE', help: `one of ${roles.join(', ')}` },
    until: { kind: 'value', value: 'YYYY-MM-DD', help: 'the last day on which they count as trained' },
    'secret-file': {
      kind: 'value',
      value: 'FILE',
      help: 'a file whose first line is their secret; else it is asked for',
    },
    by: byAdministrators,
  },
  description: [
    'Adds somebody who signs in: a teller takes cases, a supervisor too and lets locked tellers in again, an administrator looks after ' +
      'lists, policies and operators, an auditor reads records. As soon as the folder has an operator, everything that does ' +
      'something asks for a sign-in, here (--operator) and in the windows.',
    'The first operator is an administrator; you are asked to type yes. From two administrators on, both sign in for this. Where ' +
      'others had changed the rows of operators and trust mend took them out, two people name a first administrator anew (--by twice).',
    'A secret has at least 12 characters. It is kept as scrypt makes it (N = 2^17, r = 8), sealed. The act is kept, chained and ' +
      'signed. An ordinary data folder needs its key (--passphrase-file).',
    'Without --until a teller or supervisor counts as untrained: a colleague decides what they would let through.',
    'With --json: { "operator": { "id", "sign", "name", "role", "competentUntil", "addedAt", "removedAt" }, "untrained" }',
  ],
  examples: [
    "styrk operators add AB 'Anna Berg' --role administrator",
    "styrk operators add CD 'Carl Dahl' --role teller --until 2027-06-30 --operator AB --operator EF",
  ],
  run: async (call) => {
    const { positionals, value, values } = call.given;
    const [sign = '', name = ''] = positionals;
    const role = roleGiven(value('role'));
    const until = value('until');
    const competentUntil = until === null ? null : parsePlainDate(until);
    if (until !== null && competentUntil === null) throw unusable('no such day', { option: '--until' });
    const operator = await withUnlockedKeeping(call, async ({ operators }, signed) => {
      if (signed.length === 0) await confirmed(call, 'From now on everything that does something asks for a sign-in.');
      const secret = await secretOf(call, value('secret-file'), `A secret for ${printable(sign)}`);
      const by = signed.length > 0 ? { operators: signed } : { names: values('by') };
      return operators.add({ sign, name, role, competentUntil, secret }, by);
    });
    const untrained = countsAsUntrained({ ...operator, lapsed: isLapsed(operator, call.machine.clock.today()) });
    call.answer({ operator: operatorAnswer(operator), untrained }, () => {
      const may = `${printable(operator.sign)}, ${operator.role}: may sign in.\n`;
      return untrained ? `${may}Counts as untrained: ${untrainedWords}.\n` : may;
    });
    return 0;
  },
};
